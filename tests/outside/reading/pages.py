"""Sentences of single pages: each a template, and what each of its gaps must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tests.outside.reading import periods, plan, words
from tests.outside.reading.answers import Answer, Figure, View, value_of
from tests.outside.reading.cards import overdue
from tests.outside.reading.figures import NOISE, difference_of, gap_of, told
from tests.outside.reading.panels import named, parts, told_apart, whole
from tests.outside.reading.reading import NOT_UNDERSTOOD, Rule, gaps

NO_VALUE = {word for _mark, word in words.STATUS.values()}
Gap = dict[str, str]
Check = Callable[[Gap, View], list[str]]
Number = Callable[[View], float | None]


def sentence(template: str, *checks: Check) -> Rule:
    """The rule of a template: every check of its gaps that holds in the text."""

    def rule(text: str, view: View) -> list[str] | None:
        gap = gaps(template, text)
        if gap is None:
            return None
        return [fault for check in checks for fault in check(gap, view)]

    return rule


def number(name: str, true: Number, unit: str | None = None) -> Check:
    """A gap is a number, told in a unit; an empty gap is none."""

    def check(gap: Gap, view: View) -> list[str]:
        if not gap.get(name):
            return []
        if gap[name] in NO_VALUE:
            return (
                [] if true(view) is None else [f"{name} is told as {gap[name]}, it is {true(view)}"]
            )
        return difference_of(gap[name], name, true(view), unit)

    return check


def points(name: str, true: Number, *, absolute: bool = False) -> Check:
    """A gap is a difference of rates or points, in percentage points."""

    def check(gap: Gap, view: View) -> list[str]:
        value = true(view)
        value = abs(value) if absolute and value is not None else value
        return difference_of(gap[name], name, value, "percentage_points") if gap.get(name) else []

    return check


def holds(fault: str, is_so: Callable[[View], bool]) -> Check:
    """A sentence without a gap holds only where something is so."""
    return lambda _gap, view: [] if is_so(view) else [fault]


def no_value(key: str) -> Callable[[View], bool]:
    """Whether the answer for a metric has no value."""
    return lambda view: of(key)(view) is None


def of(key: str, name: str = "value") -> Number:
    """A field of the answer for a metric, at the page's period and place; dots reach inside."""

    def true(view: View) -> float | None:
        found: Any = view.read(key)
        for step in name.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, int | float) else None

    return true


def of_town(view: View) -> View:
    """The view of all places together, for what a page shows beside its own place."""
    return View(view.answers, view.period, view.whole)


def status(key: str, view: View) -> str:
    """The status of a metric at the page's period and place."""
    answer = view.read(key)
    return answer["status"] if answer else ""


def split_of(key: str, axis: str, view: View, *, every: bool = False) -> list[Answer]:
    """A metric's parts along an axis or by the places below; those with a value, or every one."""
    if axis == "below":
        axis = "unit" if "/" in view.scope else "building"
    metric = view.answers.metrics[key]
    listed = parts(Figure(metric, *view.fitting(metric)), axis, view)
    return listed if every else [part for part in listed if part["value"] is not None]


def ordered(
    key: str,
    axis: str,
    lowest: bool,
    value: Callable[[Answer], float | None] | None = None,
    *,
    ties: bool = True,
) -> Check:
    """`parts` names the extreme parts in their order, with their values; with `ties` all of them."""

    def check(gap: Gap, view: View) -> list[str]:
        amount = value or (lambda part: part["value"])
        every = split_of(key, axis, view, every=value is covered)
        listed = [part for part in every if amount(part) is not None]
        pairs = [re.match(r"(.+?)[ ：]?(\d\S*)$", one) for one in told_apart(gap["parts"])]
        if not all(pairs):
            return [f"{NOT_UNDERSTOOD}: {gap['parts']}"]
        faults: list[str] = []
        found = []
        for match in pairs:
            place = match[1].strip() if match else ""
            part = named(place, listed) or named(place.rpartition("栋")[2], listed)
            if match is None or part is None:
                return [f"no part is called {place}"]
            faults += difference_of(match[2], place, amount(part))
            found.append(part)
        sign = 1 if lowest else -1
        values = [sign * (amount(part) or 0) for part in found]
        rest = [sign * (amount(p) or 0) for p in listed if p not in found]
        if values != sorted(values) or any(v < values[-1] - 1e-9 for v in rest):
            faults.append("not the first in their order")
        if ties and any(abs(v - values[-1]) <= 1e-9 for v in rest):
            faults.append("others are as the last one, which is not said")
        return faults

    return check


def equal(
    key: str, axis: str, lowest: bool, value: Callable[[Answer], float | None] | None = None
) -> Check:
    """How many parts share the extreme value: `n` of them, each with `value`."""

    def check(gap: Gap, view: View) -> list[str]:
        amount = value or value_of
        every = split_of(key, axis, view, every=value is covered)
        values = [n for part in every if (n := amount(part)) is not None]
        if not values:
            return ["parts of what is not known"]
        first = min(values) if lowest else max(values)
        n = sum(abs(value - first) <= NOISE for value in values)
        return difference_of(gap["n"], "parts", n) + difference_of(gap["value"], "value", first)

    return check


def covered(part: Answer) -> float | None:
    """The share of a rate's subjects that are reported."""
    whole = (part["denominator"] or 0) + part["unreported"]
    return (part["denominator"] or 0) / whole if whole else None


def coverage(view: View) -> float | None:
    """The share of able workers that are monitored."""
    answer = view.read("employment_rate")
    return covered(answer) if answer else None


def shares(key: str, axis: str) -> Check:
    """片区内 47.3%、广东 19.2%: parts of a count as shares of it, the two greatest."""

    def check(gap: Gap, view: View) -> list[str]:
        whole = of(key)(view)

        def share(part: Answer) -> float | None:
            return part["value"] / whole if whole and part["value"] is not None else None

        return ordered(key, axis, False, share, ties=False)(gap, view)

    return check


