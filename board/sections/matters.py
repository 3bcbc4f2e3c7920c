"""What the meeting has to decide: the readings that are missed, behind or undetermined."""

from __future__ import annotations

import math
from dataclasses import replace

from board.catalogue import METRICS
from board.i18n import N_, _, language
from board.metrics import Metric, Reading, Status, filter_of, restarts
from board.metrics.bound import given
from board.numerals import at_least, counted
from board.sections.blocks import Line, Lines
from board.sections.counts import not_shown
from board.sections.leading import page_of
from board.sections.plan import leads, leads_in_short
from board.sections.section import View
from board.sections.sentences import required_value, sentence
from board.sections.words import noted, subjects

WORST = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)
LOOK_BACK = 12
LASTING = {
    "month": N_("已连续 {n} 个月"), "quarter": N_("已连续 {n} 个季度"),
    "half": N_("已连续 {n} 个半年"), "year": N_("已连续 {n} 年"),
}  # fmt: skip
# Where the period before is hidden or not decided.
AT_LEAST = {
    "month": N_("至少已连续 {n} 个月"), "quarter": N_("至少已连续 {n} 个季度"),
    "half": N_("至少已连续 {n} 个半年"), "year": N_("至少已连续 {n} 年"),
}  # fmt: skip
NOT_SHORT = (Status.MET, Status.MET_LATE, Status.ON_PACE, Status.NOT_DUE, Status.NO_TARGET)


def matters(view: View) -> list[Reading]:
    """The readings to decide on: worst status first, then farthest from the target first."""
    undecided = [r for r in readings(view) if r.status in WORST]
    return sorted(undecided, key=lambda r: (WORST.index(r.status), -distance(r), r.metric.key))


def readings(view: View) -> list[Reading]:
    """Every metric with a target that is defined for the view's kind of scope.

    It is read at the nearest period it is defined for. One that the reader may not see has the
    status `suppressed`.
    """
    every = (view.read_or_hidden(m) for m in metrics_of_plan(view) if view.scope.kind in m.scopes)
    return [reading for reading in every if reading.target is not None]


def metrics_of_plan(view: View) -> list[Metric]:
    """The metrics, each under every filter that the plan names it with, that the plan allows for."""
    plan = view.plan
    filters: dict[str, list[str]] = {}
    for belonging in plan.belongings:
        listed = filters.setdefault(belonging.metric, [])
        if belonging.filter not in listed:
            listed.append(belonging.filter)
    return [
        replace(metric, filter=filter_of(metric, text))
        for key, metric in METRICS.items()
        if given(metric, plan)
        for text in filters.get(key, [""])
    ]


def distance(reading: Reading) -> float:
    """The distance from the target, as a share of the target; 0 when either is unknown."""
    if reading.value is None or reading.target is None:
        return 0.0
    return abs(reading.value - reading.target) / (abs(reading.target) or 1)


def duration(view: View, reading: Reading) -> str:
    """已连续 3 个季度: for how many periods in a row the figure has been short, or not decided.

    至少 where the period before them is hidden or not decided; empty where then nothing is left to
    tell. 本期新出现 only where the period before was known, and not short.
    """
    short = (Status.MISSED, Status.BEHIND)
    alike = short if reading.status in short else (Status.UNDETERMINED,)
    count, before = 1, _before(view, reading, 1)
    while before in alike and count < LOOK_BACK:
        count += 1
        before = _before(view, reading, count)
    if count == LOOK_BACK:
        return _("{lasting}以上", lasting=_(LASTING[reading.period.kind], n=f"{count}"))
    if count == 1:
        return _("本期新出现") if before in NOT_SHORT else ""
    unknown = before in (Status.SUPPRESSED, Status.UNDETERMINED)
    return _((AT_LEAST if unknown else LASTING)[reading.period.kind], n=f"{count}")


def _before(view: View, reading: Reading, count: int) -> Status:
    """The status of the same figure some periods earlier."""
    period = reading.period.before(count)
    return view.read_or_hidden(reading.metric, period=period, scope=reading.scope).status


