"""The labels on a trend: targets, the last value, the names of the path and the projection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from board.figures.shared.parts import Spec, bold, escape, iso, note
from board.figures.shared.words import beyond
from board.i18n import _
from board.metrics import Metric, Reading
from board.numerals import goal, month, month_alone, period, shown
from board.theme import Theme

Step = tuple[date, date, float]
Point = tuple[date, float]


def step_labels(
    steps: Sequence[Step],
    metric: Metric,
    span: tuple[date, date],
    projection: Point | None,
    value_span: float,
) -> list[Spec]:
    """Each target's date and value above its line, left of its tick.

    Near the left edge of the axis (`span` is its first and last date) the label is right of the
    tick. Where the projection ends just above the target, it is below the line; `value_span` is
    the range of values on the axis.
    """
    first, until = span
    notes = []
    for _start, when, value in steps:
        dated = bool(metric.goals) or (metric.every or ("", 0))[0] == "year"
        target = goal(value, metric.unit)
        target_text = bold(beyond(metric, target))
        words = target_date(when) if dated else escape(_("目标"))
        if metric.targets and all(one.set_by_board for one in metric.targets):
            words = escape(_("本板设定")) if not dated else f"{words} {escape(_('本板设定'))}"
        projection_above = (
            projection and projection[0] == when and 0 <= projection[1] - value < 0.08 * value_span
        )
        near_left = (when - first).days < 0.24 * (until - first).days
        side = {"xanchor": "left", "xshift": 8} if near_left else {"xanchor": "right", "xshift": -8}
        lift = -16 if projection_above else 13
        notes.append(note(iso(when), value, f"{words} {target_text}", yshift=lift, **side))
    return notes


def target_date(when: date) -> str:
    """A target's date as text: 2024年底, or its month."""
    return escape(_("{year}年底", year=when.year) if when.month == 12 else month(when))


def last_label(
    last: Reading, projection: Point | None, until: date, theme: Theme, *, lowest: bool = False
) -> list[Spec]:
    """The last value in 24 px beside its point, on the side where no line is.

    At the end of the chart its period stands below it, for the `lowest` value of the chart beside
    the point, where the labels of the months are not.
    """
    when = last.period.last_month
    big = {"size": 24, "color": theme.accent}
    small = {"size": 14, "color": theme.mute}
    value = bold(last_value(last))
    word = escape(last_word(last))
    x = iso(when)
    if until == when:
        lift = 22 if lowest else 0
        return [
            note(x, last.value, value, xshift=12, yshift=lift, font=big),
            note(x, last.value, word, xshift=12, yshift=lift - 22, font=small),
        ]
    rising = last.metric.better != "lower" and (
        not projection or projection[1] >= (last.value or 0)
    )
    side = -1 if rising else 1
    return [
        note(x, last.value, value, xshift=4, yshift=side * 24, font=big),
        note(x, last.value, word, xshift=4, yshift=side * 46, font=small),
    ]


def last_value(last: Reading) -> str:
    """The last value as text; a value in percentage points has its sign."""
    return shown(last.value, last.metric.unit, signed=last.metric.unit.key == "percentage_points")


def last_word(last: Reading) -> str:
    """The period of the last value."""
    if last.period.kind == "month":
        return _("{month}实际", month=month_alone(last.period.last_month))
    return period(last.period)


def path_label(path: Sequence[Point], readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """The path's name where there is space: on its future part, else on its past."""
    if len(path) < 2 or len({value for _when, value in path}) < 2:
        return []
    first, end, until = path[0][0], readings[-1].period.last_month, path[-1][0]
    if (until - end).days >= 0.25 * (until - first).days:
        position = end + (until - end) * 0.62
        actual = None
    else:
        position = (
            first + (until - first) * 0.4 if theme.times == 1 else middle_of_longest_stretch(path)
        )
        actual = next((r.value for r in readings if r.period.last_month >= position), None)
    y = path_value(path, position)
    rising = path_value(path, until) >= path_value(path, first)
    above = actual is None or actual <= y
    side = "right" if above == rising else "left"
    return [
        note(iso(position), y, escape(_("序时进度")), xanchor=side, xshift=-6 if side == "right" else 6,
             yshift=12 if above else -12, font={"size": 14, "color": theme.mute})
    ]  # fmt: skip


def middle_of_longest_stretch(path: Sequence[Point]) -> date:
    """The middle of the path's longest segment, which is farthest from the targets' labels."""
    (start, _low), (end, _high) = max(pairwise(path), key=lambda two: two[1][0] - two[0][0])
    return start + (end - start) / 2


def path_value(path: Sequence[Point], when: date) -> float:
    """The path's value on a date, interpolated."""
    for (x0, y0), (x1, y1) in pairwise(path):
        if x0 <= when <= x1:
            return y0 + (y1 - y0) * ((when - x0) / (x1 - x0) if x1 > x0 else 0)
    return path[-1][1]


def projection_end(last: Reading, projection: Point, theme: Theme) -> list[Spec]:
    """The value at the projection's end."""
    text = bold(shown(projection[1], last.metric.unit))
    return [
        note(iso(projection[0]), projection[1], text, xshift=12,
             font={"size": 18, "color": theme.accent})
    ]  # fmt: skip


def projection_name(
    last: Reading, projection: Point, word: str, path: Sequence[Point], theme: Theme
) -> list[Spec]:
    """The projection's name beside its line, on the side away from the path."""
    when, value = projection
    start = last.period.last_month
    above = bool(path) and path[-1][1] < value
    middle = start + (when - start) * 0.6
    height = (last.value or 0) + (value - (last.value or 0)) * 0.6
    return [
        note(iso(middle), height, escape(word), xanchor="right" if above else "left",
             xshift=-4 if above else 4, yshift=16 if above else -14,
             font={"size": 14, "color": theme.mute}),
    ]  # fmt: skip
