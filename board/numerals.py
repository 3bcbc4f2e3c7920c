"""Numbers, dates and places as text in the reader's language; nothing else formats them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from board.i18n import N_, _, language
from board.plans import spoken_of
from board.storage import HOURS_EAST

if TYPE_CHECKING:
    from board.metrics import Period, Scope, Unit

ABSENT = "—"
MINUS = "−"
STEPS: dict[Literal["亿", "万"], int] = {"亿": 100_000_000, "万": 10_000}
QUARTERS = (N_("{year}年一季度"), N_("{year}年二季度"), N_("{year}年三季度"), N_("{year}年四季度"))
HALVES = (N_("{year}年上半年"), N_("{year}年下半年"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What a number is counted with; the English has a form for one and a form for many.
COUNTED = {
    "persons": N_("{n}人"),
    "households": N_("{n}户"),
    "tasks": N_("{n}项"),
    "items": N_("{n}个事项"),
    "mechanisms": N_("{n}个机制"),
    "levels": N_("{n}级"),
    "times": N_("{n}次"),
    "rounds": N_("{n}轮"),
    "departments": N_("{n}个部门"),
    "days": N_("{n}天"),
    "months": N_("{n}个月"),
    "places": N_("{n}个"),
    "shops": N_("{n}间"),
    "parking_spaces": N_("{n}个车位"),
    "stalls": N_("{n}个摊位"),
    "assets": N_("{n}项资产"),
    "issues": N_("{n}个问题"),
    "ledger_months": N_("{n}份"),
    "square_metres": N_("{n}㎡"),
    "percentage_points": N_("{n}个百分点"),
    "yuan": N_("{n}元"),
    "projects": N_("{n}个项目"),
    "posts": N_("{n}个岗位"),
    "loans": N_("{n}笔"),
    "applications": N_("{n}份申请"),
    "tickets": N_("{n}张工单"),
    "workshops": N_("{n}个车间"),
    "enterprises": N_("{n}家企业"),
}


Form = Literal["plain", "signed", "counted", "change", "target"]
Mark = Literal["", "%", "万", "亿"]
# The digits of a figure, its decimals and the mark behind it.
Amount = tuple[float, int, Mark]


class Rounded(NamedTuple):
    """A figure as readers see it: 1.23 with two decimals and 万 for 12,345."""

    sign: str
    digits: float
    places: int
    mark: Mark

    @property
    def text(self) -> str:
        """The figure as it is written."""
        return f"{self.sign}{self.digits:,.{self.places}f}{self.mark}"

    @property
    def value(self) -> float:
        """The rounded figure in its own unit: 12,300 for 1.23万, 0.582 for 58.2%."""
        if self.mark == "%":
            value = round(self.digits / 100, self.places + 2)
        else:
            value = round(self.digits * STEPS[self.mark]) if self.mark else float(self.digits)
        return -value if self.sign == MINUS else value


def rounded(value: float, unit: Unit, form: Form = "plain") -> Rounded:
    """The one place where a figure is rounded.

    Rates have one decimal and are 100% or 0% only when they are exactly that; money is
    in 万 and 亿 in Chinese from ten thousand on. A target has no decimal that says nothing.
    """
    signed = form in ("signed", "change")
    if unit.key == "fraction":
        digits, places, mark = rate(abs(value), unit.decimals)
    elif unit.key in ("yuan", "square_metres"):
        digits, places, mark = large(abs(value), unit.decimals)
    else:
        digits, places, mark = round(abs(value), unit.decimals), unit.decimals, ""
        value = value if digits else 0
    if form == "target":
        places = next(n for n in range(places + 1) if round(digits, n) == digits)
    return Rounded(sign(value, signed), digits, places, mark)


def written(value: float, unit: Unit, form: Form) -> str:
    """A figure in one of the forms: plain and signed as `shown`, counted, a change, a target."""
    if form in ("counted", "change"):
        return counted(value, unit, signed=form == "change")
    return rounded(value, unit, form).text


def shown(value: float | None, unit: Unit, *, signed: bool = False) -> str:
    """A number as text without its unit, but with the % of a rate and the 万 of Chinese money.

    It has thousands commas and the minus U+2212. None is an em dash.
    """
    return ABSENT if value is None else rounded(value, unit, "signed" if signed else "plain").text


def goal(value: float | None, unit: Unit) -> str:
    """A target: as `shown`, without trailing zeros (60%, not 60.0%)."""
    return ABSENT if value is None else rounded(value, unit, "target").text


def counted(value: float | None, unit: Unit, *, signed: bool = False) -> str:
    """A number with its unit, for sentences: 12户, 1 household, 186.4万元, 58.2%."""
    text = shown(value, unit, signed=signed)
    if value is None or unit.key == "fraction":
        return text
    return _(counting(unit), n=text)


def at_least(value: float, unit: Unit) -> float:
    """A figure of at least 0, raised to what can be written: 1.23万元 for 12,201 yuan.

    What is told as enough must be enough as it is written.
    """
    shown_value = rounded(value, unit)
    if shown_value.value >= value - 1e-9:
        return value
    least = 10.0**-shown_value.places
    if shown_value.mark == "%":
        return shown_value.value + least / 100
    return shown_value.value + least * (STEPS[shown_value.mark] if shown_value.mark else 1)


def counting(unit: Unit) -> str:
    """The words a number is counted with, untranslated: {n}户."""
    return COUNTED.get(unit.key, "{n}" + unit.label)


def unit_word(value: float, unit: Unit, *, signed: bool = False) -> str:
    """The word behind a counted number: 户, or household behind 1 in English."""
    if unit.key == "fraction":
        return ""
    text = shown(value, unit, signed=signed)
    return _(counting(unit), n=text).removeprefix(text)


def labelled(label: str, value: float | None, unit: Unit) -> str:
    """A number behind its label, with its unit: 12户.

    English leaves out a unit that the label says or that goes without saying: Loans 3, Drills 2.
    """
    implied = unit.key in ("times", "persons") or _(unit.label).lower() in label.lower()
    return shown(value, unit) if language() == "en" and implied else counted(value, unit)


def valued(name: str, value: str) -> str:
    """A name with its value in a list: 3栋 58.2% / Building 3 (58.2%)."""
    return _("{name} {value}", name=name, value=value)


def change(now: float | None, before: float | None, unit: Unit) -> str:
    """The change from `before` to `now` with its unit: +2.0个百分点, −5户, 持平; — if one is None."""
    if now is None or before is None:
        return ABSENT
    if unit.key == "fraction":
        difference, places, unit_key = (now - before) * 100, 1, "percentage_points"
    else:
        difference, places, unit_key = now - before, unit.decimals, unit.key
    if not round(difference, places):
        return _("持平")
    if unit_key == "percentage_points":
        return _("{n}个百分点", n=sign(difference, True) + f"{abs(difference):,.{places}f}")
    return counted(difference, unit, signed=True)


def rate(value: float, decimals: int = 1) -> Amount:
    """A fraction of at least 0 in percent; 99.96% is not rounded to 100%, nor 0.04% to 0%."""
    if value in (0, 1):
        return value * 100, 0, "%"
    least = 10**-decimals
    percent = value * 100
    if value < 1:
        percent = min(percent, 100 - least)
    return round(max(percent, least), decimals), decimals, "%"


def large(value: float, decimals: int = 0) -> Amount:
    """Money or an area of at least 0: in 万 and 亿 for Chinese readers."""
    if language() == "zh":
        for word, step in STEPS.items():
            if value >= step - 0.5:
                places = 2 if value < 10 * step else 1
                return round(value / step, places), places, word
    return round(value, decimals), decimals, ""


def sign(value: float, signed: bool = False) -> str:
    """The minus sign U+2212 of a negative value; a plus of a positive one if `signed`."""
    return MINUS if value < 0 else "+" if signed and value > 0 else ""


def day(when: date | None) -> str:
    """2024年9月30日 / 30 Sep 2024."""
    if when is None:
        return ABSENT
    if language() == "en":
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月{when.day}日"


def local(recorded_at: str) -> datetime:
    """A time from the journal (ISO text in UTC) as the settlement's local time."""
    return datetime.fromisoformat(recorded_at) + timedelta(hours=HOURS_EAST)


