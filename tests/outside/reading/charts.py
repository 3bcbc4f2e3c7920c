"""Charts in words: their alternative texts, mark by mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tests.outside.reading import periods, words
from tests.outside.reading.answers import Answer, Figure, View
from tests.outside.reading.figures import difference_of, told
from tests.outside.reading.pages import (
    LATE,
    ZERO,
    covered,
    longest_late,
    months_open,
    of,
    sentence,
    split_of,
    unknown_zero,
)
from tests.outside.reading.panels import named
from tests.outside.reading.reading import NOT_UNDERSTOOD, gaps

Value = Callable[[Answer], float | None]
Item = tuple[str, str]


def value(part: Answer) -> float | None:
    """The value of a part."""
    found: float | None = part["value"]
    return found


def items(text: str, separator: str = "；") -> list[Item] | None:
    """片区内 1,051人；广东 427人: names and numbers; None where one is not of that form."""
    matches = [re.fullmatch(r"(.+?)\s(\S+)", one) for one in text.split(separator)]
    if not all(matches):
        return None
    return [(match[1], match[2]) for match in matches if match]


def marks(
    listed: Iterable[Item], parts: list[Answer], amount: Value = value, *, all_of: bool = True
) -> list[str]:
    """What is wrong with marks told for parts; unknown names too, unless only `all_of` is off."""
    faults = []
    for name, text in listed:
        part = named(name, parts)
        if part is None:
            if all_of:
                faults.append(f"no part is called {name}")
        elif text not in words.NO_VALUE:
            faults += difference_of(text, name, amount(part))
    return faults


def best(text: str, several: Iterable[list[str]]) -> list[str]:
    """The faults of the reading that fits best; of several axes one is meant."""
    read = list(several)
    return min(read, key=len) if read else [f"{NOT_UNDERSTOOD}: {text}"]


def site(text: str, view: View) -> list[str] | None:
    """楼栋平面图：各楼栋资产盘活率。1栋 60.4%；2栋 57.8%。"""
    gap = gaps(words.SITE, text)
    if gap is None:
        return None
    metric = view.by_label(gap["label"])
    listed = items(gap["items"])
    if metric is None or listed is None:
        return [NOT_UNDERSTOOD]
    town = View(view.answers, view.period, view.whole)
    return marks(listed, split_of(metric.key, "building", town), all_of=False)


def area(text: str, view: View) -> list[str] | None:
    """堆叠面积图：2023年1月至2024年9月。最新：片区内 1,051人；广东 427人。"""
    gap = gaps(words.AREA, text)
    if gap is None:
        return None
    listed = items(gap["items"])
    if listed is None:
        return [NOT_UNDERSTOOD]
    listed = [item for item in listed if item[0] != words.HIDDEN_SUM]
    last = periods.of_words(gap["last"])
    if last is None or periods.last_month(last) > view.end:
        return [f"up to {gap['last']}"]
    then = View(view.answers, last, view.scope)
    readings = [
        marks(listed, split_of(key, axis, then))
        for key in ("employment_destination", "returned_workers")
        for axis in view.answers.metrics[key].axes
    ]
    return best(text, readings)


def last_is(text: str, view: View) -> list[str]:
    """The last month of a chart is the page's."""
    true = periods.in_words(periods.named(view.end, "month"))
    return [] if text == true else [f"up to {text}, the page is of {true}"]