# 就业去向.


def part_value(key: str, axis: str, name: str) -> Number:
    """The value of one part."""

    def true(view: View) -> float | None:
        part = named(name, split_of(key, axis, view))
        return part["value"] if part else None

    return true


EMPLOYMENT_HEADLINE = (
    sentence(
        "就业率 {rate}(?:，{near} 在.+内)?",
        number("rate", of("employment_rate")),
        number("near", of("nearby_share")),
    ),
    sentence(
        "就业率不单独显示",
        holds("it is not hidden", lambda v: status("employment_rate", v) == "suppressed"),
    ),
    sentence(
        "这个月的就业情况还没有报",
        holds("it is reported", lambda v: of("employment_rate")(v) is None),
    ),
)


def nobody_works(view: View) -> bool:
    """Whether nobody works, and everybody is reported."""
    answer = view.read("employment_destination")
    return answer is not None and answer["value"] == 0 and not answer["unreported"]


AREA = (
    sentence("没有人就业", holds("somebody is, or may be", nobody_works)),
    sentence(
        "{people}就业(?:：{parts})?",
        number("people", of("employment_destination"), "persons"),
        lambda gap, view: (
            shares("employment_destination", "place")(gap, view) if gap["parts"] else []
        ),
    ),
    sentence(
        "已监测的人里没有人就业",
        holds("somebody is", lambda v: of("employment_destination")(v) == 0),
    ),
)
RETURNED = (
    sentence(
        "返乡 {people}(?:，其中 {idle} ?人未就业)?",
        number("people", of("returned_workers"), "persons"),
        number("idle", part_value("returned_workers", "status", "未就业")),
    ),
    sentence(
        "没有监测到返乡人员",
        holds("somebody returned", lambda v: of("returned_workers")(v) in (0, None)),
    ),
)
FLOWS = (
    sentence(
        "{zone}内 {near}(?:；{zone}外最多：{places})?",
        number("near", part_value("employment_destination", "place", "片区内"), "persons"),
    ),
)
RATES = (
    sentence("就业率最低的有 {n} 处，{value}", equal("employment_rate", "below", True)),
    sentence("就业率最低：{parts}", ordered("employment_rate", "below", True)),
    sentence("就业率 {low} 至 {high}，另有 {n} 处不单独显示"),
    sentence("{place}就业率 {rate}", number("rate", of("employment_rate"))),
)
COVERAGE = (
    sentence(
        "监测覆盖 {share}，{n} 处最低：{value}",
        number("share", coverage),
        equal("employment_rate", "below", True, covered),
    ),
    sentence(
        "监测覆盖 {share}，{place}最低：{low}",
        number("share", coverage),
        lambda gap, view: ordered("employment_rate", "below", True, covered)(
            {"parts": f"{gap['place']} {gap['low']}"}, view
        ),
    ),
    sentence("监测覆盖 {share}", number("share", coverage)),
    sentence("有劳动能力者全部监测到", holds("not all are", lambda v: coverage(v) == 1)),
)

# 增收对标.


def dated(*rules: Rule) -> Rule:
    """The rule of a sentence before which the quarter may be named: 2024年四季度：增速 7.4%."""

    def rule(text: str, view: View) -> list[str] | None:
        gap = gaps(words.DATED, text)
        if gap is None:
            return next((f for one in rules if (f := one(text, view)) is not None), None)
        period = view.period_for(view.answers.metrics["income_growth_gap"])
        inside = replace(view, dated=True)
        faults = next((f for one in rules if (f := one(gap["rest"], inside)) is not None), None)
        if faults is None:
            return None
        right = periods.of_words(gap["period"]) == period
        return faults if right else [*faults, f"of {gap['period']}, it is of {period}"]

    return rule


def quarter(view: View) -> list[str]:
    """A figure of quarters on a page of months says which quarter."""
    if view.dated:
        return []
    metric = view.answers.metrics["income_growth_gap"]
    period, _place = view.fitting(metric)
    return [] if period == view.period else [f"the figure is of {period}, which is not said"]


def growth_headline(gap: Gap, view: View) -> list[str]:
    """年内增速 7.4%，高于县域 0.4个百分点: the growth, and the gap by its side."""
    value = of("income_growth_gap")(view)
    faults = number("growth", of("income_growth_gap", "growth"))(gap, view)
    faults += points("gap", of("income_growth_gap"), absolute=True)(gap, view)
    side = "高于" if (value or 0) > 0 else "低于"
    if gap["side"] != side:
        faults.append(f"{gap['side']}, the gap is {value}")
    return faults + quarter(view)


def above_benchmark(gap: Gap, view: View) -> list[str]:
    """7 期里 6 期高于县域: the periods up to now that have a figure."""
    metric = view.answers.metrics["income_growth_gap"]
    period, place = view.fitting(metric)
    n, above = int(gap["n"]), int(gap["above"] or gap["n"])
    values = []
    for back in range(12):
        answer = view.answer(Figure(metric, periods.before(period, back), place))
        if answer and answer["value"] is not None:
            values.append(answer["value"])
    true = sum(value > 0 for value in values)
    return [] if (len(values), true) == (n, above) else [f"{true} of {len(values)} are above"]


def above_alone(gap: Gap, view: View) -> list[str]:
    """2023年三季度高于县域: the only period that has a figure, and it is above."""
    period = periods.of_words(gap["period"])
    metric = view.answers.metrics["income_growth_gap"]
    answer = view.answer(Figure(metric, period, view.fitting(metric)[1])) if period else None
    if answer is None or (answer["value"] or 0) <= 0:
        return [f"{gap['period']} is not above"]
    return above_benchmark({"n": "1", "above": ""}, view)


