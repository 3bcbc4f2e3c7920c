"""A heat map of buildings by months, in at most four shades on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from board.figures.shared.axes import month_axis
from board.figures.shared.classes import classes, ramp_legend, shade
from board.figures.shared.parts import Spec, bold, dots, empty, escape, figure, hover, iso, paper
from board.figures.shared.rows import left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import PERCENT, Unit
from board.numerals import counted, month, shown
from board.theme import CLEAR, Theme

ROW = 32


def heat_rows(
    frame: pl.DataFrame, theme: Theme, unit: Unit = PERCENT, *, title: str
) -> dict[str, Any]:
    """Cells of `building, month, value`, rows in the order given, each row's last value as text.

    `title` says in the alt text what is shown. customdata is [building, month].
    """
    if frame.is_empty():
        return empty(theme, _("没有可画的数据。"))
    rows = list(frame["building"].unique(maintain_order=True))
    months: list[date] = sorted(frame["month"].unique())
    values = {(b, m): v for b, m, v in frame.select("building", "month", "value").iter_rows()}
    grid = [[values.get((row, when)) for when in months] for row in rows]
    borders = classes([value for line in grid for value in line], unit)
    labels = [named(row) for row in rows]
    left = left_margin(labels)
    lasts = [shown(line[-1], unit) for line in grid]
    gap = any(value is None for line in grid for value in line)
    return figure(
        heat(rows, months, grid, borders, unit, theme),
        theme, heat_alt(title, labels, lasts, months[-1]), ROW * len(rows) + 92,
        annotations=[
            *row_names(labels, left, theme),
            *(paper(1, n, bold(text), xshift=72, xanchor="right") for n, text in enumerate(lasts)),
            *ramp_legend(borders, unit, theme, missing=gap),
        ],
        xaxis=month_axis(months[0], months[-1], most=13)
        | {"range": None, "ticks": "", "showline": False},
        yaxis=row_axis(len(rows)), margin={"l": left, "r": 80, "t": 36, "b": 54},
    )  # fmt: skip


def heat(
    rows: Sequence[str], months: Sequence[date], grid: Sequence[Sequence[float | None]],
    borders: Sequence[float], unit: Unit, theme: Theme,
) -> list[Spec]:  # fmt: skip
    """The cells in the colours of their classes, and invisible marks to hover over and click."""
    steps = [[(n + side) / 4, colour] for n, colour in enumerate(theme.ramp) for side in (0, 1)]
    cells = [
        (
            iso(when),
            n,
            row,
            f"{bold(named(row))} {escape(month(when))}<br>{escape(counted(value, unit))}",
        )
        for n, (row, line) in enumerate(zip(rows, grid, strict=True))
        for when, value in zip(months, line, strict=True)
    ]
    shades = {
        "type": "heatmap", "x": [iso(when) for when in months], "y": list(range(len(rows))),
        "z": [[shade(value, borders) for value in line] for line in grid],
        "zmin": -0.5, "zmax": 3.5, "colorscale": steps, "showscale": False,
        "xgap": 2, "ygap": 2, "hoverinfo": "skip",
    }  # fmt: skip
    marks = dots([c[0] for c in cells], [c[1] for c in cells], CLEAR, 18,
                 marker={"symbol": "square"})  # fmt: skip
    own = hover([c[3] for c in cells]) | {"customdata": [[c[2], c[0]] for c in cells]}
    return [shades, marks | own]


def heat_alt(title: str, labels: Sequence[str], lasts: Sequence[str], last: date) -> str:
    """The alt text: every building's value in the last month."""
    rows_text = _("；").join(f"{a} {b}" for a, b in zip(labels, lasts, strict=True))
    return _("热力图：{title}，{month}：{rows}。", title=title, month=month(last), rows=rows_text)
