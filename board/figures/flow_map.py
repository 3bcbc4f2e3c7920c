"""Where people work, as arcs from the settlement: true directions, square-root distances, no map.

On a true scale near places would overlap and far ones would not fit. So each place is drawn in
its true direction, at the square root of its distance; rings show distances. No boundaries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from board.figures.shared.bearings import Stop, axis_ranges, ring_radii, stop
from board.figures.shared.map_names import place_names
from board.figures.shared.parts import Spec, bold, dots, empty, escape, figure, hover, line, note
from board.i18n import _
from board.metrics import PERSONS
from board.numerals import counted
from board.theme import Theme

LABEL_WIDTH = 700  # px: the width for which labels are placed; a wider figure only has more space
LARGE_TYPE_WIDTH = 620  # px: the width that large type leaves of a screen of 1366


def flow_map(
    frame: pl.DataFrame,
    origin: tuple[float, float],
    theme: Theme,
    *,
    here: str,
    here_people: int | None,
    height: float,
) -> dict[str, Any]:
    """Arcs to each row of `county, longitude, latitude, people`, as thick as the number of people.

    An optional column `name` is the county's name in the reader's language. `origin` is the
    settlement's longitude and latitude in degrees, `here` its name, `here_people` the number of
    people who work there. Rows without a longitude are counted in a note. customdata is the county.
    """
    placed = frame.filter(pl.col("longitude").is_not_null() & (pl.col("people") > 0))
    unplaced = int(frame.filter(pl.col("longitude").is_null())["people"].sum() or 0)
    if placed.is_empty():
        return empty(theme, _("没有可画的数据。"), height)
    stops = sorted(
        (stop(row, origin) for row in placed.iter_rows(named=True)),
        key=lambda county_stop: -county_stop.people,
    )  # fmt: skip
    xs, ys = axis_ranges(stops)
    wide = LABEL_WIDTH if theme.times == 1 else LARGE_TYPE_WIDTH
    scale = max((xs[1] - xs[0]) / (wide - 8), (ys[1] - ys[0]) / (height - 40))
    most = stops[0].people
    return figure(
        [
            *rings(stops, theme),
            *(arc(county_stop, most, theme) for county_stop in reversed(stops)),
            stop_dots(stops, most, theme),
            dots([0], [0], theme.ink, 16, marker={"symbol": "square"}, hoverinfo="skip"),
        ],
        theme, map_alt(stops), height,
        annotations=[
            *place_names(stops, (here, here_people), (xs, ys), scale, theme),
            scale_note(unplaced, theme),
        ],
        hoverdistance=20,
        xaxis={"visible": False, "range": xs},
        yaxis={"visible": False, "range": ys, "scaleanchor": "x"},
        margin={"l": 4, "r": 4, "t": 8, "b": 32},
    )  # fmt: skip


def rings(stops: Sequence[Stop], theme: Theme) -> list[Spec]:
    """Circles at round distances."""
    circles = []
    for distance in ring_radii(stops):
        radius = math.sqrt(distance)
        turns = [math.radians(degree) for degree in range(0, 361, 6)]
        xs = [round(radius * math.sin(turn), 2) for turn in turns]
        ys = [round(radius * math.cos(turn), 2) for turn in turns]
        circles.append(line(xs, ys, theme.gridline, 1))
    return circles


def arc(county_stop: Stop, most: int, theme: Theme) -> Spec:
    """A curved line to a county: a quadratic Bézier curve."""
    bend = 0.16
    cx, cy = county_stop.x / 2 - county_stop.y * bend, county_stop.y / 2 + county_stop.x * bend
    steps = [n / 16 for n in range(17)]
    xs = [round(2 * (1 - t) * t * cx + t * t * county_stop.x, 2) for t in steps]
    ys = [round(2 * (1 - t) * t * cy + t * t * county_stop.y, 2) for t in steps]
    return line(xs, ys, theme.accent, round(1 + 13 * county_stop.people / most, 1), opacity=0.45)


def stop_dots(stops: Sequence[Stop], most: int, theme: Theme) -> Spec:
    """A dot at each county, its area growing with the number of people."""
    sizes = [round(7 + 13 * math.sqrt(county_stop.people / most), 1) for county_stop in stops]
    texts = [
        f"{bold(county_stop.name)}<br>{escape(counted(county_stop.people, PERSONS))}<br>"
        f"{escape(_('约 {far}公里', far=f'{round(county_stop.distance, -1):,.0f}'))}"
        for county_stop in stops
    ]
    edge = {"opacity": 1, "line": {"color": theme.ground, "width": 1.5}}
    marks = dots([round(county_stop.x, 2) for county_stop in stops], [round(county_stop.y, 2) for county_stop in stops],
                 theme.accent, sizes, marker=edge)  # fmt: skip
    return marks | hover(texts, [county_stop.county for county_stop in stops])


def scale_note(unplaced: int, theme: Theme) -> Spec:
    """The note on the scale, and on how many people have no county reported."""
    words = [_("方位为真，距离按平方根缩放")]
    if unplaced:
        words.append(_("另有 {people}未填县市", people=counted(unplaced, PERSONS)))
    return note(0, 0, escape(_("；").join(words)), xref="paper", yref="paper", yanchor="top",
                yshift=-8, font={"size": 14, "color": theme.mute})  # fmt: skip


def map_alt(stops: Sequence[Stop]) -> str:
    """The alt text: the eight counties with the most people."""
    rows_text = _("；").join(
        f"{county_stop.name} {counted(county_stop.people, PERSONS)}" for county_stop in stops[:8]
    )
    return _(
        "流向图，人数最多的县市：{rows}。共 {count} 个县市。", rows=rows_text, count=len(stops)
    )