def components(gap: Gap, view: View) -> list[str]:
    """工资性收入拉动 6.4个百分点，转移净收入拖累 0.1个百分点: the most and the least."""
    listed = split_of("income_growth_gap", "component", view)
    by_name = {words.COMPONENTS.get(part["key"], part["key"]): part["value"] for part in listed}
    if not by_name:
        return ["components of what is not known"]
    faults = difference_of(gap["most"], "most", by_name.get(gap["first"]), "percentage_points")
    if by_name.get(gap["first"]) != max(by_name.values()):
        faults.append("another component adds more")
    least = min(by_name.values())
    if gap["last"]:
        if (least_told := told(gap["least"])) and least_told.value == 0:
            faults.append("a component takes nothing")
        value = by_name.get(gap["last"])
        faults += difference_of(gap["least"], "least", value and -value, "percentage_points")
        if value != least:
            faults.append("another component takes more")
    elif round(least, 1) < 0:
        faults.append("a component that takes away is not told")
    return faults + quarter(view)


def same_growth(word: str) -> Callable[[View], bool]:
    """Whether the same households' growth is higher, lower or the same as all households'."""

    def is_so(view: View) -> bool:
        all_, same = of("income_growth_gap", "growth")(view), of("matched_income_growth")(view)
        if all_ is None or same is None:
            return False
        equal = round(all_, 3) == round(same, 3)
        return {"更高": not equal and same > all_, "更低": not equal and same < all_}.get(
            word, equal
        )

    return is_so


def unjudged(gap: Gap, view: View) -> list[str]:
    """A building's growth stands beside the county's, without a verdict."""
    return [] if gap["place"] == periods.place_in_words(view.scope) else [f"of {gap['place']}"]


INCOME_HEADLINE = (
    sentence(
        "(?P<place>[^全年]+?)增速 {growth}，(?P<side>高于|低于)县域 {gap}",
        growth_headline,
        unjudged,
    ),
    sentence(
        "{place}增速 {growth}，与县域相同",
        number("growth", of("income_growth_gap", "growth")),
        unjudged,
    ),
    sentence("(?:全年|年内)增速 {growth}，(?P<side>高于|低于)县域 {gap}", growth_headline),
    sentence(
        "增速 {growth}，报送不足九成，还不能判定",
        number("growth", of("income_growth_gap", "growth")),
        holds("it is judged", lambda v: status("income_growth_gap", v) == "undetermined"),
    ),
)
PAIR = (
    sentence("{n} 期里 {above} 期高于县域", above_benchmark),
    sentence("{n} 期都高于县域(?P<above>)", above_benchmark),
    sentence("这一期高于县域", holds("it is not", lambda v: (of("income_growth_gap")(v) or 0) > 0)),
    sentence("{period}高于县域", above_alone),
)
COMPONENTS = (sentence("{first}拉动 {most}(?:，{last}拖累 {least})?", components),)
MATCHED = tuple(
    sentence(text, holds("it is not", same_growth(word)))
    for text, word in (
        ("同户增速更高", "更高"), ("同户增速更低", "更低"), ("同户增速与全部报送户相同", "同"),
    )
)  # fmt: skip

INCOME_FACTS = (
    sentence("全部报送户\n增速\n{growth}", number("growth", of("income_growth_gap", "growth"))),
    sentence("同户\n增速\n{growth}", number("growth", of("matched_income_growth"))),
    sentence(
        "报送户进出的影响 {points}。", points("points", of("income_growth_gap", "composition"))
    ),
    sentence("两年各季度都报了收入的户，前后可比；两者之差来自报送户的进出。"),
)

# 资产盘活.


def pace(name: str) -> Number:
    """A number of the pace of asset occupancy."""
    return of("asset_occupancy", f"pace.{name}")


def pace_text(name: str, view: View) -> str:
    """A month of the pace; empty for none."""
    answer = view.read("asset_occupancy")
    found = ((answer or {}).get("pace") or {}).get(name)
    return str(found or "")


def goal_of_pace(gap: Gap, view: View) -> list[str]:
    """The target that is told is the next one."""
    return difference_of(gap["target"], "target", pace("target")(view))


def half_year_step(view: View) -> float | None:
    """The change of the occupancy in six months."""
    metric = view.answers.metrics["asset_occupancy"]
    _period, place = view.fitting(metric)
    month = periods.named(view.end, "month")
    now, then = (view.answer(Figure(metric, periods.before(month, n), place)) for n in (0, 6))
    if not now or not then or now["value"] is None or then["value"] is None:
        return None
    return float(now["value"] - then["value"])


def pace_step(gap: Gap, view: View) -> list[str]:
    """半年 +8.6个百分点，比序时高 4.5个百分点."""
    faults = []
    reporting = gaps(words.CHANGE_HEARD, gap["step"]) or gaps(words.CHANGE_SILENT, gap["step"])
    if gap["step"] and gap["step"] != words.FLAT and not reporting:
        faults += gap_of(gap["step"], "half a year", half_year_step(view), "fraction")
    value, path = of("asset_occupancy")(view), of("asset_occupancy", "path")(view)
    if gap["gap"]:
        off = None if value is None or path is None else value - path
        faults += gap_of(gap["gap"], "gap", off and abs(off), "fraction")
        if off is not None and (gap["side"] == "高") != (off >= 0):
            faults.append(f"{gap['side']}, it is off by {off}")
    return faults


def can_be_reached(gap: Gap, view: View) -> list[str]:
    """照此速度2024年12月可达 60%: by its month at this pace, and not there already."""
    faults = goal_of_pace(gap, view)
    by, reached = pace_text("by", view), pace_text("reached", view)
    if gap.get("by") and periods.of_words(gap["by"]) != by:
        faults.append(f"by {gap['by']}, it is by {by}")
    if not reached or reached > by:
        faults.append(f"at this pace it is reached in {reached or 'no month'}")
    value, target = of("asset_occupancy")(view), pace("target")(view)
    if value is not None and target is not None and value >= target:
        faults.append("told as still to be reached, it is")
    return faults


