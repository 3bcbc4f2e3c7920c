"""The findings and captions of the page on buildings and units."""

from __future__ import annotations

import polars as pl

from board.catalogue import METRICS
from board.figures.relief import height_base
from board.figures.shared.floors import Room
from board.i18n import _
from board.ledgers import by_name
from board.metrics import HOUSEHOLDS, PERCENT, Reading, Status
from board.numerals import counted, goal, month, period, place_name, shown
from board.sections.counts import first_named, not_shown, withheld
from board.sections.section import View
from board.sections.site import absent
from board.sections.units import places
from board.sections.units.helpers import helpers, names, unit_names
from board.sections.units.rooms import quarter
from board.sections.units.states import Lens
from board.sections.words import about, joined, noted, sourced

ZERO = "zero_employment_households"


def headline(view: View) -> str:
    """7栋：零就业 2户，就业率 96.9% / 零就业家庭最多的是 7栋（5户）."""
    if view.scope.building:
        return place_headline(view)
    every = view.read(ZERO, by=("building",)).by["building"]
    above_zero = [reading for reading in every if reading.value]
    if hidden := withheld(every):
        town = value_text(view.read(ZERO))
        if hidden == len(every):
            return _("零就业家庭 {n}，各栋不单独显示", n=town)
        return _("零就业家庭 {n}，有的楼栋不单独显示", n=town)
    if not above_zero:
        return _("各栋都没有已知的零就业家庭")
    most = max(above_zero, key=lambda reading: reading.value or 0)
    equal = sum(1 for reading in above_zero if reading.value == most.value)
    gaps = {"n": len(above_zero), "most": value_text(most)}
    if equal > 1:
        return _("{n} 栋还有零就业家庭，最多的 {most}，有 {equal} 栋", equal=equal, **gaps)
    return _(
        "{n} 栋还有零就业家庭，最多的是{place}（{most}）", place=place_name(most.scope), **gaps
    )


def place_headline(view: View) -> str:
    """7栋：就业率 96.9%，零就业家庭 2户; the number of people at work when the rate is hidden."""
    place, zero, rate = place_name(view.scope), view.read(ZERO), view.read("employment_rate")
    if rate.value is None and rate.status is not Status.SUPPRESSED:
        return _("{place}：这一期还没有就业监测", place=place)
    if rate.value is None:
        people = view.read("employment_destination")
        if people.value is None:
            return _("{place}：不单独显示", place=place)
        return _("{place}：{people}就业，就业率不单独显示", place=place, people=value_text(people))
    gaps = {"place": place, "rate": value_text(rate)}
    if zero.value == 0:
        return _("{place}：就业率 {rate}，没有已知的零就业家庭", **gaps)
    return _("{place}：就业率 {rate}，零就业家庭 {n}", n=value_text(zero), **gaps)


def value_text(reading: Reading) -> str:
    """A value with its unit, or the word of its status when there is none."""
    if reading.value is None:
        return _(reading.status.word)
    signed = reading.metric.kind == "gap"
    return about(reading, counted(reading.value, reading.metric.unit, signed=signed))


def site_finding(view: View) -> str:
    """就业率：1栋最低，93.0%；7栋最高，97.9%."""
    every = places.buildings(view)
    with_value = [reading for reading in every if reading.value is not None]
    label = _(METRICS[places.layer(view)].label)
    hidden = withheld(every)
    if not with_value:
        if hidden:
            return _("{label}：各栋都不单独显示", label=label)
        return _("{label}：各栋这一期都没有数字", label=label)
    ordered = sorted(with_value, key=lambda reading: reading.value or 0)
    low, high = ordered[0], ordered[-1]
    gaps = {"label": label, "low": value_text(low), "high": value_text(high), "withheld": hidden}
    if hidden:
        return _("{label}：{low} 至 {high}，另有 {withheld} 栋不单独显示", **gaps)
    if low.value == high.value and len(with_value) == len(every):
        return _("{label}：各栋都是 {value}", label=label, value=value_text(low))
    if low.value == high.value:
        return _(
            "{label}：有数字的 {n} 栋都是 {value}",
            n=len(with_value),
            label=label,
            value=value_text(low),
        )
    values, places_named = [r.value for r in ordered], [place_name(r.scope) for r in ordered]
    names = {
        "low_place": first_named(values, places_named),
        "high_place": first_named(values[::-1], places_named[::-1]),
    }
    return _("{label}：{low_place}最低，{low}；{high_place}最高，{high}", **gaps, **names)


def order_finding(view: View) -> str:
    """12 栋里有 3 栋未达标 / 按就业率排."""
    readings, metric = places.in_order(view), METRICS[places.layer(view)]
    below = [r for r in readings if r.status in (Status.MISSED, Status.BEHIND)]
    if metric.has_target and below:
        text = _("{of} 栋里 {n} 栋没有达到要求", of=len(readings), n=len(below))
        unheard = sum(1 for r in readings if r.status is Status.NO_DATA)
        parts = [text, *([_("{n} 栋未报", n=unheard)] if unheard else [])]
        hidden = withheld(readings)
        return _("，").join([*parts, *([not_shown(hidden)] if hidden else [])])
    if metric.better == "lower":
        return _("{label}从少到多", label=_(metric.label))
    return _("{label}从高到低", label=_(metric.label))


