"""Distributions of households: by income, and by months without work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from board.figures.shared.axes import round_values, value_axis
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, note
from board.i18n import _
from board.metrics import HOUSEHOLDS, YUAN, Unit
from board.numerals import counted, goal, shown
from board.theme import Theme

MONTHS = Unit("months", "个月")
HEIGHT, MONTHS_HEIGHT = 340, 300


def distribution(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    marks: Sequence[tuple[str, float | None]],
) -> dict[str, Any]:
    """Bars of `low, high, households`; `marks` are vertical lines (name, value): means, medians.

    customdata is the bar's lower end. Bars below the first mark have the accent colour.
    """
    rows = frame.select("low", "high", "households").rows()
    if not rows or not sum(count for _low, _high, count in rows):
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    lines = [(name, value) for name, value in marks if value is not None]
    border = lines[0][1] if lines else rows[0][0]
    edges = [row[0] for row in rows] + [rows[-1][1]]
    top = max(count for _low, _high, count in rows)
    bar = {
        "type": "bar",
        "x": [(low + high) / 2 for low, high, _count in rows],
        "width": [(high - low) * 0.94 for low, high, _count in rows],
        "y": [count for _low, _high, count in rows],
        "marker": {"color": [theme.accent if high <= border else theme.light
                             for _low, high, _count in rows]},
    }  # fmt: skip
    texts = [
        f"{escape(_('{low} 至 {high}', low=shown(low, YUAN), high=shown(high, YUAN)))}"
        f"<br>{bold(counted(count, HOUSEHOLDS))}"
        for low, high, count in rows
    ]
    ticks = round_values(edges[0], edges[-1], 6)
    return figure(
        [bar | hover(texts, [row[0] for row in rows])],
        theme, spread_alt(rows, lines), HEIGHT,
        annotations=mark_names(lines, edges, top),
        shapes=[s for n, (_name, value) in enumerate(lines) for s in mark_line(value, n, top, theme)],
        xaxis={"range": [edges[0], edges[-1]], "tickvals": ticks,
               "ticktext": [goal(tick, YUAN) for tick in ticks]},
        yaxis=value_axis([0, top], HOUSEHOLDS, zero=True, most=4)
        | {"range": [0, top * (1.08 + 0.13 * len(lines))]},
        margin={"l": 48, "r": 16, "t": 8, "b": 34},
    )  # fmt: skip


def mark_line(value: float, n: int, top: float, theme: Theme) -> list[Spec]:
    """A vertical line from zero up to its name, with an edge so that it is visible on any bar."""
    stroke = {"color": theme.ink, "width": 2, "dash": "solid" if n == 0 else "dash"}
    place = {"type": "line", "layer": "above", "x0": value, "x1": value, "y0": 0,
             "y1": top * (1.12 + 0.13 * n)}  # fmt: skip
    return [place | {"line": {"color": theme.ground, "width": 5}}, place | {"line": stroke}]


def mark_names(
    lines: Sequence[tuple[str, float]], edges: Sequence[float], top: float
) -> list[Spec]:
    """Each line's name and value beside its upper end, on the side that has space."""
    least = min((value for _name, value in lines), default=0)
    middle = (edges[0] + edges[-1]) / 2

    def right(value: float) -> bool:
        return value < middle if len(lines) == 1 else value > least

    return [
        note(value, top * (1.09 + 0.13 * n), f"{escape(name)} {bold(shown(value, YUAN))}",
             xanchor="left" if right(value) else "right", xshift=6 if right(value) else -6)
        for n, (name, value) in enumerate(lines)
    ]  # fmt: skip


def spread_alt(rows: Sequence[tuple[Any, ...]], lines: Sequence[tuple[str, float]]) -> str:
    """The alt text: the bar with the most households, and the lines."""
    low, high, most = max(rows, key=lambda row: row[2])
    marks_text = _("；").join(f"{name} {counted(value, YUAN)}" for name, value in lines)
    return _(
        "分布图：{low} 至 {high} 之间最多，{most}。{marks}。",
        low=shown(low, YUAN), high=shown(high, YUAN), most=counted(most, HOUSEHOLDS),
        marks=marks_text or "—",
    )  # fmt: skip


def open_months(frame: pl.DataFrame, theme: Theme) -> dict[str, Any]:
    """Households by how long they have been without work: `months, households`.

    customdata is the number of months; 12 months and more share the last bar.
    """
    rows = sorted(frame.select("months", "households").rows())
    counts: dict[int, int] = {}
    for months, count in rows:
        counts[min(int(months), 12)] = counts.get(min(int(months), 12), 0) + int(count or 0)
    if not sum(counts.values()):
        return empty(theme, _("没有已知的零就业家庭。"), MONTHS_HEIGHT)
    spots = list(range(min(1, *counts), max(counts) + 1))
    heights = [counts.get(spot, 0) for spot in spots]
    words = [_("12以上") if spot >= 12 else str(spot) for spot in spots]
    texts = [
        f"{escape(_('12个月以上') if spot >= 12 else counted(spot, MONTHS))}"
        f"<br>{bold(counted(count, HOUSEHOLDS))}"
        for spot, count in zip(spots, heights, strict=True)
    ]
    bar = {"type": "bar", "x": spots, "y": heights, "width": 0.62,
           "marker": {"color": theme.accent}}  # fmt: skip
    rows_text = _("；").join(
        f"{_('12个月以上') if spot >= 12 else counted(spot, MONTHS)} {counted(count, HOUSEHOLDS)}"
        for spot, count in zip(spots, heights, strict=True) if count
    )  # fmt: skip
    return figure(
        [bar | hover(texts, spots)],
        theme, _("柱状图：零就业持续月数。{rows}。", rows=rows_text), MONTHS_HEIGHT,
        annotations=[
            note(spot, count, bold(count), xanchor="center", yanchor="bottom", yshift=2)
            for spot, count in zip(spots, heights, strict=True) if count
        ],
        xaxis={"tickvals": spots, "ticktext": words, "ticks": "",
               "range": [spots[0] - 0.6, max(spots[-1], spots[0] + 3) + 0.6],
               "title": {"text": escape(_("已持续月数")), "font": {"size": 14, "color": theme.mute}}},
        yaxis={"visible": False, "range": [0, max(heights) * 1.18]},
        margin={"l": 8, "r": 8, "t": 8, "b": 52},
    )  # fmt: skip
