"""What the meeting has to decide: the readings that are missed, behind or undetermined."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace

from board.catalogue import METRICS
from board.i18n import N_, _, language
from board.metrics import Metric, Reading, Status, filter_of, restarts
from board.metrics.bound import given
from board.numerals import counted, goal, labelled, period, shown
from board.sections.blocks import Line, Lines
from board.sections.plan import leads, leads_in_short
from board.sections.section import View
from board.sections.words import difference, noted
from board.sections.words import label as label_of
from board.store import WithheldError

WORST = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)
ON_THE_WAY = N_("{label} {value}，序时 {path}，差 {gap}（目标 {target}）")
SHORT = N_("{label} {value}，目标 {target}，差 {gap}")
OVER = N_("{label} {value}，目标 {target}，多 {gap}")
UNSURE = N_("{label}在 {low}~{high} 之间，缺报 {n}")
LOOK_BACK = 12
LASTING = {
    "month": N_("已连续 {n} 个月"), "quarter": N_("已连续 {n} 个季度"),
    "half": N_("已连续 {n} 个半年"), "year": N_("已连续 {n} 年"),
}  # fmt: skip
THIN = N_("{label} {value}，数据不全，还不能判定")


def matters(view: View) -> list[Reading]:
    """The readings to decide on: worst status first, then farthest from the target first."""
    undecided = [r for r in readings(view) if r.status in WORST]
    return sorted(undecided, key=lambda r: (WORST.index(r.status), -distance(r), r.metric.key))


def readings(view: View) -> list[Reading]:
    """Every metric defined for the view's kind of scope, at the nearest period it is defined for.

    Metrics that the reader may not see are left out.
    """
    visible = []
    for metric in metrics_of_plan(view):
        if view.scope.kind in metric.scopes:
            with suppress(WithheldError):
                visible.append(view.read_metric(metric, companions=False))
    return visible


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


def sentence(view: View, reading: Reading) -> str:
    """零就业家庭 7户，目标 0，多 7户."""
    metric, unit = reading.metric, reading.metric.unit
    label = part_label(view, reading) or label_of(metric)
    if view.period != reading.period:
        label = _("{period}{label}", period=period(reading.period), label=label)
    if reading.status is Status.UNDETERMINED:
        if reading.bounds:
            low, high = (shown(bound, unit) for bound in reading.bounds)
            return _(UNSURE, label=label, low=low, high=high, n=reading.unreported)
        return _(THIN, label=label, value=counted(reading.value, unit))
    required = required_value(reading)
    if required is None or reading.value is None:
        return _("{label} {value}", label=label, value=labelled(label, reading.value, unit))
    gap = difference(reading.value, required, metric)
    value = labelled(label, reading.value, unit)
    parts = {"label": label, "value": value, "gap": gap, "target": goal(reading.target, unit)}
    if required != reading.target:
        return _(ON_THE_WAY, **parts, path=shown(required, unit))
    return _(SHORT if metric.better == "higher" else OVER, **parts)


def part_label(view: View, reading: Reading) -> str:
    """零就业家庭 8户，其中超期: a metric that stands beside another is told as its part."""
    for metric in METRICS.values():
        if reading.metric.key in [part.key for part in metric.beside.values()]:
            whole = view.read(metric.key, period=reading.period, scope=reading.scope)
            if whole.value is not None:
                value = labelled(_(metric.label), whole.value, metric.unit)
                return _("{whole} {value}，其中超期", whole=_(metric.label), value=value)
    return ""


def required_value(reading: Reading) -> float | None:
    """The value required now: the target when it was missed, else the path (else the target)."""
    required = reading.target if reading.status is Status.MISSED else reading.path
    return reading.target if required is None else required


def duration(view: View, reading: Reading) -> str:
    """已连续 3 期: for how many periods in a row the status has been one of WORST."""
    before = (
        view.read_metric(
            reading.metric, period=reading.period.before(n), scope=reading.scope, companions=False
        )
        for n in range(LOOK_BACK)
    )
    bad = [one.status in WORST for one in before]
    count = bad.index(False) if False in bad else LOOK_BACK
    if count <= 1:
        return _("本期新出现")
    more = _("以上") if count == LOOK_BACK else ""
    return _(LASTING[reading.period.kind], n=f"{count}") + more


def remedy(reading: Reading) -> str:
    """再盘活 886㎡即达标: what would be enough, where it can still be done."""
    metric, unit = reading.metric, reading.metric.amount or reading.metric.unit
    if reading.status is Status.UNDETERMINED:
        if not reading.unreported:
            return ""
        return _("补报 {n} 条才能判定", n=f"{reading.unreported:,}")
    missing = short_of(reading)
    if missing is None:
        return ""
    amount = counted(missing, unit if metric.kind == "rate" else metric.unit)
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
    """需要会议决定：5 项."""
    count = len(matters(view))
    return _("需要会议决定：{n} 项", n=count) if count else _("没有需要会议决定的事项")


def lines(view: View) -> Lines:
    """The matters as lines: status, matter, lead departments."""
    rows = tuple(
        Line(f"{r.status.mark} {_(r.status.word)}", r.status.tone, text(view, r), lead(view, r))
        for r in matters(view)
    )
    empty = _("有目标的指标都达到了序时进度。")
    return Lines(
        rows,
        empty=empty,
        widths=(2.2, 4.6, 2.6) if language() == "en" else (1.5, 4.6, 2.6),
        first=6,
    )
