"""A metric over time against the plan's dated targets: the main line of a page."""

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
    keys,
    line,
    rule,
    width,
)
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
    projection_label: str | None = None,
    height: float = 410,
) -> dict[str, Any]:
    """Readings of one metric, oldest first: actual, path, target steps, bounds, projection.

    `projection` is the month and value that the present pace leads to. A gap in what is
    known is a gap in the line. customdata is the period (2024-09).
    """
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return empty(theme, _("没有可画的数据。"), height)
    metric, last = known[-1].metric, known[-1]
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
    word = projection_label or _("按近六月速度推算")
    brief = projection and (projection[0] - end).days < 0.22 * (until - first).days
    recurring = not metric.targets and bool(path_line(path, steps, theme))
    notes = [
        *step_labels(steps, metric, (first, until), projection, reach(values)),
        *last_label(last, projection, until, theme),
        *(path_label(path, readings, theme) if metric.targets and steps else []),
        *(projection_end(last, projection, theme) if projection else []),
        *(projection_name(last, projection, word, path, theme) if projection and not brief else []),
        *key_line(readings, word if projection and brief else "", recurring, theme),
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


def reach(values: Sequence[float | None]) -> float:
    """From the least to the greatest of the values."""
    known = [value for value in values if value is not None]
    return max(known) - min(known)


def target_steps(metric: Metric, first: date, end: date) -> list[Step]:
    """From when, until when, and what: each dated target over its year, standing ones over all."""
    dated = [(date.fromisoformat(f"{when}-01"), value) for when, value in metric.targets.items()]
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
    """The path as read so far, then straight on to each target ahead."""
    path = [(r.period.last_month, r.path) for r in readings if r.path is not None]
    end = readings[-1].period.last_month
    return path + [(when, value) for _start, when, value in steps if when > end and path]


def bounds(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """The band between the least and the most the figure can still become."""
    pairs = [(r.period.last_month, r.low, r.high) for r in readings]
    open_ = [(x, lo, hi) for x, lo, hi in pairs if lo is not None and hi is not None]
    if all(lo == hi for _x, lo, hi in open_):
        return []
    xs = [iso(x) for x, _lo, _hi in open_]
    low = line(xs, [lo for _x, lo, _hi in open_], theme.light, 0)
    high = line(xs, [hi for _x, _lo, hi in open_], theme.light, 0, fill="tonexty")
    return [low, high | {"fillcolor": theme.faint(theme.light, 0.55)}]


def key_line(
    readings: Sequence[Reading], projected: str, recurring: bool, theme: Theme
) -> list[Spec]:
    """What the band means, and lines too short or too broken to carry their names."""
    entries = []
    if bounds(readings, theme):
        entries.append(("■", theme.light, _("未报部分补齐后可能落在的范围")))
    if recurring:
        entries.append(("╌", theme.grey, _("序时进度")))
    if projected:
        entries.append(("┅", theme.accent, projected))
    return [keys(entries, theme, yshift=14)] if entries else []


def path_line(path: Sequence[Point], steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """The path, dashed, unless it is the target itself all the way."""
    if len({value for _when, value in path}) < 2:
        return []
    xs, ys = [iso(x) for x, _y in path], [y for _x, y in path]
    return [line(xs, ys, theme.grey, 1.5, stroke={"dash": "dash"})]


def step_lines(steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """A segment over the time each target is for."""
    stroke = {"color": theme.ink, "width": 2}
    return [rule(iso(a), value, iso(b), value, line=stroke) for a, b, value in steps]


def step_marks(steps: Sequence[Step], theme: Theme) -> list[Spec]:
    """An upright tick at the date of each target."""
    mark = {"symbol": "line-ns", "line": {"color": theme.ink, "width": 3}}
    xs, ys = [iso(b) for _a, b, _value in steps], [value for _a, _b, value in steps]
    return (
        [dots(xs, ys, theme.ink, 12, marker=mark, hoverinfo="skip", cliponaxis=False)]
        if steps
        else []
    )


def actual_line(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """What was reached, thick, with its last point filled and every month hoverable."""
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
    """A reading in a hover: period, value, bounds when open, path."""
    unit = reading.metric.unit
    lines = [bold(period(reading.period)), escape(counted(reading.value, unit))]
    if reading.low is not None and reading.high is not None and reading.low != reading.high:
        pair = {"low": shown(reading.low, unit), "high": shown(reading.high, unit)}
        lines.append(escape(_("补齐后在 {low} 至 {high} 之间", **pair)))
    if reading.path is not None and reading.path != reading.target:
        lines.append(escape(_("序时 {path}", path=goal(reading.path, unit))))
    return "<br>".join(lines)


def projection_line(last: Reading, projection: Point, theme: Theme) -> list[Spec]:
    """Where the present pace leads, dotted, open at its end."""
    xs, ys = [iso(last.period.last_month), iso(projection[0])], [last.value, projection[1]]
    text = bold(month(projection[0])) + "<br>" + escape(shown(projection[1], last.metric.unit))
    mark = {"symbol": "circle", "line": {"color": theme.accent, "width": 2}}
    tip = dots(xs[1:], ys[1:], theme.ground, 10, marker=mark) | hover([text])
    return [line(xs, ys, theme.accent, 3, stroke={"dash": "dot"}, opacity=0.65), tip]


def trend_alt(last: Reading, readings: Sequence[Reading]) -> str:
    """The line in a sentence."""
    return _(
        "折线图：{label}，{first}至{last}，最新 {value}，{word}。",
        label=_(last.metric.label), first=period(readings[0].period), last=period(last.period),
        value=counted(last.value, last.metric.unit), word=_(last.status.word),
    )  # fmt: skip