def heat(text: str, view: View) -> list[str] | None:
    """热力图：就业监测覆盖率，2024年9月：1栋 98.6%；2栋 98.5%。"""
    gap = gaps(words.HEAT, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    key, amount = {"就业监测覆盖率": ("employment_rate", covered)}.get(gap["label"], (ZERO, value))
    return marks(listed, split_of(key, "below", view, every=True), amount) + last_is(
        gap["month"], view
    )


def bridge(text: str, view: View) -> list[str] | None:
    """变动图：期初 9户；新增 +2户；…；期末 10户。"""
    gap = gaps(words.BRIDGE, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    faults = []
    for name, amount in listed:
        step = of(ZERO, f"flow.{words.STEPS_OF_FLOW.get(name)}")(view)
        out = name in ("清零", "转出")
        faults += difference_of(amount, name, -step if out and step else step)
    return faults


def monthly_flow(text: str, view: View) -> list[str] | None:
    """逐月变动图，2023年1月至2024年9月。新增 24户；…。期末 10户。"""
    gap = gaps(words.MONTHLY_FLOW, text)
    listed = items(gap["items"]) if gap else None
    first = periods.of_words(gap["first"]) if gap else None
    if gap is None or listed is None or first is None:
        return None
    sums: Counter[str] = Counter()
    metric = view.answers.metrics[ZERO]
    for month in range(periods.last_month(first), view.end + 1):
        figure = Figure(metric, periods.named(month, "month"), view.scope)
        answer = view.answer(figure, beside=True) or {}
        sums.update({k: v or 0 for k, v in (answer.get("flow") or {}).items()})
    faults = [
        fault
        for name, amount in listed
        for fault in difference_of(amount, name, sums[words.STEPS_OF_FLOW.get(name, "")])
    ]
    if gap["closing"] == words.ABSENT and unknown_zero(view):
        return faults
    return faults + difference_of(gap["closing"], "closing", of(ZERO)(view))


def months_of_zero(text: str, view: View) -> list[str] | None:
    """柱状图：零就业持续月数。1个月 2户；…；12个月以上 1户。"""
    gap = gaps(words.MONTHS_OPEN, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    open_ = months_open(view)
    faults = []
    for name, amount in listed:
        match = re.match(r"(\d+)个月(以上)?", name)
        if match is None:
            return [NOT_UNDERSTOOD]
        n = int(match[1])
        true = sum(m >= n if match[2] else m == n for m in open_)
        faults += difference_of(amount, name, true)
    return faults


def curve(text: str, view: View) -> list[str] | None:
    """清零曲线，几个月后仍未清零的占比：1个月 76.5%；2个月 73.3%。"""
    gap = gaps(words.CURVE, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    faults = []
    for name, amount in listed:
        within = of(ZERO, f"clearing.within_{name.removesuffix('个月')}")(view)
        if within is not None:
            faults += difference_of(amount, name, 1 - within)
    return faults


def components(text: str, view: View) -> list[str] | None:
    """分解图：工资性收入 +6.4个百分点；…；增速 7.4个百分点。"""
    gap = gaps(words.COMPONENTS_DRAWN, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    by_name = {
        words.COMPONENTS.get(part["key"], ""): part["value"]
        for part in split_of("income_growth_gap", "component", view)
    }
    growth = of("income_growth_gap", "growth")(view)
    by_name["增速"] = growth * 100 if growth is not None else None
    return [f for name, amount in listed for f in difference_of(amount, name, by_name.get(name))]


def pair(text: str, view: View) -> list[str] | None:
    """对比图：2024年三季度幸福小镇增长 7.4%，…增长 7.0%，相差 +0.4个百分点，达序时。"""
    gap = gaps(words.PAIR_DRAWN, text)
    if gap is None:
        return None
    period = periods.of_words(gap["period"])
    metric = view.answers.metrics["income_growth_gap"]
    _own, place = view.fitting(metric)
    answer = view.answer(Figure(metric, period or "", place), beside=True) if period else None
    if answer is None:
        return [f"{NOT_UNDERSTOOD}: {gap['period']}"]
    faults = difference_of(gap["own"], "growth", answer.get("growth"))
    faults += difference_of(gap["county"], "benchmark", answer.get("benchmark_growth"))
    faults += difference_of(gap["gap"], "gap", answer["value"])
    if gap["word"] and words.STATUS[answer["status"]][1] != gap["word"]:
        faults.append(f"judged {gap['word']}, it is {answer['status']}")
    return faults


def side_by_side(text: str, view: View) -> list[str] | None:
    """并列比较图。就业人数：1栋 270，2栋 193；就业率：1栋 95.7%，…。"""
    gap = gaps(words.SIDE_BY_SIDE, text)
    if gap is None:
        return None
    faults = []
    for column in gap["items"].split("；"):
        label, _, rest = column.partition("：")
        metric, listed = view.by_label(label), items(rest, "，")
        if metric is None or listed is None:
            return [f"{NOT_UNDERSTOOD}: {column}"]
        below = "unit" if "/" in view.scope else "building"
        town = View(view.answers, view.period, "/".join(view.scope.split("/")[:2]))
        faults += marks(listed, split_of(metric.key, below, town), all_of=False)
    return faults


def counties(text: str, view: View) -> list[str] | None:
    """流向图，人数最多的县市：钦州市 314人；…。共 19 个县市。"""
    gap = gaps(words.FLOWS_DRAWN, text)
    listed = items(gap["items"]) if gap else None
    if gap is None or listed is None:
        return None
    numbers = [number.value for _name, amount in listed if (number := told(amount))]
    faults = [] if numbers == sorted(numbers, reverse=True) else ["not in their order"]
    parts = split_of("employment_destination", "county", view)
    # The city's own people inside the zone are drawn apart.
    away = [item for item in listed if not item[0].startswith("钦州")]
    return faults + marks(away, parts)


def departments(text: str, view: View) -> list[str] | None:
    """部门任务图：到期 94 项，完成 87 项，逾期 7 项。逾期部门：自然资源建设局 3；…。"""
    gap = gaps(words.DEPARTMENTS_DRAWN, text)
    if gap is None:
        return None
    faults = difference_of(gap["due"], "due", of("task_completion", "denominator")(view))
    faults += difference_of(gap["done"], "done", of("task_completion", "numerator")(view))
    faults += difference_of(gap["late"], "late", of(LATE)(view))
    listed = items(gap["items"]) if gap["items"] not in ("", "无") else []
    if listed is None:
        return [*faults, NOT_UNDERSTOOD]
    parts = split_of(LATE, "department", view)
    late = {part["key"] for part in parts if part["value"]}
    if len(late) != len(listed):
        faults.append(f"{len(listed)} departments, {len(late)} are late")
    return faults + marks(listed, parts)


TIMELINE = sentence(
    "任务时间图：未完成 {n} 项，(?:没有逾期的|其中逾期 {late} 项，最久 {days}天)。",
    lambda gap, view: difference_of(gap["late"] or "0", "late", of(LATE)(view) or 0),
    lambda gap, view: difference_of(gap["days"] or "0", "days", longest_late(view) or 0),
)
STATES = sentence(
    "条形图：有就业意愿的户。有人就业 {employed}；零就业 {zero}；情况不明 {unknown}。",
    *(
        lambda gap, view, name=name: difference_of(
            gap[name], name, of(ZERO, f"states.{name}")(view)
        )
        for name in ("employed", "zero", "unknown")
    ),
)


def coverage_bars(text: str, view: View) -> list[str] | None:
    """条形图：就业监测覆盖率。7栋 60.5%；10栋 98.0%。"""
    gap = gaps("条形图：就业监测覆盖率。{items}。", text)
    listed = items(gap["items"]) if gap else None
    if listed is None:
        return None
    return marks(listed, split_of("employment_rate", "below", view, every=True), covered)


def rules() -> Iterator[Callable[[str, View], list[str] | None]]:
    """Every kind of chart that is read."""
    yield from (
        site, area, heat, bridge, monthly_flow, months_of_zero, curve, components, pair,
        side_by_side, counties, departments, TIMELINE, STATES, coverage_bars,
    )  # fmt: skip
