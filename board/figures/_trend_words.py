"""The words on a trend: targets, the last figure, the path's and the projection's names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from board.figures._parts import Spec, bold, escape, iso, note
from board.i18n import _
from board.metrics import Metric, Reading
from board.numerals import goal, month, month_alone, shown
from board.theme import Theme

Step = tuple[date, date, float]
Point = tuple[date, float]


def step_labels(steps: Sequence[Step], metric: Metric) -> list[Spec]:
    """The target's date and figure above its segment, left of its tick."""
    notes = []
    for _start, when, value in steps:
        dated = bool(metric.targets) or (metric.every or ("", 0))[0] == "year"
        said = _("高于 {target}") if metric.strict else "{target}"
        figure_ = bold(said.format(target=goal(value, metric.unit)))
        words = end_word(when) if dated else escape(_("目标"))
        notes.append(
            note(iso(when), value, f"{words} {figure_}", xanchor="right", xshift=-8, yshift=13)
        )
    return notes


def end_word(when: date) -> str:
    """The date of a target in words: 2024年底, or its month."""
    return escape(_("{year}年底", year=when.year) if when.month == 12 else month(when))


def last_label(last: Reading, projection: Point | None, until: date, theme: Theme) -> list[Spec]:
    """The last figure in 24 px beside its point: where the line leads away from it."""
    unit, when = last.metric.unit, last.period.last_month
    big = {"size": 24, "color": theme.accent}
    small = {"size": 14, "color": theme.mute}
    value = bold(shown(last.value, unit))
    word = escape(_("{month}实际", month=month_alone(when)))
    x = iso(when)
    if until == when:
        return [
            note(x, last.value, value, xshift=12, font=big),
            note(x, last.value, word, xshift=12, yshift=-22, font=small),
        ]
    rising = last.metric.better != "lower" and (
        not projection or projection[1] >= (last.value or 0)
    )
    side = -1 if rising else 1
    return [
        note(x, last.value, value, xshift=4, yshift=side * 24, font=big),
        note(x, last.value, word, xshift=4, yshift=side * 46, font=small),
    ]


def path_label(path: Sequence[Point], end: date, theme: Theme) -> list[Spec]:
    """The path's name on its last leg."""
    ahead = [point for point in path if point[0] > end]
    if len({value for _when, value in path}) < 2 or not ahead:
        return []
    (x0, y0), (x1, y1) = path[-2], path[-1]
    where = x0 + (x1 - x0) * 0.55
    side = 12 if y1 >= y0 else -12
    return [
        note(iso(where), y0 + (y1 - y0) * 0.55, escape(_("序时进度")), xanchor="right", xshift=-6,
             yshift=side, font={"size": 14, "color": theme.mute})
    ]  # fmt: skip


def projection_labels(
    last: Reading, projection: Point, label: str | None, path: Sequence[Point], theme: Theme
) -> list[Spec]:
    """The value at the projection's end, and its name below its middle."""
    when, value = projection
    start = last.period.last_month
    big = {"size": 18, "color": theme.accent}
    above = bool(path) and path[-1][1] < value
    middle = start + (when - start) * 0.6
    height = (last.value or 0) + (value - (last.value or 0)) * 0.6
    word = escape(label or _("按近六月速度推算"))
    return [
        note(iso(when), value, bold(shown(value, last.metric.unit)), xshift=12, font=big),
        note(iso(middle), height, word, xanchor="right" if above else "left",
             xshift=-4 if above else 4, yshift=16 if above else -14,
             font={"size": 14, "color": theme.mute}),
    ]  # fmt: skip
