"""From the settlement to where people work: true bearings, distances on a root scale, no map.

Near places would fall together on a true scale and far ones run off it, so a place stands in
its direction at the square root of its distance, with rings that say how far. No boundaries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from board.figures.shared.bearings import Stop, frame_of, ring_radii, stop
from board.figures.shared.map_names import names
from board.figures.shared.parts import Spec, bold, dots, empty, escape, figure, hover, line, note
from board.i18n import _
from board.metrics import PERSONS, Unit
from board.numerals import counted
from board.theme import Theme

NOMINAL = 700  # px: the width labels are placed for; wider figures only have more room
NARROW = 620  # px: what is left of 1366 in large type


def flow_map(
    frame: pl.DataFrame,
    origin: tuple[float, float],
    theme: Theme,
    *,
    here: str,
    here_people: int | None = None,
    unit: Unit = PERSONS,
    height: float = 520,
) -> dict[str, Any]:
    """Arcs to `county, longitude, latitude, people`, as thick as there are people.

    A column `name` says what a county is called in the reader's language.
    `origin` is the settlement's longitude and latitude, `here` its name, `here_people` who
    works right there. Rows without a place are counted in a note. customdata is the county.
    """
    placed = frame.filter(pl.col("longitude").is_not_null() & (pl.col("people") > 0))
    lost = int(frame.filter(pl.col("longitude").is_null())["people"].sum() or 0)
    if placed.is_empty():
        return empty(theme, _("没有可画的数据。"), height)
    stops = sorted(
        (stop(row, origin) for row in placed.iter_rows(named=True)),
        key=lambda one: -one.people,
    )  # fmt: skip
    xs, ys = frame_of(stops)
    wide = NOMINAL if theme.times == 1 else NARROW
    scale = max((xs[1] - xs[0]) / (wide - 8), (ys[1] - ys[0]) / (height - 40))
    most = stops[0].people
    return figure(
        [
            *rings(stops, theme),
            *(arc(one, most, theme) for one in reversed(stops)),
            ends(stops, most, theme, unit),
            dots([0], [0], theme.ink, 16, marker={"symbol": "square"}, hoverinfo="skip"),
        ],
        theme, map_alt(stops, lost, unit), height,
        annotations=[
            *names(stops, (here, here_people), (xs, ys), scale, theme, unit),
            *lost_note(lost, theme, unit),
        ],
        hoverdistance=20,
        xaxis={"visible": False, "range": xs},
        yaxis={"visible": False, "range": ys, "scaleanchor": "x"},
        margin={"l": 4, "r": 4, "t": 8, "b": 32},
    )  # fmt: skip


def rings(stops: Sequence[Stop], theme: Theme) -> list[Spec]:
    """Faint circles at round distances."""
    found = []
    for far in ring_radii(stops):
        radius = math.sqrt(far)
        turns = [math.radians(degree) for degree in range(0, 361, 6)]
        xs = [round(radius * math.sin(turn), 2) for turn in turns]
        ys = [round(radius * math.cos(turn), 2) for turn in turns]
        found.append(line(xs, ys, theme.gridline, 1))
    return found


def arc(one: Stop, most: int, theme: Theme) -> Spec:
    """A bent line to a county: a quadratic curve, its middle pushed aside."""
    bend = 0.16
    cx, cy = one.x / 2 - one.y * bend, one.y / 2 + one.x * bend
    steps = [n / 16 for n in range(17)]
    xs = [round(2 * (1 - t) * t * cx + t * t * one.x, 2) for t in steps]
    ys = [round(2 * (1 - t) * t * cy + t * t * one.y, 2) for t in steps]
    return line(xs, ys, theme.accent, round(1 + 13 * one.people / most, 1), opacity=0.45)


def ends(stops: Sequence[Stop], most: int, theme: Theme, unit: Unit) -> Spec:
    """A dot at each county, its area as the people."""
    sizes = [round(7 + 13 * math.sqrt(one.people / most), 1) for one in stops]
    texts = [
        f"{bold(one.name)}<br>{escape(counted(one.people, unit))}<br>"
        f"{escape(_('约 {far}公里', far=f'{round(one.far, -1):,.0f}'))}"
        for one in stops
    ]
    edge = {"opacity": 1, "line": {"color": theme.ground, "width": 1.5}}
    marks = dots([round(one.x, 2) for one in stops], [round(one.y, 2) for one in stops],
                 theme.accent, sizes, marker=edge)  # fmt: skip
    return marks | hover(texts, [one.county for one in stops])


def lost_note(lost: int, theme: Theme, unit: Unit) -> list[Spec]:
    """How many people have no county written down, and what the scale is."""
    words = [_("方位为真，距离按平方根缩放")]
    if lost:
        words.append(_("另有 {people}未填县市", people=counted(lost, unit)))
    return [note(0, 0, escape(_("；").join(words)), xref="paper", yref="paper", yanchor="top",
                 yshift=-8, font={"size": 14, "color": theme.mute})]  # fmt: skip


def map_alt(stops: Sequence[Stop], lost: int, unit: Unit) -> str:
    """The greatest destinations in a sentence."""
    told = _("；").join(f"{one.name} {counted(one.people, unit)}" for one in stops[:8])
    return _("流向图，人数最多的县市：{rows}。共 {count} 个县市。", rows=told, count=len(stops))
