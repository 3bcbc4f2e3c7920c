"""How a total is made up over time: categories stacked by month, each named at its right end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.colours import OTHER, colours
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, iso, note, widest
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import PERSONS
from board.metrics.axes import TOGETHER
from board.numerals import counted, month, shown
from board.theme import Theme

MOST = 7


def area_by_category(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    order: Sequence[str] | None = None,
    whole: float | None = None,
    height: float = 410,
    ticks: int = 9,
) -> dict[str, Any]:
    """A stacked area of people by `month, category, value`; the smallest beyond MOST become 其他.

    The first category of `order` is at the bottom; without it, the greatest in the last month.
    Shares are of `whole`, the people of the last month, without it of the categories together.
    `ticks` is the greatest number of month labels; customdata is the category.
    """
    if frame.is_empty():
        return empty(theme, _("没有可画的数据。"), height)
    months, columns = stacked(frame, order)
    totals = [sum(values[n] for values in columns.values()) for n in range(len(months))]
    labels = {
        name: f"■ {named(name)} {shown(values[-1], PERSONS)}{share(values[-1], whole or totals[-1])}"
        for name, values in columns.items()
    }
    top = 12
    axis = value_axis([0, *totals], PERSONS, zero=True)
    scale = (axis["range"][1] - axis["range"][0]) / (height - top - 52)
    colour = colours(list(columns), order, theme)
    data = [
        band(months, name, values, totals, colour[name], theme) for name, values in columns.items()
    ]
    return figure(
        data, theme, area_alt(months, columns), height,
        annotations=end_labels(months[-1], columns, labels, scale, colour),
        xaxis=month_axis(months[0], months[-1], most=ticks), yaxis=axis, hovermode="x",
        margin={"l": 60, "r": 20 + widest(labels.values(), 15) * 1.05, "t": top, "b": 52},
    )  # fmt: skip


def stacked(
    frame: pl.DataFrame, order: Sequence[str] | None
) -> tuple[list[date], dict[str, list[float]]]:
    """The months, and each category's value for every month; small categories are summed as 其他."""
    months: list[date] = sorted(frame["month"].unique())
    names = list(frame["category"].unique(maintain_order=True))
    cells = {(m, c): v or 0 for m, c, v in frame.select("month", "category", "value").iter_rows()}
    columns = {name: [cells.get((when, name), 0) for when in months] for name in names}
    ranked = sorted(names, key=lambda name: (-columns[name][-1], -sum(columns[name])))
    large_names = ranked if len(ranked) <= MOST else [n for n in ranked if n != OTHER][: MOST - 1]
    small_names = [name for name in ranked if name not in large_names]
    if order:
        place = {name: at for at, name in enumerate(order)}
        large_names.sort(key=lambda name: place.get(name.partition(TOGETHER)[0], len(place)))
    chosen = {name: columns[name] for name in large_names}
    if small_names:
        chosen[OTHER] = [
            sum(values) for values in zip(*(columns[n] for n in small_names), strict=True)
        ]
    return months, chosen


def band(
    months: Sequence[date], name: str, values: Sequence[float], totals: Sequence[float],
    colour: str, theme: Theme,
) -> Spec:  # fmt: skip
    """The trace of one category."""
    texts = [
        f"{escape(named(name))} {bold(counted(value, PERSONS))}" + share(value, total)
        for value, total in zip(values, totals, strict=True)
    ]
    return {
        "type": "scatter", "mode": "lines", "stackgroup": "all",
        "x": [iso(when) for when in months], "y": list(values),
        "line": {"color": theme.ground, "width": 1}, "fillcolor": colour,
        **hover(texts, [name] * len(months)),
    }  # fmt: skip


def share(value: float, total: float) -> str:
    """A value's share of its month's total, in brackets; never 0% of something, nor 100% of a part."""
    if not total:
        return ""
    percent = 100 * value / total
    if 0 < percent < 1 or 99 < percent < 100:
        return " (<1%)" if percent < 1 else " (>99%)"
    return f" ({percent:.0f}%)"


def end_labels(
    last: date,
    columns: dict[str, list[float]],
    labels: dict[str, str],
    scale: float,
    colour: dict[str, str],
) -> list[Spec]:
    """The names at the right ends of the areas, moved apart where they would overlap."""
    middles, base = [], 0.0
    for values in columns.values():
        middles.append(base + values[-1] / 2)
        base += values[-1]
    places = apart(middles, 21 * scale)
    notes = []
    for name, y in zip(columns, places, strict=True):
        mark = f'<span style="color:{colour[name]}">■</span>'
        words = escape(labels[name].removeprefix("■ "))
        notes.append(note(iso(last), y, f"{mark} {words}", xshift=8))
    return notes


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Ascending positions moved at least `gap` apart; a group moved apart keeps its middle.

    No position is below half a gap.
    """
    groups: list[list[float]] = []  # [sum of (place - offset), count]
    for place in places:
        groups.append([place, 1])
        while len(groups) > 1 and close(groups[-2], groups[-1], gap):
            total, count = groups.pop()
            groups[-1][0] += total - count * groups[-1][1] * gap
            groups[-1][1] += count
    moved: list[float] = []
    for total, count in groups:
        start = max(total / count, gap / 2)
        if moved:
            start = max(start, moved[-1] + gap)
        moved += [start + n * gap for n in range(int(count))]
    return moved


def close(lower: list[float], upper: list[float], gap: float) -> bool:
    """Whether two groups of names, each [sum of first places, count], overlap."""
    return upper[0] / upper[1] < lower[0] / lower[1] + lower[1] * gap


def area_alt(months: Sequence[date], columns: dict[str, list[float]]) -> str:
    """The alt text: the values of the last month."""
    rows = _("；").join(f"{named(n)} {counted(v[-1], PERSONS)}" for n, v in columns.items())
    return _(
        "堆叠面积图：{first}至{last}。最新：{rows}。",
        first=month(months[0]), last=month(months[-1]), rows=rows,
    )  # fmt: skip
