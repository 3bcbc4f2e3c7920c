"""What the meeting has to decide: the readings that are missed, behind or undetermined."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace

from board.catalogue import METRICS
from board.i18n import N_, _, language
from board.metrics import Metric, Reading, Status, filter_of
from board.metrics.bound import given
from board.numerals import counted, goal, period, shown
from board.sections.blocks import Line, Lines
from board.sections.plan import leads, leads_in_short
from board.sections.section import View
from board.sections.words import difference, noted
from board.store import WithheldError

WORST = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)
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
    label = part_label(view, reading) or _(metric.label)
    if view.period != reading.period:
        label = _("{period}{label}", period=period(reading.period), label=label)
    if reading.status is Status.UNDETERMINED:
        if reading.bounds:
            low, high = (shown(bound, unit) for bound in reading.bounds)
            return _(UNSURE, label=label, low=low, high=high, n=reading.unreported)
        return _(THIN, label=label, value=counted(reading.value, unit))
    required = required_value(reading)
    if required is None or reading.value is None:
        return _("{label} {value}", label=label, value=counted(reading.value, unit))
    words = SHORT if metric.better == "higher" else OVER
    gap = difference(reading.value, required, metric)
    value = counted(reading.value, unit)
    return _(words, label=label, value=value, target=goal(required, unit), gap=gap)


def part_label(view: View, reading: Reading) -> str:
    """零就业家庭 8户，其中超期: a metric that stands beside another is told as its part."""
    for metric in METRICS.values():
        if reading.metric.key in [part.key for part in metric.beside.values()]:
            whole = view.read(metric.key, period=reading.period, scope=reading.scope)
            if whole.value is not None:
                value = counted(whole.value, metric.unit)
                return _("{whole} {value}，其中超期", whole=_(metric.label), value=value)
    return ""


def required_value(reading: Reading) -> float | None:
    """The value required now: the target when it was missed, else the path (else the target)."""
    required = reading.target if reading.status is Status.MISSED else reading.path
    return reading.target if required is None else required


def duration(view: View, reading: Reading) -> str:
    """已连续 3 期: for how many periods in a row the status has been one of WORST."""
    periods = [reading.period.before(n) for n in range(LOOK_BACK)]
    bad = [r.status in WORST for r in view.read_all(reading.metric.key, periods, reading.scope)]
    count = bad.index(False) if False in bad else LOOK_BACK
    if count <= 1:
        return _("本期新出现")
    more = _("以上") if count == LOOK_BACK else ""
    return _(LASTING[reading.period.kind], n=f"{count}") + more


def remedy(reading: Reading) -> str:
    """再盘活 886㎡即达标: what is missing to the required value, as an amount."""
    metric, required = reading.metric, required_value(reading)
    if reading.status is Status.UNDETERMINED:
        return _("补报 {n} 条才能判定", n=f"{reading.unreported:,}")
    if required is None or reading.value is None:
        return ""
    words = N_("再有 {n} 即达标") if reading.status is Status.MISSED else N_("再有 {n} 即达序时")
    if metric.better == "lower":
        return _("减少 {n} 即达标", n=counted(reading.value - required, metric.unit))
    if metric.kind == "rate" and metric.amount and reading.denominator is not None:
        missing = required * reading.denominator - (reading.numerator or 0)
        # Without the small number a rounding error would add one to a whole amount.
        return _(words, n=counted(math.ceil(missing - 1e-9), metric.amount))
    return _(words, n=difference(required, reading.value, metric))


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
