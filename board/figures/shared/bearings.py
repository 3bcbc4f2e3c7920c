"""Places around the settlement: their directions, and distances on a square-root scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.words import named

RINGS = (50, 100, 200, 400, 800, 1600, 3200)


@dataclass(frozen=True)
class Stop:
    """A county with its number of people, its position on the map, its distance in km."""

    county: str
    name: str
    people: int
    x: float
    y: float
    distance: float


def stop(row: dict[str, Any], origin: tuple[float, float]) -> Stop:
    """A county's position: its direction, and the square root of its great-circle distance.

    `row` has `county, longitude, latitude, people`; `origin` is (longitude, latitude) in degrees.
    """
    county, longitude, latitude = row["county"], row["longitude"], row["latitude"]
    lon0, lat0, lon1, lat1 = map(math.radians, (*origin, longitude, latitude))
    east = math.sin(lon1 - lon0) * math.cos(lat1)
    north = math.cos(lat0) * math.sin(lat1) - math.sin(lat0) * math.cos(lat1) * math.cos(
        lon1 - lon0
    )
    bearing = math.atan2(east, north)
    haversine = (
        math.sin((lat1 - lat0) / 2) ** 2
        + math.cos(lat0) * math.cos(lat1) * math.sin((lon1 - lon0) / 2) ** 2
    )
    distance = 12_742 * math.asin(math.sqrt(min(1.0, haversine)))
    radius = math.sqrt(distance)
    return Stop(str(county), row.get("name") or named(county), int(row["people"]),
                radius * math.sin(bearing), radius * math.cos(bearing), distance)  # fmt: skip


def axis_ranges(stops: Sequence[Stop]) -> tuple[list[float], list[float]]:
    """The ranges of both axes, around the origin and every stop, with space for the names."""
    xs, ys = [0.0, *(place.x for place in stops)], [0.0, *(place.y for place in stops)]
    wide, tall = max(xs) - min(xs) or 10, max(ys) - min(ys) or 10
    return (
        [min(xs) - wide * 0.22 - 2, max(xs) + wide * 0.22 + 2],
        [min(ys) - tall * 0.1 - 2, max(ys) + tall * 0.1 + 2],
    )


def ring_radii(stops: Sequence[Stop]) -> list[int]:
    """The distances of the rings in km: at most four, the largest up to the farthest stop."""
    farthest = max(place.distance for place in stops)
    return [ring for ring in RINGS if ring <= farthest * 1.1][-4:]


def emptiest_direction(
    stops: Sequence[Stop], radius: float, xs: Sequence[float], ys: Sequence[float]
) -> float:
    """The direction (radians) farthest from all stops in which a ring of `radius` is visible."""

    def nearest(angle: float) -> float:
        aims = [math.atan2(place.x, place.y) for place in stops]
        return min(abs(math.remainder(aim - angle, math.tau)) for aim in aims)

    turns = [math.radians(degree) for degree in range(-180, 180, 10)]
    visible = [
        turn
        for turn in turns
        if xs[0] * 0.9 < radius * math.sin(turn) < xs[1] * 0.9
        and ys[0] * 0.9 < radius * math.cos(turn) < ys[1] * 0.9
    ]
    return max(visible or turns, key=nearest)
