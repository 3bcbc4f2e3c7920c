"""Up to three lines over time in one chart, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.figures.area import apart
from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.parts import (
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    iso,
    line,
    note,
    widest,
)
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import Unit
from board.numerals import counted, goal, month, shown
from board.theme import CLEAR, Theme


@dataclass(frozen=True)
class Series:
    """One line: its name as in the data, and (month, value or None) pairs, oldest first."""

    name: str
    points: Sequence[tuple[date, float | None]]


def lines(
    series: Sequence[Series],
    theme: Theme,
    unit: Unit,
    *,
    target: float | None = None,
    height: float = 360,
) -> dict[str, Any]:
    """Up to three lines, each named with its last value at its end; customdata is the name.

    The first line is in the accent colour. More than three lines raise ValueError.
    """
    if len(series) > 3:
        raise ValueError("more than three lines: use multiples")
    reported = [entry for entry in series if any(y is not None for _x, y in entry.points)]
    if not reported:
        return empty(theme, _("没有可画的数据。"), height)
    months = sorted({x for entry in reported for x, _y in entry.points})
    values = [y for entry in reported for _x, y in entry.points]
    axis = value_axis([*values, target], unit)
    scale = (axis["range"][1] - axis["range"][0]) / (height - 64)
    ends = [last_of(entry) for entry in reported]
    texts = [
        f"{named(entry.name)} {shown(end[1], unit)}"
        for entry, end in zip(reported, ends, strict=True)
    ]
    colours = (theme.accent, theme.grey, theme.series[1])
    data = []
    for entry, colour in zip(reported, colours, strict=False):
        data += named_line(entry, colour, 4 if entry is reported[0] else 2.5, unit)
    return figure(
        data, theme, lines_alt(texts, months), height,
        annotations=[
            *end_names(ends, texts, scale, theme),
            *([target_name(target, months[0], unit, theme)] if target is not None else []),
        ],
        shapes=[target_line(target, months, theme)] if target is not None else [],
        xaxis=month_axis(months[0], months[-1], most=9), yaxis=axis,
        margin={"l": 56, "r": 22 + widest(texts, 15) * 1.06, "t": 12, "b": 52},
    )  # fmt: skip


def last_of(entry: Series) -> tuple[date, float]:
    """The last point of a line that has a value."""
    return next((x, y) for x, y in reversed(entry.points) if y is not None)


def named_line(entry: Series, colour: str, weight: float, unit: Unit) -> list[Spec]:
    """A line with its last point filled, and a hover text at every month."""
    xs, ys = [iso(x) for x, _y in entry.points], [y for _x, y in entry.points]
    last = iso(last_of(entry)[0])
    inks = [colour if x == last else CLEAR for x in xs]
    texts = [point_hover(entry.name, x, y, unit) for x, y in entry.points]
    return [
        line(xs, ys, colour, weight),
        dots(xs, ys, inks, 10) | hover(texts, [entry.name] * len(xs)),
    ]


def point_hover(name: str, when: date, value: float | None, unit: Unit) -> str:
    """The hover text of a point: name, month and value."""
    return f"{bold(named(name))}<br>{escape(month(when))}<br>{escape(counted(value, unit))}"


def end_names(
    ends: Sequence[tuple[date, float]], texts: Sequence[str], scale: float, theme: Theme
) -> list[Spec]:
    """Names and last values at the lines' ends, moved apart where they would overlap."""
    order = sorted(range(len(ends)), key=lambda n: ends[n][1])
    places = apart([ends[n][1] for n in order], 22 * scale, least=None)
    return [
        note(
            iso(ends[n][0]),
            y,
            bold(texts[n]),
            xshift=10,
            font={"color": theme.ink if n else theme.accent},
        )
        for n, y in zip(order, places, strict=True)
    ]


def target_line(target: float, months: Sequence[date], theme: Theme) -> Spec:
    """A dashed line at the target."""
    own = {"line": {"color": theme.ink, "width": 1.5, "dash": "dash"}}
    return {"type": "line", "x0": iso(months[0]), "x1": iso(months[-1]), "y0": target, "y1": target,
            **own}  # fmt: skip


def target_name(target: float, first: date, unit: Unit, theme: Theme) -> Spec:
    """The target's label above the left end of its line."""
    text = escape(_("目标 {target}", target=goal(target, unit)))
    return note(
        iso(first), target, text, xshift=4, yshift=11, font={"size": 14, "color": theme.mute}
    )


def lines_alt(texts: Sequence[str], months: Sequence[date]) -> str:
    """The alt text: the lines' last values."""
    return _(
        "折线图，{first}至{last}。最新：{rows}。",
        first=month(months[0]), last=month(months[-1]), rows=_("；").join(texts),
    )  # fmt: skip