def still_short(gap: Gap, view: View) -> list[str]:
    """离 80% 还差 19.6个百分点."""
    value, target = of("asset_occupancy")(view), of("asset_occupancy", "target")(view)
    short = None if value is None or target is None else target - value
    return gap_of(gap["gap"], "gap", short, "fraction") + difference_of(
        gap["target"], "target", target
    )


def kinds_there(gap: Gap, view: View) -> list[str]:
    """2类已到 60%，商业铺面最低 61.0%: how many kinds are there, and the lowest of all."""
    several = re.fullmatch(r"(\d+) 处", gap["name"])
    listed = split_of("asset_occupancy", "kind", view)
    target = told(gap["target"]) if gap["target"] else None
    faults = []
    if target:
        there = sum(part["value"] >= target.value - 1e-9 for part in listed)
        if int(gap["n"] or 0) != there:
            faults.append(f"{gap['n']} kinds, {there} are there")
    if several:
        shared = {"n": several[1], "value": gap["low"]}
        return faults + equal("asset_occupancy", "kind", True)(shared, view)
    return faults + ordered("asset_occupancy", "kind", True)(
        {"parts": f"{gap['name']} {gap['low']}"}, view
    )


def places_judged(gap: Gap, view: View) -> list[str]:
    """按个数算 58.5%（411/702）: the occupancy by places, and its parts."""
    answer = view.read("asset_occupancy_count")
    if answer is None:
        return ["there is no such figure"]
    return [
        *difference_of(gap["value"], "by places", answer["value"]),
        *difference_of(gap["n"], "in use", answer["numerator"]),
        *difference_of(gap["d"], "of", answer["denominator"]),
    ]


def reached_month(gap: Gap, view: View) -> list[str]:
    """照此速度，2024年9月到 60%，不晚于目标。"""
    by, reached = pace_text("by", view), pace_text("reached", view)
    faults = goal_of_pace(gap, view)
    if periods.of_words(gap["when"]) != reached:
        faults.append(f"in {gap['when']}, at this pace in {reached}")
    late = periods.last_month(reached) - periods.last_month(by) if by and reached else 0
    if gap.get("late") and int(gap["late"]) != late:
        faults.append(f"{gap['late']} months late, it is {late}")
    if not gap.get("late") and late > 0:
        faults.append(f"not late, it is by {late} months")
    return faults


def reached_already(gap: Gap, view: View) -> list[str]:
    """已达到2024年12月的目标 60%: the next target, reached even by the least bound."""
    answer = view.read("asset_occupancy")
    if answer is None or answer["target"] is None:
        return ["there is no target"]
    least = answer["value"] if answer["low"] is None else answer["low"]
    # The target that is due next, or the one after it that the pace leads to.
    goals = {answer["target"], pace("target")(view)} - {None}
    target = next((one for one in goals if not difference_of(gap["target"], "", one)), None)
    if target is None:
        return [f"target is told as {gap['target']}, it is {sorted(goals)}"]
    faults = []
    if least is None or least < target - NOISE:
        faults.append(f"told as reached, the least is {least}")
    due = [t.when for t in plan.targets_of("asset_occupancy", "") if t.value == target]
    when = periods.of_words(gap["by"])
    return faults if when in due else [*faults, f"by {gap['by']}, it is by {due}"]


ASSETS_HEADLINE = (
    sentence(
        "资产盘活率 {value}，已达到{by}的目标 {target}",
        number("value", of("asset_occupancy")),
        reached_already,
    ),
    sentence(
        "资产盘活率 {value}，照此速度{by}可达 {target}",
        number("value", of("asset_occupancy")), can_be_reached,
    ),
    sentence(
        "资产盘活率 {value}，离 {target} 还差 {gap}",
        number("value", of("asset_occupancy")), still_short,
    ),
    sentence(
        "资产盘活率 {value}，达到目标 {target}",
        number("value", of("asset_occupancy")), number("target", of("asset_occupancy", "target")),
        holds("it is not met", lambda v: status("asset_occupancy", v) in ("met", "met_late")),
    ),
    sentence(
        "资产盘活率 {value}，比目标 {target} 低 {gap}",
        number("value", of("asset_occupancy")), still_short,
    ),
    sentence(
        "资产盘活率在 {low}~{high} 之间，还不能判定",
        number("low", of("asset_occupancy", "low")), number("high", of("asset_occupancy", "high")),
        holds("it is judged", lambda v: status("asset_occupancy", v) == "undetermined"),
    ),
    sentence("资产盘活率 {value}；.*", number("value", of("asset_occupancy"))),
    sentence("资产盘活率 {value}", number("value", of("asset_occupancy"))),
)  # fmt: skip
ASSETS_TREND = (
    sentence("半年 {step}(?:（{why}）)?(?:，比序时(?P<side>高|低) {gap})?", pace_step),
    sentence("(?P<step>)比序时(?P<side>高|低) {gap}", pace_step),
    sentence("还没有资产盘活数据", holds("there are some", no_value("asset_occupancy"))),
)
ASSETS_PACE = (
    sentence("已达到{by}的目标 {target}", reached_already),
    sentence("照此速度，{target} 按期可达", can_be_reached),
    sentence(
        "到 {target}，每月须多盘活 {area}", goal_of_pace,
        number(
            "area", lambda v: (pace("needed")(v) or 0) - max(pace("a_month")(v) or 0, 0),
            "square_metres",
        ),
    ),
)  # fmt: skip
ASSETS_FACTS = (
    sentence("近六个月\n㎡/月\n{n}", number("n", pace("a_month"))),
    sentence("今后需要\n㎡/月\n{n}", number("n", pace("needed"))),
    sentence("近六个月净盘活 {area}。", number("area", pace("net"), "square_metres")),
    sentence("照此速度，{when}到 {target}，不晚于目标。", reached_month),
    sentence("照此速度，{when}到 {target}，比目标晚 {late} 个月。", reached_month),
    sentence(
        "照此速度到不了 {target}。", goal_of_pace,
        holds("it is reached", lambda v: not pace_text("reached", v)),
    ),
    sentence("离 {target} 还差 {area}。", goal_of_pace, number("area", pace("short"), "square_metres")),
    sentence(
        "当月租金 {rent}(?: · 带动就业 {jobs}(?:，其中搬迁群众 {relocated})?)?",
        number("rent", of("asset_occupancy", "rent"), "yuan"),
        number("jobs", of("asset_occupancy", "jobs"), "persons"),
        number("relocated", of("asset_occupancy", "relocated_jobs"), "persons"),
    ),
    sentence("现在的盘活率\n{value}", number("value", of("asset_occupancy"))),
    sentence("照去年底的口径\n{value}", number("value", of("usable_changes", "occupancy_before"))),
)  # fmt: skip