def site_caption(view: View) -> str:
    """What a click does and the height means; definition, ledger, coverage and date."""
    now = view.read(places.layer(view), scope=view.whole)
    return noted(
        _("平面示意图，点一栋看这一栋"),
        height(view),
        absent(view, [reading.label for reading in places.buildings(view)]),
        sourced(view, now, now.metric.ledgers[0], _(now.metric.definition).rstrip("。.")),
    )


def height(view: View) -> str:
    """高度和颜色都表示数值，高度从 92% 算起; empty for the flat plan."""
    if view.choice(places.FORM) != places.RAISED:
        return ""
    unit = METRICS[places.layer(view)].unit
    low = height_base([reading.value for reading in places.buildings(view)], unit)
    if not low:
        return _("高度和颜色都表示数值")
    return _("高度和颜色都表示数值，高度从 {low} 算起", low=goal(low, unit))


def not_split(view: View) -> str:
    """就业率、零就业家庭不分楼栋显示: figures that the reader sees for no place; empty for none."""
    kept = places.columns(view)
    labels = [_(METRICS[key].label) for key in places.readable(view) if key not in kept]
    return _("{figures}不分地点显示", figures=joined(labels)) if labels else ""


def compared_finding(view: View) -> str:
    """就业率最低的是1单元，93.1%."""
    rates = [c for c in places.compared(view) if c and c[0].metric.key == "employment_rate"]
    with_value = [reading for column in rates for reading in column if reading.value is not None]
    if len(with_value) < 2:
        return _("各单元放在一起看") if view.scope.building else _("各栋放在一起看")
    low = min(with_value, key=lambda reading: reading.value or 0)
    value, equal = (
        shown(low.value, low.metric.unit),
        [r for r in with_value if r.value == low.value],
    )
    if len(equal) > 1:
        return _("就业率最低的有 {n} 处，{value}", n=len(equal), value=value)
    return _("就业率最低的是{place}，{value}", place=place_name(low.scope), value=value)


def compared_caption(view: View) -> str:
    """How to read the columns, the period, and what a click does."""
    return noted(
        _("每一列一个尺度，虚线是{place}的水平", place=place_name(places.building(view))),
        period(view.period),
        _("点一行看这一处"),
        not_split(view),
    )


def rooms_finding(view: View, lens: Lens, members: list[Room]) -> str:
    """78户里：零就业 2户，情况不明 3户."""
    if not members:
        return _("{month}这里没有在册户", month=month(view.period.last_month))
    counts = {state: sum(1 for room in members if room.state == state.key) for state in lens.states}
    phrases = [
        _("{word} {n}", word=_(state.word), n=counted(n, HOUSEHOLDS))
        for state, n in counts.items()
        if n and state.tone in ("bad", "warn", "undetermined")
    ]
    if not phrases:
        most = max(counts, key=lambda state: counts[state])
        phrases = [_("{word} {n}", word=_(most.word), n=counted(counts[most], HOUSEHOLDS))]
    gaps = {"all": counted(len(members), HOUSEHOLDS), "said": _("，").join(phrases)}
    if not view.snapshot.contains(view.scope):  # the reader sees only some of its units
        return _("本人可看的 {all}里：{said}", **gaps)
    return _("{all}里：{said}", **gaps)


def rooms_caption(view: View, lens: Lens) -> str:
    """How the states are distinguished, the ledger and month, and what a click does."""
    dated = period(quarter(view)) if lens.key == "income" else month(view.period.last_month)
    return noted(_(lens.definition), ledger(lens.ledger), dated, _("点一户打开一户一档"))


def ledger(name: str) -> str:
    """The title of a ledger as captions name it."""
    return _("《{sheet}》", sheet=by_name()[name].sheet_title())


def helpers_caption(view: View) -> str:
    """The month of the register and the definition of the reporting rate."""
    return _(
        "{month}的登记；就业报送率 = 已监测的劳动力 ÷ 所联系户的全部劳动力",
        month=month(view.period.last_month),
    )


def helpers_finding(view: View) -> str:
    """报送最差的是7栋2单元的网格员，62.5%; with all work reported, how it stands with the incomes."""
    every = helpers(view, names(view))
    rows = [row for row in every.iter_rows(named=True) if row["workers"]]
    if not rows:
        return _("帮扶联系人")
    worst = rows[0]
    if not worst["unmonitored"]:
        return helpers_reported(every)
    share = shown(worst["share"], PERCENT)
    equal = sum(1 for row in rows if shown(row["share"], PERCENT) == share)
    if equal > 1:
        return _("报送最差的有 {n} 类联系人，{share}", n=equal, share=share)
    return _(
        "报送最差的是{place}的{role}，{share}",
        place=unit_names(worst["units"]), role=_(worst["helper_role"]), share=share,
    )  # fmt: skip


def helpers_reported(rows: pl.DataFrame) -> str:
    """That every worker was monitored, and how many households' incomes are not reported."""
    due, missing = int(rows["due"].sum()), int(rows["missing"].sum())
    if missing:
        households = counted(missing, HOUSEHOLDS)
        return _("各联系人的户当月就业都已报齐，季度收入 {households}未报", households=households)
    return _("各联系人的户就业、收入都已报齐") if due else _("各联系人的户当月就业都已报齐")
