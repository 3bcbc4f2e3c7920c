"""The changes since the period before: the greatest improvements and declines, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from board.catalogue import HEADLINE, METRICS
from board.i18n import N_, _, language
from board.metrics import Metric
from board.numerals import counted, shown
from board.sections.blocks import Line, Lines
from board.sections.section import View
from board.sections.words import COMPARED, difference, number

EACH = 3
HISTORY = 9
LEAST = 0.02
CAP = 5.0
RAISED = N_("{label}提高 **{by}**，达 {now}")
LOWERED = N_("{label}下降 **{by}**，为 {now}")
MORE = N_("{label}增加 **{by}**，现 {now}")
FEWER = N_("{label}减少 **{by}**，现 {now}")


@dataclass(frozen=True)
class Move:
    """A metric's change from `before` to `now`; `weight` is its size relative to usual changes."""

    metric: Metric
    now: float
    before: float
    weight: float

    @property
    def good(self) -> bool:
        """Whether the metric changed in its better direction."""
        return (self.now > self.before) == (self.metric.better == "higher")


def moves(view: View) -> tuple[list[Move], list[Move]]:
    """The improvements and the declines: headline metrics first, then by weight."""
    every = [move for metric in METRICS.values() if (move := latest_move(view, metric))]
    every.sort(key=lambda m: (m.metric.key not in HEADLINE, -m.weight))
    better = [m for m in every if m.good]
    return better[:EACH], [m for m in every if not m.good][:EACH]


def latest_move(view: View, metric: Metric) -> Move | None:
    """The metric's change between the last two periods.

    None when it is unknown, zero or smaller than the threshold of suppression, and for metrics
    without a better direction. Counts of the year to date are left out too: they can only grow.
    """
    elsewhere = view.scope.kind not in metric.scopes or view.period.kind not in metric.periods
    if metric.better == "neither" or elsewhere:
        return None
    if metric.span == "year_to_date" and metric.kind in ("count", "flow"):
        return None
    trend = view.trend(metric.key, HISTORY)
    values = [reading.value for reading in trend]
    if len(values) < 2 or values[-1] is None or values[-2] is None:
        return None
    now, before = values[-1], values[-2]
    if abs(now - before) < trend[-1].threshold:
        return None
    if difference(now, before, metric) == difference(0, 0, metric):
        return None
    steps = [abs(b - a) for a, b in pairwise(values[:-1]) if a is not None and b is not None]
    usual = sum(steps) / len(steps) if steps else 0.0
    least = max(LEAST * abs(before), 1e-9)
    return Move(metric, now, before, min(abs(now - before) / max(usual, least), CAP))


def sentence(move: Move) -> str:
    """资产盘活率提高 2.0个百分点，达 58.2%."""
    metric, up = move.metric, move.now > move.before
    points = metric.unit.key == "percentage_points"
    rate = points or metric.unit.key == "fraction"
    words = (RAISED if up else LOWERED) if rate else (MORE if up else FEWER)
    value = shown(move.now, metric.unit, signed=True) if points else counted(move.now, metric.unit)
    by = difference(move.now, move.before, metric)
    return _(words, label=_(metric.label), by=by, now=value)


def finding(view: View) -> str:
    """比上季：三项改善，三项转差."""
    better, worse = moves(view)
    since = _(COMPARED[view.period.kind])
    if not better and not worse:
        return _("{since}：没有可比的变化", since=since)
    counts = {"better": number(len(better)), "worse": number(len(worse))}
    return _("{since}：{better}项改善，{worse}项转差", since=since, **counts)


def lines(view: View) -> Lines:
    """The changes as lines: 改善 or 转差, and the sentence."""
    better, worse = moves(view)
    rows = [Line(_("改善"), "good", sentence(m)) for m in better]
    rows += [Line(_("转差"), "warn", sentence(m)) for m in worse]
    empty = _("这一期与上一期之间没有两期都有数的指标。")
    return Lines(tuple(rows), empty=empty, widths=(1.7, 9) if language() == "en" else (0.9, 9))
