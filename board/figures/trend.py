"""A metric over time against the plan's dated targets: the main chart of a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.parts import (  # fmt: skip
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    iso,
    legend,
    line,
    rule,
    width,
)
from board.figures.shared.words import value_lines
from board.figures.trend_words import (
    Point,
    Step,
    last_label,
    last_value,
    last_word,
    path_label,
    projection_end,
    projection_name,
    step_labels,
)
from board.i18n import _
from board.metrics import Metric, Reading
from board.numerals import counted, goal, month, period, shown
from board.theme import CLEAR, Theme


def trend_to_target(
    readings: Sequence[Reading],
    theme: Theme,
    *,
    projection: Point | None = None,
    height: float = 410,
) -> dict[str, Any]:
    """Readings of one metric, oldest first: actual, path, target steps, bounds, projection.

    `projection` is the month and value that the present pace leads to. A reading without a
    value is a gap in the line. customdata is the period (2024-09).
    """
    reported = [reading for reading in readings if reading.value is not None]
    if not reported:
        return empty(theme, _("没有可画的数据。"), height)
    metric, last = reported[-1].metric, reported[-1]
    first, end = readings[0].period.last_month, readings[-1].period.last_month
    steps = target_steps(metric, first, end)
    path = path_points(readings, steps)
    until = max([end, *(step[1] for step in steps), *([projection[0]] if projection else [])])
    data = [*bounds(readings, theme), *path_line(path, steps, theme), *step_marks(steps, theme)]
    if projection:
        data += projection_line(last, projection, theme)
    data += actual_line(readings, theme)
    values = [v for r in readings for v in (r.value, r.low, r.high)]
    values += [step[2] for step in steps] + [y for _x, y in path]
    values += [projection[1]] if projection else []
    word = _("按近六月速度推算")
    short_projection = projection and (projection[0] - end).days < 0.22 * (until - first).days
    recurring = not metric.goals and bool(path_line(path, steps, theme))
    notes = [
        *step_labels(steps, metric, (first, until), projection, value_range(values)),
        *last_label(last, projection, until, theme, lowest=is_lowest(last, values)),
        *(path_label(path, readings, theme) if metric.goals and steps else []),
        *(projection_end(last, projection, theme) if projection else []),
        *(
            projection_name(last, projection, word, path, theme)
            if projection and not short_projection
            else []
        ),
        *trend_legend(readings, word if projection and short_projection else "", recurring, theme),
    ]
    right = 78 if until > end else 20 + max(
        width(last_value(last), 25), width(last_word(last), 14)
    )  # fmt: skip
    return figure(
        data, theme, trend_alt(last, readings), height,
        annotations=notes, shapes=step_lines(steps, theme),
        xaxis=month_axis(first, until), yaxis=value_axis(values, metric.unit),
        margin={"l": 56, "r": right, "t": 40, "b": 52},
    )  # fmt: skip


def value_range(values: Sequence[float | None]) -> float:
    """The difference between the greatest and the least value."""
    numbers = [value for value in values if value is not None]
    return max(numbers) - min(numbers)


def is_lowest(last: Reading, values: Sequence[float | None]) -> bool:
    """Whether the last value lies at the lower edge of the chart, above the labels of the months."""
    least = min(value for value in values if value is not None)
    return (last.value or 0) <= least + value_range(values) / 10


def target_steps(metric: Metric, first: date, end: date) -> list[Step]:
    """Targets as (start, end, value): dated ones for their year, recurring ones for each period."""
    dated = [(date.fromisoformat(f"{when}-01"), value) for when, value in metric.goals.items()]
    steps = [
        (max(first, date(when.year, 1, 1)), when, value)
        for when, value in sorted(dated)
        if when >= first
    ]
    if metric.every and not steps:
        kind, value = metric.every
        if kind != "year":
            return [(first, end, value)]
        return [
            (max(first, date(year, 1, 1)), date(year, 12, 1), value)
            for year in range(first.year, end.year + 1)
        ]
    return steps


def path_points(readings: Sequence[Reading], steps: Sequence[Step]) -> list[Point]:
    """The path until the last reading, then straight to each later target."""
    path = [(r.period.last_month, r.path) for r in readings if r.path is not None]
    end = readings[-1].period.last_month
    return path + [(when, value) for _start, when, value in steps if when > end and path]


def bounds(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """The band between the least and the greatest value still possible."""
    pairs = [(r.period.last_month, r.low, r.high) for r in readings]
    bounded = [(x, lo, hi) for x, lo, hi in pairs if lo is not None and hi is not None]
    if all(lo == hi for _x, lo, hi in bounded):
        return []
    xs = [iso(x) for x, _lo, _hi in bounded]
    low = line(xs, [lo for _x, lo, _hi in bounded], theme.light, 0)
    high = line(xs, [hi for _x, _lo, hi in bounded], theme.light, 0, fill="tonexty")
    return [low, high | {"fillcolor": theme.faint(theme.light, 0.55)}]


def trend_legend(
    readings: Sequence[Reading], projected: str, recurring: bool, theme: Theme
) -> list[Spec]:
    """The legend: the band, and the lines that are too short to be labelled directly."""
    entries = []
    if bounds(readings, theme):
        entries.append(("■", theme.light, _("未报部分补齐后可能落在的范围")))
    if recurring:
        entries.append(("╌", theme.grey, _("序时进度")))
    if projected:
        entries.append(("┅", theme.accent, projected))
    return [legend(entries, theme, yshift=14)] if entries else []


def path_line(path: Sequence[Point], steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """The path as a dashed line; empty if it is constant and so equals the target."""
    if len({value for _when, value in path}) < 2:
        return []
    xs, ys = [iso(x) for x, _y in path], [y for _x, y in path]
    return [line(xs, ys, theme.grey, 1.5, stroke={"dash": "dash"})]


def step_lines(steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """A horizontal line over the time for which each target holds."""
    stroke = {"color": theme.ink, "width": 2}
    return [rule(iso(a), value, iso(b), value, line=stroke) for a, b, value in steps]


def step_marks(steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """A vertical tick at the date of each target."""
    mark = {"symbol": "line-ns", "line": {"color": theme.ink, "width": 3}}
    xs, ys = [iso(b) for _a, b, _value in steps], [value for _a, _b, value in steps]
    return (
        [dots(xs, ys, theme.ink, 12, marker=mark, hoverinfo="skip", cliponaxis=False)]
        if steps
        else []
    )


def actual_line(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """The metric's own line, thick, its last point filled, with a hover text at every reading."""
    xs, ys = [iso(r.period.last_month) for r in readings], [r.value for r in readings]
    last = max(n for n, y in enumerate(ys) if y is not None)
    inks = [theme.accent if n == last else CLEAR for n in range(len(ys))]
    texts = [reading_hover(reading) for reading in readings]
    marks = dots(xs, ys, inks, 11)
    return [
        line(xs, ys, theme.accent, 4),
        marks | hover(texts, [str(reading.period) for reading in readings]),
    ]


