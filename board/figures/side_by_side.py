"""Places as rows, metrics as columns; each column has one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import (
    Spec,
    bold,
    empty,
    escape,
    figure,
    hover,
    line,
    note,
    width,
    wrapped,
)
from board.figures.shared.rows import hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import _, language
from board.metrics import Metric, Reading, Status
from board.numerals import counted, place_name, shown
from board.theme import Theme

ROW, LINE = 34, 17
GUTTER, VALUES = 0.025, 0.5  # of the plot, between two columns; of a column, for its values as text
AMBIGUOUS_UNITS = (
    "yuan",
    "percentage_points",
    "days",
    "square_metres",
)  # units that a metric's name does not make clear
HEAD, SMALL_HEAD = 14, 11  # px: the type size of a column's name; of an English name in large type
NAME_WIDTH = (
    112  # px: the greatest width of a name; half of a column at 1366, so that large type fits too
)


def side_by_side(
    columns: Sequence[Sequence[Reading]],
    whole: Sequence[Reading],
    theme: Theme,
    *,
    current: str = "",
) -> dict[str, Any]:
    """One column for each metric; every column has the same places in the same order.

    `whole` has each column's reading for the place that contains them: it is the last row, and
    the line through a column of rates. The row with scope `current` is in the accent colour.
    customdata is the place's scope.
    """
    if not columns or not columns[0]:
        return empty(theme, _("没有可画的数据。"))
    places = [str(reading.scope) for reading in columns[0]]
    labels = [named(reading.label) for reading in columns[0]]
    around = place_name(whole[0].scope)
    left = left_margin([*labels, around])
    wide = (1 - GUTTER * (len(columns) - 1)) / len(columns)
    data: list[Spec] = []
    notes = row_names([*labels, around], left, theme)
    type_size = HEAD if theme.times == 1 or language() != "en" else SMALL_HEAD
    names = [title(reading.metric, type_size) for reading in whole]
    axes: dict[str, Any] = {}
    for n, column in enumerate(columns):
        start = n * (wide + GUTTER)
        suffix = "" if n == 0 else str(n + 1)
        axes[f"xaxis{suffix}"] = scale(column, start, start + wide * (1 - VALUES))
        data += column_bars(column, whole[n], suffix, places, current, theme)
        notes += column_values([*column, whole[n]], start + wide, theme)
        notes.append(heading(names[n], start, type_size, theme))
    head = 14 + LINE * max(name.count("<br>") + 1 for name in names)
    return figure(
        data, theme, alt(columns, whole, labels, around), head + ROW * (len(labels) + 1) + 4,
        annotations=notes, shapes=hairlines(len(labels) + 1, top=True),
        yaxis=row_axis(len(labels) + 1), margin={"l": left, "r": 4, "t": head, "b": 4}, **axes,
    )  # fmt: skip


def scale(column: Sequence[Reading], start: float, end: float) -> Spec:
    """A column's axis: from zero, or from the lowest value if that is negative."""
    values = [reading.value for reading in column if reading.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return {"visible": False, "domain": [start, end], "range": [low, high or low + 1]}


def column_bars(
    column: Sequence[Reading], whole: Reading, suffix: str, places: Sequence[str], current: str,
    theme: Theme,
) -> list[Spec]:  # fmt: skip
    """A column's bars, and for rates a line at the whole's value."""
    axis = {"xaxis": f"x{suffix}"}
    colours = [theme.accent if current in ("", place) else theme.light for place in places]
    bar = {
        "type": "bar", "orientation": "h", "x": [reading.value for reading in column],
        "y": list(range(len(column))), "width": 0.46, "marker": {"color": colours},
    }  # fmt: skip
    traces = [bar | axis | hover([bar_hover(reading) for reading in column], places)]
    kinds = ("rate", "median", "gap", "growth")
    if whole.metric.kind in kinds and whole.value is not None:
        ends = [-0.5, len(column) - 0.5]
        traces.append(line([whole.value] * 2, ends, theme.grey, 1.5, stroke={"dash": "dot"}) | axis)
    return traces


def column_values(readings: Sequence[Reading], right: float, theme: Theme) -> list[Spec]:
    """A column's values as text, right-aligned, with the mark of their status."""
    notes = []
    for row, reading in enumerate(readings):
        mark = "" if reading.status in (Status.NO_TARGET, Status.NOT_DUE) else reading.status.mark
        tone = theme.tone(reading.status.tone)
        text = shown(reading.value, reading.metric.unit, signed=reading.metric.kind == "gap")
        if reading.value is None:
            text = _(reading.status.word)
        background = {"bgcolor": theme.ground} if reading.value is None else {}
        prefix = f'<span style="color:{tone}">{mark}</span> ' if mark else ""
        notes.append(
            {"xref": "paper", "x": right, "y": row, "text": prefix + bold(text), "xanchor": "right",
             "yanchor": "middle", "font": {"size": 15, "color": theme.ink}, **background}
        )  # fmt: skip
    return notes


def title(metric: Metric, size: int) -> str:
    """A column's name, with its unit where the name does not make it clear; broken into lines."""
    name = _(metric.label)
    unit = _("（{unit}）", unit=_(metric.unit.label)) if metric.unit.key in AMBIGUOUS_UNITS else ""
    if width(name + unit, size) <= NAME_WIDTH:
        return escape(name + unit)
    return "<br>".join(wrapped(part, size, NAME_WIDTH) for part in (name, unit.strip()) if part)


def heading(name: str, start: float, size: int, theme: Theme) -> Spec:
    """A column's name above its bars."""
    own = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6, "align": "left"}
    return note(start, 1, name, font={"size": size, "color": theme.mute}, **own)


def bar_hover(reading: Reading) -> str:
    """The hover text of a bar."""
    metric = reading.metric
    text = counted(reading.value, metric.unit)
    if reading.value is None:
        text = _(reading.status.word)
    return f"{bold(named(reading.label))}<br>{escape(_(metric.label))} {escape(text)}"


def alt(
    columns: Sequence[Sequence[Reading]], whole: Sequence[Reading], labels: Sequence[str],
    around: str,
) -> str:  # fmt: skip
    """The alt text: every column's values."""
    column_texts = []
    for column, total in zip(columns, whole, strict=True):
        rows = _("，").join(
            f"{label} {shown(reading.value, reading.metric.unit)}"
            for label, reading in zip([*labels, around], [*column, total], strict=True)
        )
        column_texts.append(_("{label}：{rows}", label=_(total.metric.label), rows=rows))
    return _("并列比较图。{columns}。", columns=_("；").join(column_texts))
