"""What the meeting has to decide: every figure missed, behind or undetermined, worst first."""

from __future__ import annotations

from board.catalogue import METRICS
from board.i18n import N_, _, language
from board.metrics import Reading, Status
from board.numerals import counted, goal, shown
from board.sections._blocks import Line, Lines
from board.sections._plan import few, leads
from board.sections._section import View
from board.sections._words import difference

WORST = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)
SHORT = N_("{label} {value}，目标 {target}，差 {gap}")
OVER = N_("{label} {value}，目标 {target}，多 {gap}")
UNSURE = N_("{label}在 {low}~{high} 之间，缺报 {n}")
THIN = N_("{label} {value}，数据不全，还不能判定")


def matters(view: View) -> list[Reading]:
    """The readings to decide on, worst status first, then the farthest from its target."""
    found = [r for r in readings(view) if r.status in WORST]
    return sorted(found, key=lambda r: (WORST.index(r.status), -distance(r), r.metric.key))


def readings(view: View) -> list[Reading]:
    """Every metric that is defined for the view's period, read at the nearest scope."""
    fit = [m for m in METRICS.values() if view.period.kind in m.periods]
    return [view.read(m.key) for m in fit]


def distance(reading: Reading) -> float:
    """How far from its target, as a share of it."""
    if reading.value is None or reading.target is None:
        return 0.0
    return abs(reading.value - reading.target) / (abs(reading.target) or 1)


def sentence(reading: Reading) -> str:
    """零就业家庭 7户，目标 0，多 7户."""
    metric, unit = reading.metric, reading.metric.unit
    label = _(metric.label)
    if reading.status is Status.UNDETERMINED:
        if reading.low is not None and reading.high is not None and reading.low != reading.high:
            low, high = shown(reading.low, unit), shown(reading.high, unit)
            return _(UNSURE, label=label, low=low, high=high, n=reading.unreported)
        return _(THIN, label=label, value=counted(reading.value, unit))
    bar = reading.target if reading.status is Status.MISSED else reading.path
    bar = reading.target if bar is None else bar
    if bar is None or reading.value is None:
        return _("{label} {value}", label=label, value=counted(reading.value, unit))
    words = SHORT if metric.better == "higher" else OVER
    gap = difference(reading.value, bar, metric)
    value = counted(reading.value, unit)
    return _(words, label=label, value=value, target=goal(bar, unit), gap=gap)


def lead(view: View, reading: Reading) -> str:
    """Whose matter it is: the lead departments of the metric's measures, short."""
    return few(view, leads(view, reading.metric.measures))


def finding(view: View) -> str:
    """需要会议决定：5 项."""
    count = len(matters(view))
    return _("需要会议决定：{n} 项", n=count) if count else _("没有需要会议决定的事项")


def lines(view: View) -> Lines:
    """The matters as lines: status, matter, lead departments."""
    rows = tuple(
        Line(f"{r.status.mark} {_(r.status.word)}", r.status.tone, sentence(r), lead(view, r))
        for r in matters(view)
    )
    empty = _("有目标的指标都达到了序时进度。")
    return Lines(
        rows,
        empty=empty,
        widths=(2.2, 4.6, 2.6) if language() == "en" else (1.5, 4.6, 2.6),
        first=8,
    )
