"""What changed since the period before: the best and the worst moves, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from board.catalogue import HEADLINE, METRICS
from board.i18n import N_, _
from board.metrics import Metric, Reading
from board.numerals import counted, shown
from board.sections._blocks import Line, Lines
from board.sections._section import View
from board.sections._words import COMPARED, difference, number

EACH = 3
HISTORY = 9
LEAST = 0.02
RAISED = N_("{label}提高 **{by}**，达 {now}")
LOWERED = N_("{label}下降 **{by}**，为 {now}")
MORE = N_("{label}增加 **{by}**，现 {now}")
FEWER = N_("{label}减少 **{by}**，现 {now}")


@dataclass(frozen=True)
class Move:
    """A metric's step since the period before; `weight` is its size against its usual steps."""

    now: Reading
    before: Reading
    good: bool
    weight: float


def moves(view: View) -> tuple[list[Move], list[Move]]:
    """The best and the worst moves, greatest first."""
    found = [move for metric in METRICS.values() if (move := moved(view, metric))]
    rank = {key: -n for n, key in enumerate(HEADLINE, start=-len(HEADLINE))}
    found.sort(key=lambda m: (-m.weight, -rank.get(m.now.metric.key, 0)))
    better = [m for m in found if m.good]
    return better[:EACH], [m for m in found if not m.good][:EACH]


def moved(view: View, metric: Metric) -> Move | None:
    """The metric's step; none where it stood still, has no good direction or starts anew.

    Counts of the year to date only ever grow within a year, so they say nothing here.
    """
    if metric.better == "neither" or view.period.kind not in metric.periods:
        return None
    if metric.span == "year_to_date" and metric.kind in ("count", "flow"):
        return None
    trend = view.trend(metric.key, HISTORY)
    known = [(a, b) for a, b in zip(trend, trend[1:], strict=False)
             if a.value is not None and b.value is not None]  # fmt: skip
    if not known or known[-1][1] is not trend[-1]:
        return None
    before, now = known[-1]
    step = now.value - before.value
    if not step or difference(now.value, before.value, metric) == difference(0, 0, metric):
        return None
    usual = [abs(b.value - a.value) for a, b in known[:-1]]
    scale = max(sum(usual) / len(usual) if usual else 0, LEAST * max(abs(before.value), 1e-9), 1e-9)
    good = (step > 0) == (metric.better == "higher")
    return Move(now, before, good, min(abs(step) / scale, 5))


def sentence(move: Move) -> str:
    """资产盘活率提高 2.0个百分点，达 58.2%."""
    metric, now, before = move.now.metric, move.now, move.before
    rate = metric.unit.key in ("fraction", "percentage_points")
    up = now.value > before.value
    words = (RAISED if up else LOWERED) if rate else (MORE if up else FEWER)
    value = shown(now.value, metric.unit, signed=metric.unit.key == "percentage_points")
    if not rate:
        value = counted(now.value, metric.unit)
    return _(words, label=_(metric.label), by=difference(now.value, before.value, metric), now=value)


def finding(view: View) -> str:
    """比上季：三项改善，三项转差."""
    better, worse = moves(view)
    since = _(COMPARED[view.period.kind])
    if not better and not worse:
        return _("{since}：没有可比的变化", since=since)
    told = _("{since}：{better}项改善，{worse}项转差")
    return told.format(since=since, better=number(len(better)), worse=number(len(worse)))


def lines(view: View) -> Lines:
    """The moves as lines: 改善 or 转差, and the sentence."""
    better, worse = moves(view)
    rows = [Line(_("改善"), "good", sentence(m)) for m in better]
    rows += [Line(_("转差"), "warn", sentence(m)) for m in worse]
    empty = _("这一期与上一期之间没有两期都有数的指标。")
    return Lines(tuple(rows), empty=empty, widths=(0.9, 9))