def all_there(gap: Gap, view: View) -> list[str]:
    """各类都已到 60%: every kind, none of them unreported."""
    target = told(gap["target"])
    listed = split_of("asset_occupancy", "kind", view)
    low = [p["key"] for p in listed if target and p["value"] < target.value - 1e-9]
    return [f"all, but {low[0]}"] if low else []


ASSETS_KINDS = (
    sentence("(?:(?:没有一类到|{n}类已到) {target}，)?{name}最低 {low}", kinds_there),
    sentence("各类都已到 {target}(?P<n>)", all_there),
)


ASSETS_PLACES = (
    sentence("按个数算 {value}（{n}/{d}）", places_judged),
    sentence("按个数算：未报", holds("it is reported", no_value("asset_occupancy_count"))),
)
ASSETS_SITE = (
    sentence(
        "盘活率最低：{parts}",
        lambda gap, view: ordered("asset_occupancy", "building", True)(gap, of_town(view)),
    ),
    sentence(
        "盘活率最低的 {n} 栋都是 {value}",
        lambda gap, view: equal("asset_occupancy", "building", True)(gap, of_town(view)),
    ),
)

# 零就业家庭.
ZERO = "zero_employment_households"


def flow(*names: str) -> Number:
    """The sum of steps of the flow in the period."""

    def true(view: View) -> float | None:
        steps = [of(ZERO, f"flow.{name}")(view) for name in names]
        return None if None in steps else sum(step or 0 for step in steps)

    return true


def zero_headline(gap: Gap, view: View) -> list[str]:
    """零就业家庭 10户，其中超期 8户，31 户情况不明，最多 41 户."""
    answer = view.read(ZERO)
    if answer is None:
        return ["there is no such figure"]
    faults = difference_of(gap["n"], "value", answer["value"], "households")
    if gap["overdue"]:
        part = overdue(answer, view)
        faults += difference_of(gap["overdue"], "overdue", value_of(part), "households")
    if gap["unknown"]:
        faults += difference_of(gap["unknown"], "unknown", answer["unreported"])
        faults += difference_of(gap["most"], "most", answer["high"])
    elif answer["unreported"]:
        faults.append(f"{answer['unreported']} are unknown, which is not told")
    return faults


def monthly(view: View, months: int) -> list[Answer]:
    """The answers of the last months up to the page's, oldest first."""
    metric = view.answers.metrics[ZERO]
    found = [
        view.answer(Figure(metric, periods.named(view.end - n, "month"), view.scope), beside=True)
        for n in reversed(range(months))
    ]
    return [answer for answer in found if answer]


def mean_cleared(gap: Gap, view: View) -> list[str]:
    """近 21个月平均每月清零 1.1 户，最多时 11 户."""
    months = int(gap["months"].removesuffix("个月"))
    listed = monthly(view, months)
    cleared = sum((answer.get("flow") or {}).get("cleared") or 0 for answer in listed)
    most = max((answer["value"] for answer in listed if answer["value"] is not None), default=None)
    faults = difference_of(gap["mean"], "mean", cleared / months)
    return faults + difference_of(gap["most"], "most", most)


def ever_zero(gap: Gap, view: View) -> list[str]:
    """近 12个月有过零就业家庭的：11 处，1栋最多时 2 户."""
    months = int(gap["months"].removesuffix("个月"))
    most: dict[str, float] = {}
    for n in range(months):
        earlier = View(view.answers, periods.named(view.end - n, "month"), view.scope)
        for part in split_of(ZERO, "below", earlier):
            most[part["key"]] = max(most.get(part["key"], 0), part["value"])
    most = {place: n for place, n in most.items() if n}
    faults = difference_of(gap["n"], "places", len(most))
    first = max(most.values(), default=None)
    faults += difference_of(gap["most"], "most", first)
    if gap["place"] and most.get(gap["place"]) != first:
        faults.append("another place had more")
    if gap["place"] and sum(n == first for n in most.values()) > 1:
        faults.append("others had as many, which is not said")
    return faults


def curve(gap: Gap, view: View) -> list[str]:
    """一个月内清零 23.5%，三个月内清零 44.2%."""
    return [
        *number("one", of(ZERO, "clearing.within_1"))(gap, view),
        *number("three", of(ZERO, "clearing.within_3"))(gap, view),
    ]


def months_open(view: View) -> list[int]:
    """For how many months each household has been without work."""
    found = (view.read(ZERO) or {}).get("months_open")
    if isinstance(found, dict):
        return [int(n) for n, households in found.items() for _ in range(households)]
    return [int(n) for n in found or []]


