"""Wages by industry or destination: the quartiles as a thick line, the median as a dot."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.figures.shared.axes import value_axis
from board.figures.shared.parts import (
    bold,
    coloured,
    dots,
    empty,
    escape,
    figure,
    hover,
    line,
    paper,
    widest,
)
from board.figures.shared.rows import column, hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import PERSONS, YUAN
from board.numerals import counted, shown
from board.theme import Theme

ROW = 38


def wages_by(frame: pl.DataFrame, theme: Theme, *, overall: float | None) -> dict[str, Any]:
    """Rows of `category, people, low, median, high` (quartiles, yuan) in the order given.

    `overall` is the median of all people, drawn as a line. customdata is the category.
    """
    rows = frame.select("category", "people", "low", "median", "high").rows()
    rows = [row for row in rows if row[3] is not None]
    if not rows:
        return empty(theme, _("没有可画的数据。"))
    spots = list(range(len(rows)))
    labels = [named(row[0]) for row in rows]
    left = left_margin(labels)
    xs = [x for _c, _p, low, _m, high in rows for x in (low, high, None)]
    ys = [y for n in spots for y in (n, n, None)]
    values = [v for row in rows for v in row[2:] if v is not None]
    medians = [shown(row[3], YUAN) for row in rows]
    # The numbers of people may all be suppressed: then the column is left out.
    counts = any(row[1] is not None for row in rows)
    people = [shown(row[1], PERSONS) for row in rows] if counts else [""] * len(rows)
    head = _("人数") if counts else ""
    edge = 12 + widest([*medians, _("中位")], 16) * 1.06
    far = edge + 16 + widest([*people, head], 14) if counts else edge
    heads = {"yref": "paper", "xanchor": "right", "yanchor": "bottom", "yshift": 6,
             "font": {"size": 14, "color": theme.mute}}  # fmt: skip
    return figure(
        [
            line(xs, ys, theme.light, 8),
            dots([row[3] for row in rows], spots, theme.accent, 12)
            | hover([wage_hover(row) for row in rows], [row[0] for row in rows]),
        ],
        theme, wages_alt(rows), ROW * len(rows) + 68,
        annotations=[
            *row_names(labels, left, theme),
            *column([bold(text) for text in medians], edge, theme),
            *column(list(map(escape, people)), far, theme, font={"size": 14, "color": theme.mute}),
            paper(1, 1, escape(_("中位")), xshift=edge, **heads),
            paper(1, 1, escape(head), xshift=far, **heads),
            paper(0, 1, wage_legend(overall, theme), **(heads | {"xanchor": "left"})),
        ],
        shapes=[*hairlines(len(rows), top=True), *overall_line(overall, len(rows), theme)],
        xaxis=value_axis([*values, overall], YUAN, most=4), yaxis=row_axis(len(rows)),
        margin={"l": left, "r": far + 4, "t": 32, "b": 34},
    )  # fmt: skip


def overall_line(overall: float | None, count: int, theme: Theme) -> list[dict[str, Any]]:
    """A line at the median of all people."""
    if overall is None:
        return []
    stroke = {"color": theme.grey, "width": 1.5, "dash": "dash"}
    return [{"type": "line", "x0": overall, "x1": overall, "y0": -0.5, "y1": count - 0.5,
             "line": stroke}]  # fmt: skip


def wage_legend(overall: float | None, theme: Theme) -> str:
    """The legend: dot, thick line and dashed line."""
    entries = [("●", theme.accent, _("中位")), ("▬", theme.light, _("中间一半人"))]
    if overall is not None:
        entries.append(("┆", theme.grey, _("全部 {median}", median=shown(overall, YUAN))))
    return "　".join(coloured(mark, colour) + " " + escape(word) for mark, colour, word in entries)


def wage_hover(row: tuple[Any, ...]) -> str:
    """The hover text: a category's quartiles and number of people."""
    name, people, low, median, high = row
    lines = [bold(named(name)), escape(_("中位 {median}", median=counted(median, YUAN)))]
    if low is not None and high is not None:
        lines.append(
            escape(_("中间一半人 {low} 至 {high}", low=shown(low, YUAN), high=shown(high, YUAN)))
        )
    if people is not None:
        lines.append(escape(counted(people, PERSONS)))
    return "<br>".join(lines)


def wages_alt(rows: list[tuple[Any, ...]]) -> str:
    """The alt text: every category's median."""
    rows_text = _("；").join(f"{named(row[0])} {counted(row[3], YUAN)}" for row in rows)
    return _("月收入图，中位数：{rows}。", rows=rows_text)