def clock(recorded_at: str) -> str:
    """2024-09-30 16:05: a time from the journal as the settlement's local time."""
    return local(recorded_at).strftime("%Y-%m-%d %H:%M")


def month(when: date | None) -> str:
    """2024年9月 / Sep 2024."""
    if when is None:
        return ABSENT
    if language() == "en":
        return f"{MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}年{when.month}月"


def month_alone(when: date) -> str:
    """9月 / Sep, where the year is shown elsewhere."""
    return MONTHS[when.month - 1] if language() == "en" else f"{when.month}月"


def period(when: Period) -> str:
    """2024年9月, 2024年三季度, 2024年上半年, 2024年 / Sep 2024, Q3 2024, H1 2024, 2024."""
    first = when.first
    if when.kind == "month":
        return month(first)
    if when.kind == "quarter":
        return _(QUARTERS[(first.month - 1) // 3], year=first.year)
    if when.kind == "half":
        return _(HALVES[(first.month - 1) // 6], year=first.year)
    return _("{year}年", year=first.year)


def place_name(place: Scope | str | None) -> str:
    """A place's name: 3栋, 3栋2单元 / Building 3, Building 3 unit 2.

    The settlement is named where the plan has several, which together are 全部安置点. Takes a scope,
    or a building, a unit or a path of them; names without a number stay as they are.
    """
    parts = [part for part in str(place or "").split("/") if part]
    plan = spoken_of()
    several = plan is not None and len(plan.settlements) > 1
    if plan is not None and several and parts == [plan.id]:
        return _("全部安置点")
    if len(parts) > 1 and not several and not re.fullmatch(r"\d+(栋|单元)", parts[0]):
        parts = parts[1:]
    if language() != "en":
        return "".join(map(part_name, parts)) or ABSENT
    return " ".join(part_name(part) for part in parts) or ABSENT


def part_name(part: str) -> str:
    """One part of a place: 3栋, 2单元, or a name of its own."""
    for pattern, words in ((r"(\d+)栋", N_("{n}栋")), (r"(\d+)单元", N_("{n}单元"))):
        if match := re.fullmatch(pattern, part):
            return _(words, n=match[1])
    plan = spoken_of()
    # Several settlements together have no name of their own: the scope is the plan's id.
    return _("全部安置点") if plan and part == plan.id == plan.whole else _(part)