def longest(gap: Gap, view: View) -> list[str]:
    """最久的 14个月，3 户超过半年."""
    listed = months_open(view)
    if not listed:
        return ["months of what is not known"]
    faults = difference_of(gap["months"], "longest", max(listed), "months")
    over = sum(n > 6 for n in listed)
    return faults + (difference_of(gap["n"], "over half a year", over) if gap["n"] else [])


def none_known(gap: Gap, view: View) -> list[str]:
    """没有已知的…: none is known; 没有 alone: and nothing is unknown."""
    answer = view.read(ZERO)
    if answer is None or answer["value"]:
        return ["some are known"]
    if gap.get("unknown"):
        return difference_of(gap["unknown"].removesuffix("户"), "unknown", answer["unreported"])
    return []


def none_at_all(gap: Gap, view: View) -> list[str]:
    """没有零就业家庭, 已清零: none, and nothing is unknown or hidden."""
    answer = view.read(ZERO)
    if answer is None or answer["value"] != 0 or answer["unreported"]:
        return [
            f"none, it is {answer and answer['value']}, unknown {answer and answer['unreported']}"
        ]
    return []


def unknown_zero(view: View) -> bool:
    """Whether it is unknown of some households."""
    answer = view.read(ZERO)
    return answer is None or bool(answer["unreported"]) or answer["value"] is None


ZERO_HEADLINE = (
    sentence(
        "零就业家庭的户数不单独显示",
        holds("it is not hidden", lambda v: status(ZERO, v) == "suppressed"),
    ),
    sentence("这个月还说不出有没有零就业家庭", holds("it is known", lambda v: of(ZERO)(v) is None)),
    sentence("零就业家庭已清零", none_at_all),
    sentence("没有已知的零就业家庭，{unknown}情况不明", none_known),
    sentence(
        "零就业家庭 {n}(?:，其中超期 {overdue})?(?:，各户情况都清楚|，{unknown} ?户情况不明，最多 {most} ?户)?",
        zero_headline,
    ),
)
NOBODY: tuple[Rule, ...] = (
    sentence("没有已知的零就业家庭，{unknown}情况不明", none_known),
    sentence("没有已知的零就业家庭", none_known),
    sentence("没有零就业家庭", none_at_all),
    whole,
)
ZERO_STATES = (
    *NOBODY,
    sentence(
        "{whole}有就业意愿：{employed} ?户有人就业，{zero} ?户零就业，{unknown} ?户不明",
        *(number(name, of(ZERO, f"states.{name}")) for name in ("employed", "zero", "unknown")),
        number(
            "whole",
            lambda v: sum(of(ZERO, f"states.{n}")(v) or 0 for n in ("employed", "zero", "unknown")),
            "households",
        ),
    ),
    sentence("没有有就业意愿的户", holds("some are", lambda v: not of(ZERO, "states.employed")(v))),
)
ZERO_BRIDGE = (
    sentence(
        "{period}新增和再次零就业 {came} ?户，清零 {cleared} ?户",
        number("came", flow("new", "relapsed")), number("cleared", flow("cleared")),
        lambda gap, view: [] if gap["period"] == periods.in_words(view.period) else [f"of {gap['period']}"],
    ),
    sentence("情况不明的户太多，说不出期内的变动", holds("nothing is unknown", unknown_zero)),
    sentence(
        "这一期没有报，说不出期内的变动",
        holds("something was reported", lambda view: status(ZERO, view) == "no_data"),
    ),
)  # fmt: skip
ZERO_OPEN = (
    sentence("最久的 {months}(?:，{n} ?户超过半年)?", longest),
    *NOBODY,
)
ZERO_CURVE = (sentence("一个月内清零 {one}，三个月内清零 {three}", curve),)
ZERO_FLOWS = (
    sentence("近 {months}平均每月清零 {mean} ?户，(?:月末)?最多时 {most} ?户", mean_cleared),
)
ZERO_HEAT = (
    sentence("近 {months}有过零就业家庭的：{n} 处，(?:{place})?最多时 {most} ?户", ever_zero),
    sentence(
        "近 {months}没有已知的零就业家庭",
        lambda gap, view: [
            f"{answer['value']} in {answer['period']}"
            for answer in monthly(view, int(gap["months"].removesuffix("个月")))
            if answer["value"]
        ],
    ),
)
ZERO_PLACES = (
    sentence("最多的各 {value}户，共 {n} 处", equal(ZERO, "below", False)),
    sentence("最多的是{parts}", ordered(ZERO, "below", False)),
    sentence("分处的户数，{n} 处不单独显示"),
    *NOBODY,
)
ZERO_LIST = (
    sentence("零就业名单：{n}", number("n", of(ZERO), "households")),
    sentence("没有零就业的户", none_known),
    *NOBODY,
)

# 部门任务.
DONE, LATE = "task_completion", "overdue_tasks"


def kept(view: View) -> bool:
    """Whether the tasks are reported in the period: only then none can be said of them."""
    return status(DONE, view) != "no_data"


def longest_late(view: View) -> float | None:
    """How many days the task is late that is so the longest."""
    found = (view.read(LATE) or {}).get("days_late") or []
    return max(found, default=None)


