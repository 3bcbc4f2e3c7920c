"""Up to three lines over time in one chart, each named where it ends."""

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
    """One line: its name as in the data, and a value (or None) a month, oldest first."""

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

    The first is the accent, the others grey and light; more than three raise ValueError.
    """
    if len(series) > 3:
        raise ValueError("more than three lines: use multiples")
    known = [one for one in series if any(y is not None for _x, y in one.points)]
    if not known:
        return empty(theme, _("没有可画的数据。"), height)
    months = sorted({x for one in known for x, _y in one.points})
    values = [y for one in known for _x, y in one.points]
    axis = value_axis([*values, target], unit)
    scale = (axis["range"][1] - axis["range"][0]) / (height - 64)
    ends = [last_of(one) for one in known]
    texts = [
        f"{named(one.name)} {shown(end[1], unit)}" for one, end in zip(known, ends, strict=True)
    ]
    colours = (theme.accent, theme.grey, theme.series[1])
    data = []
    for one, colour in zip(known, colours, strict=False):
        data += named_line(one, colour, 4 if one is known[0] else 2.5, unit)
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


def last_of(one: Series) -> tuple[date, float]:
    """The last known point of a line."""
    return next((x, y) for x, y in reversed(one.points) if y is not None)


def named_line(one: Series, colour: str, weight: float, unit: Unit) -> list[Spec]:
    """A line, its last point filled, every month to hover over."""
    xs, ys = [iso(x) for x, _y in one.points], [y for _x, y in one.points]
    last = iso(last_of(one)[0])
    inks = [colour if x == last else CLEAR for x in xs]
    texts = [point_hover(one.name, x, y, unit) for x, y in one.points]
    return [
        line(xs, ys, colour, weight),
        dots(xs, ys, inks, 10) | hover(texts, [one.name] * len(xs)),
    ]


def point_hover(name: str, when: date, value: float | None, unit: Unit) -> str:
    """Name, month and value."""
    return f"{bold(named(name))}<br>{escape(month(when))}<br>{escape(counted(value, unit))}"


def end_names(
    ends: Sequence[tuple[date, float]], texts: Sequence[str], scale: float, theme: Theme
) -> list[Spec]:
    """Names and last values at the lines' ends, moved apart where they meet."""
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
    """The target over all the months."""
    own = {"line": {"color": theme.ink, "width": 1.5, "dash": "dash"}}
    return {"type": "line", "x0": iso(months[0]), "x1": iso(months[-1]), "y0": target, "y1": target,
            **own}  # fmt: skip


def target_name(target: float, first: date, unit: Unit, theme: Theme) -> Spec:
    """The target's name over its left end."""
    text = escape(_("目标 {target}", target=goal(target, unit)))
    return note(
        iso(first), target, text, xshift=4, yshift=11, font={"size": 14, "color": theme.mute}
    )


def lines_alt(texts: Sequence[str], months: Sequence[date]) -> str:
    """The lines' last values in a sentence."""
    return _(
        "折线图，{first}至{last}。最新：{rows}。",
        first=month(months[0]), last=month(months[-1]), rows=_("；").join(texts),
    )  # fmt: skip
