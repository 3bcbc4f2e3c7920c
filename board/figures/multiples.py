"""Small multiples: one small chart for each line, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from board.figures.lines import Series, lines_alt
from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.parts import (
    NOTHING,
    Spec,
    bold,
    empty,
    escape,
    figure,
    hover,
    iso,
    line,
    paper,
)
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import Unit
from board.numerals import counted, month, shown
from board.theme import CLEAR, Theme

GAP, CELL, HEAD = 24, 116, 30
Box = tuple[float, float, float, float]


def multiples(
    series: Sequence[Series],
    theme: Theme,
    unit: Unit,
    *,
    target: float | None = None,
    columns: int = 4,
) -> dict[str, Any]:
    """One small chart for each line, all on one scale; customdata is the line's name."""
    if not any(y is not None for entry in series for _x, y in entry.points):
        return empty(theme, _("没有可画的数据。"))
    columns = min(columns, len(series))
    rows = -(-len(series) // columns)
    months = sorted({x for entry in series for x, _y in entry.points})
    values = [y for entry in series for _x, y in entry.points]
    axis = value_axis([*values, target], unit, most=3)
    height = rows * (CELL + HEAD) + (rows - 1) * GAP + 36
    data: list[Spec] = []
    axes: dict[str, Any] = {}
    notes: list[Spec] = []
    for n, entry in enumerate(series):
        cell = grid_cell(n, columns, rows, height)
        suffix = "" if n == 0 else str(n + 1)
        axes |= cell_axes(cell, suffix, axis, months, n % columns == 0)
        data += cell_traces(entry, suffix, months, target, theme, unit)
        notes.append(cell_title(entry, cell, unit, theme))
        if n >= len(series) - columns:
            notes += cell_months(cell, months, theme)
    texts = [
        f"{named(entry.name)} {shown(entry.points[-1][1], unit)}"
        for entry in series
        if entry.points
    ]
    return figure(data, theme, lines_alt(texts, months), height, annotations=notes,
                  margin={"l": 52, "r": 8, "t": 0, "b": 36}, **axes)  # fmt: skip


def grid_cell(n: int, columns: int, rows: int, height: float) -> Box:
    """Left, right, bottom and top of the n-th small chart, as fractions of the plot."""
    plot = height - 36
    across, down = n % columns, n // columns
    gutter = 0.04
    wide = (1 - gutter * (columns - 1)) / columns
    left = across * (wide + gutter)
    top = 1 - (down * (CELL + HEAD + GAP) + HEAD) / plot
    return left, left + wide, max(0.0, top - CELL / plot), top


def cell_axes(cell: Box, suffix: str, axis: Spec, months: Sequence[date], first: bool) -> Spec:
    """The axes of a small chart; `suffix` is plotly's number, `first` shows the values."""
    left, right, bottom, top = cell
    room = month_axis(months[0], months[-1])["range"]
    quiet = {"type": "date", "showticklabels": False, "ticks": "", "anchor": f"y{suffix}"}
    return {
        f"xaxis{suffix}": quiet | {"domain": [left, right], "range": room},
        f"yaxis{suffix}": axis
        | {"domain": [bottom, top], "anchor": f"x{suffix}", "showticklabels": first},
    }


def cell_months(cell: Box, months: Sequence[date], theme: Theme) -> list[Spec]:
    """The first and the last month below a small chart that has no chart below it."""
    own = {
        "yref": "paper",
        "yanchor": "top",
        "yshift": -4,
        "font": {"size": 13, "color": theme.mute},
    }
    ends = [paper(cell[0], cell[2], escape(month(months[0])), **own)]
    if len(months) > 1:
        last = escape(month(months[-1]))
        ends.append(paper(cell[1], cell[2], last, xanchor="right", **own))
    return ends


def cell_traces(
    entry: Series,
    suffix: str,
    months: Sequence[date],
    target: float | None,
    theme: Theme,
    unit: Unit,
) -> list[Spec]:
    """The line of a small chart and its target."""
    place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    traces = []
    if target is not None:
        ends = [iso(months[0]), iso(months[-1])]
        traces.append(line(ends, [target] * 2, theme.grey, 1.25, stroke={"dash": "dash"}) | place)
    xs, ys = [iso(x) for x, _y in entry.points], [y for _x, y in entry.points]
    texts = [f"{escape(month(x))} {escape(counted(y, unit))}" for x, y in entry.points]
    own = {
        "mode": "lines+markers",
        "marker": {"size": 6, "color": CLEAR},
        "name": escape(named(entry.name)),
    }
    hovers = hover(texts, [entry.name] * len(xs)) | {
        "hovertemplate": "<b>%{fullData.name}</b><br>%{hovertext}" + NOTHING
    }
    traces.append(line(xs, ys, theme.accent, 2.5) | own | hovers | place)
    return traces


def cell_title(entry: Series, cell: Box, unit: Unit, theme: Theme) -> Spec:
    """The name and the last value above a small chart."""
    last = entry.points[-1][1] if entry.points else None
    text = f"{bold(named(entry.name))}  {escape(shown(last, unit))}"
    return {"xref": "paper", "yref": "paper", "x": cell[0], "y": cell[3], "text": text,
            "xanchor": "left", "yanchor": "bottom", "yshift": 4, "font": {"size": 14, "color": theme.ink}}  # fmt: skip