DEPARTMENTS_HEADLINE = (
    sentence(
        "到期任务 {due} 项，完成 {done}，销号 {accepted}(?:，逾期 {late} 项)?(?:，当日到期 {today} 项)?",
        number("due", of(DONE, "denominator")), number("done", of(DONE, "numerator")),
        number("accepted", of(DONE, "accepted")), number("late", of(LATE)),
        number("today", of(DONE, "due_today")),
    ),
    sentence(
        "到期任务 {due} 项，全部完成，销号 {accepted} 项",
        number("due", of(DONE, "denominator")), number("accepted", of(DONE, "accepted")),
        holds("not all are done", lambda v: of(DONE)(v) == 1),
    ),
    sentence("这一期没有报任务台账", holds("they are reported", lambda v: not kept(v))),
    sentence("还没有到期的任务", holds("some are due", lambda v: not of(DONE, "denominator")(v))),
)  # fmt: skip
NOT_KEPT = sentence("这一期没有报任务台账", holds("they are reported", lambda v: not kept(v)))
NONE_LATE = holds("told of tasks that are not reported", kept)
DEPARTMENTS_MATRIX = (
    sentence(
        "逾期最多的 {n} 个部门各 {value} 项(?:，当日到期 {today} 项)?",
        equal(LATE, "department", False),
    ),
    sentence("逾期最多：{parts}(?:，当日到期 {today} 项)?", ordered(LATE, "department", False)),
    sentence(
        "没有逾期的部门(?:，当日到期 {today} 项)?",
        NONE_LATE,
        holds("some are late", lambda v: not of(LATE)(v)),
    ),
    NOT_KEPT,
)
UNFINISHED = (
    sentence("未完成 {n} 项，其中逾期 {late} 项", number("late", of(LATE))),
    sentence("没有未完成的任务。?", NONE_LATE),
    NOT_KEPT,
)
OVERDUE_TASKS = (
    sentence("逾期 {n} 项，最久 {days} 天", number("n", of(LATE)), number("days", longest_late)),
    sentence("没有逾期的任务。?", NONE_LATE, holds("some are late", lambda v: not of(LATE)(v))),
    NOT_KEPT,
)
STALE_TASKS = (
    sentence("{n} 项任务三十天没有更新", number("n", of("stale_tasks"))),
    sentence(
        "(?:任务都按时更新|三十天内都有更新。)",
        NONE_LATE,
        holds("some are not", lambda v: not of("stale_tasks")(v)),
    ),
    NOT_KEPT,
)
TASK_LINE = (sentence("(?:■ 逾期 )?{days} 天(?:未更新)?\n{measure}号举措：.+"),)

# 楼栋单元.


def still_zero(gap: Gap, view: View) -> list[str]:
    """9 栋还有零就业家庭，最多的是1栋（2户）."""
    listed = [part for part in split_of(ZERO, "below", view) if part["value"]]
    faults = [] if int(gap["n"]) == len(listed) else [f"{gap['n']} buildings, {len(listed)} have"]
    return faults + ordered(ZERO, "below", False)({"parts": f"{gap['place']} {gap['most']}"}, view)


def of_place(gap: Gap, view: View) -> list[str]:
    """1栋：就业率 95.7%，零就业家庭 2户."""
    if gap["place"] != periods.place_in_words(view.scope):
        return [f"of {gap['place']}"]
    return [
        *number("rate", of("employment_rate"))(gap, view),
        *(number("n", of(ZERO), "households")(gap, view) if gap.get("n") else []),
        *(
            number("people", of("employment_destination"), "persons")(gap, view)
            if gap.get("people")
            else []
        ),
    ]


def layer(gap: Gap, view: View) -> list[str]:
    """就业人数：7栋 110人 最低，1栋 270人 最高: of all buildings."""
    metric = view.by_label(gap["label"])
    if metric is None:
        return [f"no metric is called {gap['label']}"]
    town = of_town(view)
    return extreme(metric.key, gap["low_place"], gap["low"], True, town) + extreme(
        metric.key, gap["high_place"], gap["high"], False, town
    )


def extreme(key: str, place: str, value: str, lowest: bool, town: View) -> list[str]:
    """7栋最低，110人; 3 栋最低，0人 where several have the same value."""
    several = re.fullmatch(r"(\d+) [栋处]", place)
    if several:
        return equal(key, "building", lowest)({"n": several[1], "value": value}, town)
    return ordered(key, "building", lowest)({"parts": f"{place} {value}"}, town)


UNITS_HEADLINE = (
    sentence(
        "{all} 栋还有零就业家庭，最多的 {value}，有 {n} 栋",
        equal(ZERO, "below", False),
        lambda gap, view: difference_of(
            gap["all"], "buildings", sum(bool(p["value"]) for p in split_of(ZERO, "below", view))
        ),
    ),
    sentence("{n} ?栋还有零就业家庭，最多的是{place}（{most}）", still_zero),
    sentence("零就业家庭 {n}，有的楼栋不单独显示", number("n", of(ZERO), "households")),
    sentence("零就业家庭 {n}，各栋不单独显示", number("n", of(ZERO), "households")),
    sentence(
        "各栋都没有已知的零就业家庭",
        holds("some are known", lambda v: not any(p["value"] for p in split_of(ZERO, "below", v))),
    ),
    sentence(
        "{place}：这一期还没有就业监测",
        holds("it is monitored", lambda v: of("employment_rate")(v) is None),
    ),
    sentence("{place}：不单独显示"),
    sentence("{place}：{people}就业，就业率不单独显示(?P<rate>)", of_place),
    sentence("{place}：就业率 {rate}，没有已知的零就业家庭", of_place, none_known),
    sentence("{place}：就业率 {rate}，零就业家庭 {n}", of_place),
)
UNITS_SITE = (
    sentence("{label}：{low_place}最低，{low}；{high_place}最高，{high}", layer),
    sentence("{label}：{low} 至 {high}，另有 {n} ?栋不单独显示"),
    sentence("{label}：(?:各栋|有数字的 {n} 栋)都是 {value}"),
    sentence("{label}：各栋(?:都不单独显示|这一期都没有数字)"),
)
UNITS_ORDER = (
    sentence("{label}从(?:高到低|少到多)"),
    sentence(
        "{of} 栋里 {n} 栋没有达到要求(?:，{unheard} 栋未报)?(?:，" + words.HIDDEN_BESIDE + ")?"
    ),
)


def beside(check: Check) -> Check:
    """A check of the units of the building, where the page is of one of them."""

    def checked(gap: Gap, view: View) -> list[str]:
        place = "/".join(view.scope.split("/")[:2])
        return check(gap, replace(view, scope=place))

    return checked