def reading_hover(reading: Reading) -> str:
    """The hover text of a reading: period, value, bounds if they differ, path."""
    lines = [bold(period(reading.period)), *value_lines(reading)]
    if reading.path is not None and reading.path != reading.target:
        lines.append(escape(_("序时 {path}", path=goal(reading.path, reading.metric.unit))))
    return "<br>".join(lines)


def projection_line(last: Reading, projection: Point, theme: Theme) -> list[Spec]:
    """The projection as a dotted line with an open circle at its end."""
    xs, ys = [iso(last.period.last_month), iso(projection[0])], [last.value, projection[1]]
    text = bold(month(projection[0])) + "<br>" + escape(shown(projection[1], last.metric.unit))
    mark = {"symbol": "circle", "line": {"color": theme.accent, "width": 2}}
    tip = dots(xs[1:], ys[1:], theme.ground, 10, marker=mark) | hover([text])
    return [line(xs, ys, theme.accent, 3, stroke={"dash": "dot"}, opacity=0.65), tip]


def trend_alt(last: Reading, readings: Sequence[Reading]) -> str:
    """The alt text: the metric, its first and last period, the last value and its status."""
    return _(
        "折线图：{label}，{first}至{last}，最新 {value}，{word}。",
        label=_(last.metric.label), first=period(readings[0].period), last=period(last.period),
        value=counted(last.value, last.metric.unit), word=_(last.status.word),
    )  # fmt: skip
