"""What moved since the period before, or since last year: improvements and declines, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from board.catalogue import HEADLINE, METRICS
from board.i18n import N_, _, language
from board.metrics import Change, Metric, Reading, Status, former
from board.metrics.bound import given
from board.numerals import change, labelled, shown
from board.sections.blocks import Line, Lines
from board.sections.counts import not_shown
from board.sections.leading import page_of
from board.sections.section import View
from board.sections.words import COMPARED, difference, number, numbers, since_words

EACH = 3
HISTORY = 9
LEAST = 0.02
CAP = 5.0
RAISED = N_("{label}提高 **{by}**，达 {now}")
LOWERED = N_("{label}下降 **{by}**，为 {now}")
MORE = N_("{label}增加 **{by}**，现 {now}")
FEWER = N_("{label}减少 **{by}**，现 {now}")
YEARLY = N_("{label}{since}")
ALL_TOLD = N_("（算上新报、未报的 {by}）")


@dataclass(frozen=True)
class Move:
    """A figure's movement, without what reporting alone changed.

    `by` is its size and direction in the metric's unit, `weight` its size relative to usual
    changes.
    """

    reading: Reading
    changed: Change
    by: float
    weight: float

    @property
    def metric(self) -> Metric:
        """The metric that moved."""
        return self.reading.metric

    @property
    def good(self) -> bool:
        """Whether the metric moved in its better direction."""
        return (self.by > 0) == (self.metric.better == "higher")


def moves(view: View) -> tuple[list[Move], list[Move]]:
    """All improvements and all declines: headline metrics first, then by weight."""
    every = [move for metric in METRICS.values() if (move := latest_move(view, metric))]
    every.sort(key=lambda m: (m.metric.key not in HEADLINE, -m.weight))
    return [m for m in every if m.good], [m for m in every if not m.good]


def latest_move(view: View, metric: Metric) -> Move | None:
    """The figure's movement since the period it is compared with.

    None when it is unknown, zero or smaller than the threshold of suppression, when it comes from
    reporting rather than from what is reported, and for metrics that are not compared.
    """
    if not is_compared(view, metric):
        return None
    trend = view.trend(metric.key, HISTORY)
    values = [reading.value for reading in trend]
    if len(values) < 2 or values[-1] is None:
        return None
    now, changed = trend[-1], view.change(trend[-1])
    by = changed.difference if changed.moved is None else changed.moved
    if not changed.movement or by is None or abs(by) < now.threshold:
        return None
    if difference(by, 0, metric) == difference(0, 0, metric):
        return None
    steps = [abs(b - a) for a, b in pairwise(values[:-1]) if a is not None and b is not None]
    usual = sum(steps) / len(steps) if steps else 0.0
    least = max(LEAST * abs(values[-1] - by), 1e-9)
    return Move(now, changed, by, min(abs(by) / max(usual, least), CAP))


def is_compared(view: View, metric: Metric) -> bool:
    """Whether the figure has a better direction and is defined for the view's period and place.

    Counts of the year to date are not compared: they can only grow.
    """
    if view.scope.kind not in metric.scopes or view.period.kind not in metric.periods:
        return False
    grows = metric.span == "year_to_date" and metric.kind == "count"
    return metric.better != "neither" and not grows and given(metric, view.plan)


def sentence(move: Move) -> str:
    """资产盘活率提高 2.0个百分点，达 58.2%; 技能培训率比上年同期提高 …."""
    metric, up = move.metric, move.by > 0
    points = metric.unit.key == "percentage_points"
    rate = points or metric.unit.key == "fraction"
    words = (RAISED if up else LOWERED) if rate else (MORE if up else FEWER)
    now = move.reading.value
    label = _(metric.label)
    value = shown(now, metric.unit, signed=True) if points else labelled(label, now, metric.unit)
    if is_yearly(move):
        label = _(YEARLY, label=label, since=since_words(move.reading, move.changed, COMPARED))
    text = _(words, label=label, by=difference(move.by, 0, metric), now=value)
    all_told = move.changed.difference
    if all_told is None or difference(all_told, 0, metric) == difference(move.by, 0, metric):
        return text
    return text + _(ALL_TOLD, by=signed(all_told, metric))


def signed(value: float, metric: Metric) -> str:
    """A difference with its sign and unit: −1.2个百分点, +5人, 持平."""
    return change(value, 0.0, metric.unit)


def is_yearly(move: Move) -> bool:
    """Whether the figure is compared with the same period of the year before."""
    return move.changed.since != move.reading.period.before()


def finding(view: View) -> str:
    """比上季：五项改善，三项回落; with 列出各三项 where not all are listed."""
    better, worse = moves(view)
    since = _(COMPARED[view.period.kind])
    if any(is_yearly(move) for move in [*better, *worse]):
        since = _("{since}或上年同期", since=since)
    hidden = unseen(view)
    if not better and not worse:
        text = _("{since}：没有可比的变化", since=since)
        return text + (_("，") + not_shown(hidden) if hidden else "")
    improved, declined = numbers(len(better), len(worse))
    parts = [_("{n}项改善", n=improved)] if better else []
    parts += [_("{n}项回落", n=declined)] if worse else []
    text = _("{since}：{counts}", since=since, counts=_("，").join(parts))
    text += listed(len(better) > EACH, len(worse) > EACH)
    return text + (_("，") + not_shown(hidden) if hidden else "")


def listed(better: bool, worse: bool) -> str:
    """，各列三项; that not all improvements, or not all declines, are listed below."""
    if better and worse:
        return _("，各列{n}项", n=number(EACH))
    if better or worse:
        words = N_("，列出改善{n}项") if better else N_("，列出回落{n}项")
        return _(words, n=number(EACH))
    return ""


def unseen(view: View) -> int:
    """How many figures have a change that the reader can't be told, or only that it is small."""
    candidates = [metric for metric in METRICS.values() if is_compared(view, metric)]
    return sum(1 for metric in candidates if _unseen(view, metric))


def _unseen(view: View, metric: Metric) -> bool:
    now = view.read_or_hidden(metric)
    before = view.read_or_hidden(metric, period=former(metric, now.period))
    if Status.SUPPRESSED in (now.status, before.status):
        return True
    if now.value is None or before.value is None:
        return False
    return 0 < abs(now.value - before.value) < now.threshold


def line(view: View, move: Move) -> Line:
    """A change as a line, which leads to the page of its figure."""
    page = page_of(view, move.metric)
    if move.good:
        return Line(_("改善"), "good", sentence(move), page=page)
    return Line(_("回落"), "warn", sentence(move), page=page)


def lines(view: View) -> Lines:
    """The greatest changes as lines: 改善 or 回落, and the sentence."""
    better, worse = moves(view)
    rows = [line(view, m) for m in [*better[:EACH], *worse[:EACH]]]
    empty = _("只列两期都报了、又有变化、可以显示的指标。")
    return Lines(tuple(rows), empty=empty, widths=(1.7, 9) if language() == "en" else (0.9, 9))