UNITS_COMPARED = (
    sentence("就业率最低的有 {n} 处，{value}", beside(equal("employment_rate", "below", True))),
    sentence(
        "就业率最低的是{place}，{value}",
        lambda gap, view: beside(ordered("employment_rate", "below", True))(
            {"parts": f"{gap['place']} {gap['value']}"}, view
        ),
    ),
)

# 服务与保障: headlines of two or three figures.


def labelled(text: str, view: View) -> list[str] | None:
    """监测对象 19户，帮扶措施落实率 94.7%，目标 …: figures by their labels, with what follows each."""
    clauses: list[str] = []
    for clause in re.split(r"[，；]", text):
        follows = (
            clause.startswith(("目标", "序时")) or clause.endswith("未报") or "还不能判定" in clause
        )
        if clauses and follows and view.figure(clause.removesuffix("未报")) is None:
            clauses[-1] += "，" + clause
        else:
            clauses.append(clause)
    read = [whole(clause, view) for clause in clauses]
    if any(faults is None for faults in read):
        return None
    return [fault for faults in read if faults for fault in faults]


def wrongly_paid(name: str) -> Number:
    """The subsidies of both kinds that were paid wrongly, or of which it is unclear."""

    def true(view: View) -> float | None:
        both = [of(f"{kind}_subsidy_check", name)(view) for kind in ("service", "tracking")]
        known = [n for n in both if n is not None]
        return sum(known) if known else None

    return true


def neither_known(gap: Gap, view: View) -> list[str]:
    """错发补助未报: neither of the two kinds has a value, for the reason that is told."""
    both = [status(f"{kind}_subsidy_check", view) for kind in ("service", "tracking")]
    right = all(words.STATUS[one][1] == gap["word"] for one in both if one)
    return [] if right else [f"told as {gap['word']}, they are {both}"]


NO_VALUES = "|".join(word for _mark, word in words.STATUS.values())
WRONGLY_UNKNOWN = sentence(
    "{first}；错发补助(?P<word>" + NO_VALUES + ")",
    neither_known,
    lambda gap, view: labelled(gap["first"], view) or [],
)
WORK_HEADLINE = sentence(
    "{first}；错发补助 {wrong} 份(?:，另 {unknown} 份已发而情况不明)?",
    number("wrong", wrongly_paid("value")),
    number("unknown", wrongly_paid("unreported")),
    lambda gap, view: labelled(gap["first"], view) or [],
)
RULES: dict[tuple[str, str, str], Sequence[Rule]] = {
    ("employment", "", "headline"): EMPLOYMENT_HEADLINE,
    ("employment", "area", "finding"): AREA,
    ("employment", "returned", "finding"): RETURNED,
    ("employment", "flows", "finding"): FLOWS,
    ("employment", "rates", "finding"): RATES,
    ("employment", "coverage", "finding"): COVERAGE,
    ("income", "", "headline"): (dated(*INCOME_HEADLINE),),
    ("income", "pair", "finding"): PAIR,
    ("income", "components", "finding"): (dated(*COMPONENTS),),
    ("income", "matched", "finding"): (dated(*MATCHED),),
    ("income", "matched", "fact"): INCOME_FACTS,
    ("assets", "", "headline"): ASSETS_HEADLINE,
    ("assets", "trend", "finding"): ASSETS_TREND,
    ("assets", "pace", "finding"): ASSETS_PACE,
    ("assets", "pace", "fact"): ASSETS_FACTS,
    ("assets", "usable_changes", "fact"): ASSETS_FACTS,
    ("assets", "kinds", "finding"): ASSETS_KINDS,
    ("assets", "pace", "caption"): ASSETS_PLACES,
    ("assets", "site", "finding"): ASSETS_SITE,
    ("zero_employment", "", "headline"): ZERO_HEADLINE,
    ("zero_employment", "states", "finding"): ZERO_STATES,
    ("zero_employment", "bridge", "finding"): ZERO_BRIDGE,
    ("zero_employment", "durations", "finding"): ZERO_OPEN,
    ("zero_employment", "curve", "finding"): ZERO_CURVE,
    ("zero_employment", "places", "finding"): ZERO_PLACES,
    ("zero_employment", "flows", "finding"): ZERO_FLOWS,
    ("zero_employment", "heat", "finding"): ZERO_HEAT,
    ("zero_employment", "durations", "alt"): (sentence("没有已知的零就业家庭。", none_known),),
    ("zero_employment", "list", "finding"): ZERO_LIST,
    ("departments", "", "headline"): DEPARTMENTS_HEADLINE,
    ("departments", "matrix", "finding"): DEPARTMENTS_MATRIX,
    ("departments", "timeline", "finding"): UNFINISHED,
    ("departments", "timeline", "empty"): UNFINISHED,
    ("departments", "overdue", "finding"): OVERDUE_TASKS,
    ("departments", "overdue", "empty"): OVERDUE_TASKS,
    ("departments", "overdue", "line"): TASK_LINE,
    ("departments", "stale", "finding"): STALE_TASKS,
    ("departments", "stale", "empty"): STALE_TASKS,
    ("departments", "stale", "line"): TASK_LINE,
    ("units", "", "headline"): UNITS_HEADLINE,
    ("units", "site", "finding"): UNITS_SITE,
    ("units", "around", "finding"): UNITS_SITE,
    ("units", "order", "finding"): UNITS_ORDER,
    ("units", "compared", "finding"): UNITS_COMPARED,
    ("work_services", "", "headline"): (WORK_HEADLINE, WRONGLY_UNKNOWN, labelled),
    ("safeguards", "", "headline"): (labelled,),
    ("industry", "", "headline"): (labelled,),
    ("community", "", "headline"): (labelled,),
}