def remedy(reading: Reading) -> str:
    """再盘活 886㎡即达标: what would be enough, where it can still be done."""
    metric, unit = reading.metric, reading.metric.amount or reading.metric.unit
    if reading.status is Status.UNDETERMINED:
        unclear = reading.unreported
        return _("先查清 {n}", n=subjects(metric, unclear)) if unclear else ""
    missing = short_of(reading)
    if missing is None:
        return ""
    unit = unit if metric.kind == "rate" else metric.unit
    amount = counted(at_least(missing, unit), unit)
    if metric.better == "lower":
        if unclear := round((reading.high or 0) - (reading.value or 0)):
            return _("减少 {n}、查清 {m}才达标", n=amount, m=counted(unclear, metric.unit))
        return _("减少 {n}即达标", n=amount)
    if reading.aim and reading.aim.passed:
        return _("再有 {n}即逾期后达标", n=amount)
    late = reading.status is Status.MISSED
    return _(N_("再有 {n}即达标") if late else N_("再有 {n}即达序时"), n=amount)


def short_of(reading: Reading) -> float | None:
    """How much more is enough whatever the unreported rows say, in the metric's amount.

    A whole number for a rate. Of a figure that should be low, how much less, not counting what is
    unclear. None where it can't be done any more: what a deadline or a period that is over left
    undone, such as a ledger that came late.
    """
    metric, required = reading.metric, required_value(reading)
    over = reading.status is Status.MISSED and (metric.span == "period" or restarts(metric))
    if metric.final or over or required is None or reading.value is None:
        return None
    if metric.better == "lower":
        return reading.value - required
    if metric.kind != "rate":
        return required - (reading.value if reading.low is None else reading.low)
    total = expected_amount(reading)
    if not metric.amount or total is None:
        return None
    # Without the small number a rounding error would add one to a whole amount.
    return math.ceil(required * total - (reading.numerator or 0) - 1e-9)


def expected_amount(reading: Reading) -> float | None:
    """The denominator of a rate with what is not reported yet; None where it is not known."""
    n, d, low, high = reading.numerator, reading.denominator, reading.low, reading.high
    if n is None or d is None or low is None or high is None:
        return d
    if n and low:
        return n / low
    return d / (1 - high) if high < 1 else None


def text(view: View, reading: Reading) -> str:
    """The matter as markdown, and in gray its duration and what is missing."""
    remarks = noted(duration(view, reading), remedy(reading))
    return f"{sentence(view, reading)}  \n:gray[:small[{remarks}]]"


def lead(view: View, reading: Reading) -> str:
    """The lead departments of the metric's measures, by their short names."""
    return leads_in_short(leads(view, reading.metric.measures))


def finding(view: View) -> str:
    """需要会议决定：13 项（有目标的指标共 41 项，3 项未报，另有 4 项不单独显示）."""
    statuses = [reading.status for reading in readings(view)]
    if not statuses:
        return _("这里没有定了目标的指标")
    count = sum(status in WORST for status in statuses)
    parts = [_("有目标的指标共 {n} 项", n=len(statuses))]
    if unheard := statuses.count(Status.NO_DATA):
        parts.append(_("{n} 项未报", n=unheard))
    if hidden := statuses.count(Status.SUPPRESSED):
        parts.append(not_shown(hidden))
    among = _("，").join(parts)
    if count:
        return _("需要会议决定：{n} 项（{among}）", n=count, among=among)
    if unheard or hidden:
        return _("已知的指标里没有需要会议决定的（{among}）", among=among)
    return _("没有需要会议决定的事项（{among}）", among=among)


def empty(view: View) -> str:
    """That all targets are reached: of those that are shown, and how many were reached late."""
    statuses = [reading.status for reading in readings(view)]
    hidden, late = Status.SUPPRESSED in statuses, statuses.count(Status.MET_LATE)
    if hidden and late:
        return _(
            "可以显示的指标里，已报、已到期的都达到了目标或序时进度，{n} 项是逾期后达到的。", n=late
        )
    if hidden:
        return _("可以显示的指标里，已报、已到期的都达到了目标或序时进度。")
    if late:
        return _("已报、已到期的指标都达到了目标或序时进度，{n} 项是逾期后达到的。", n=late)
    return _("已报、已到期的指标都达到了目标或序时进度。")


def lines(view: View) -> Lines:
    """The matters as lines: status, matter, lead departments."""
    rows = tuple(
        Line(
            f"{r.status.mark} {_(r.status.word)}",
            r.status.tone,
            text(view, r),
            lead(view, r),
            page_of(view, r.metric),
        )
        for r in matters(view)
    )
    return Lines(
        rows,
        empty=empty(view),
        widths=(2.2, 4.6, 2.6) if language() == "en" else (1.5, 4.6, 2.6),
        first=6,
    )
