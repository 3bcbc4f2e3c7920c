"""Small charts on one scale, one a line: which buildings rise, which fall."""

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
    """One small chart a line, all on one scale; customdata is the name."""
    if not any(y is not None for one in series for _x, y in one.points):
        return empty(theme, _("没有可画的数据。"))
    columns = min(columns, len(series))
    rows = -(-len(series) // columns)
    months = sorted({x for one in series for x, _y in one.points})
    values = [y for one in series for _x, y in one.points]
    axis = value_axis([*values, target], unit, most=3)
    height = rows * (CELL + HEAD) + (rows - 1) * GAP + 36
    data: list[Spec] = []
    own: dict[str, Any] = {}
    notes: list[Spec] = []
    for n, one in enumerate(series):
        cell = grid_cell(n, columns, rows, height)
        ending = "" if n == 0 else str(n + 1)
        own |= cell_axes(cell, ending, axis, months, n % columns == 0)
        data += cell_traces(one, ending, months, target, theme, unit)
        notes.append(cell_title(one, cell, unit, theme))
        if n >= len(series) - columns:
            notes += cell_months(cell, months, theme)
    texts = [f"{named(one.name)} {shown(one.points[-1][1], unit)}" for one in series if one.points]
    return figure(data, theme, lines_alt(texts, months), height, annotations=notes,
                  margin={"l": 52, "r": 8, "t": 0, "b": 36}, **own)  # fmt: skip


def grid_cell(n: int, columns: int, rows: int, height: float) -> Box:
    """Left, right, bottom, top of a small chart as fractions of the plot."""
    plot = height - 36
    across, down = n % columns, n // columns
    gutter = 0.04
    wide = (1 - gutter * (columns - 1)) / columns
    left = across * (wide + gutter)
    top = 1 - (down * (CELL + HEAD + GAP) + HEAD) / plot
    return left, left + wide, max(0.0, top - CELL / plot), top


def cell_axes(cell: Box, ending: str, axis: Spec, months: Sequence[date], first: bool) -> Spec:
    """The axes of a small chart: values only in the first column."""
    left, right, bottom, top = cell
    room = month_axis(months[0], months[-1])["range"]
    quiet = {"type": "date", "showticklabels": False, "ticks": "", "anchor": f"y{ending}"}
    return {
        f"xaxis{ending}": quiet | {"domain": [left, right], "range": room},
        f"yaxis{ending}": axis
        | {"domain": [bottom, top], "anchor": f"x{ending}", "showticklabels": first},
    }


def cell_months(cell: Box, months: Sequence[date], theme: Theme) -> list[Spec]:
    """The first and the last month under a small chart of the last row."""
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
    one: Series, ending: str, months: Sequence[date], target: float | None, theme: Theme, unit: Unit
) -> list[Spec]:
    """The line of a small chart and its target."""
    place = {"xaxis": f"x{ending}", "yaxis": f"y{ending}"}
    traces = []
    if target is not None:
        ends = [iso(months[0]), iso(months[-1])]
        traces.append(line(ends, [target] * 2, theme.grey, 1.25, stroke={"dash": "dash"}) | place)
    xs, ys = [iso(x) for x, _y in one.points], [y for _x, y in one.points]
    texts = [f"{escape(month(x))} {escape(counted(y, unit))}" for x, y in one.points]
    own = {
        "mode": "lines+markers",
        "marker": {"size": 6, "color": CLEAR},
        "name": escape(named(one.name)),
    }
    seen = hover(texts, [one.name] * len(xs)) | {
        "hovertemplate": "<b>%{fullData.name}</b><br>%{hovertext}" + NOTHING
    }
    traces.append(line(xs, ys, theme.accent, 2.5) | own | seen | place)
    return traces


def cell_title(one: Series, cell: Box, unit: Unit, theme: Theme) -> Spec:
    """The name and the last value over a small chart."""
    last = one.points[-1][1] if one.points else None
    text = f"{bold(named(one.name))}  {escape(shown(last, unit))}"
    return {"xref": "paper", "yref": "paper", "x": cell[0], "y": cell[3], "text": text,
            "xanchor": "left", "yanchor": "bottom", "yshift": 4, "font": {"size": 14, "color": theme.ink}}  # fmt: skip
