"""Places around the settlement: bearings, and distances on a root scale with rings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.words import named

RINGS = (50, 100, 200, 400, 800, 1600, 3200)


@dataclass(frozen=True)
class Stop:
    """A county with its people, its place on the root scale and its distance in km."""

    county: str
    name: str
    people: int
    x: float
    y: float
    far: float


def stop(row: dict[str, Any], origin: tuple[float, float]) -> Stop:
    """A county's place: its bearing and the root of its great-circle distance."""
    county, longitude, latitude = row["county"], row["longitude"], row["latitude"]
    lon0, lat0, lon1, lat1 = map(math.radians, (*origin, longitude, latitude))
    east = math.sin(lon1 - lon0) * math.cos(lat1)
    north = math.cos(lat0) * math.sin(lat1) - math.sin(lat0) * math.cos(lat1) * math.cos(
        lon1 - lon0
    )
    toward = math.atan2(east, north)
    half = (
        math.sin((lat1 - lat0) / 2) ** 2
        + math.cos(lat0) * math.cos(lat1) * math.sin((lon1 - lon0) / 2) ** 2
    )
    far = 12_742 * math.asin(math.sqrt(min(1.0, half)))
    root = math.sqrt(far)
    return Stop(str(county), row.get("name") or named(county), int(row["people"]),
                root * math.sin(toward), root * math.cos(toward), far)  # fmt: skip


def frame_of(stops: Sequence[Stop]) -> tuple[list[float], list[float]]:
    """The axes' ranges around the origin and every stop, with room for the names."""
    xs, ys = [0.0, *(one.x for one in stops)], [0.0, *(one.y for one in stops)]
    wide, tall = max(xs) - min(xs) or 10, max(ys) - min(ys) or 10
    return (
        [min(xs) - wide * 0.22 - 2, max(xs) + wide * 0.22 + 2],
        [min(ys) - tall * 0.1 - 2, max(ys) + tall * 0.1 + 2],
    )


def ring_radii(stops: Sequence[Stop]) -> list[int]:
    """The distances worth a ring: within the farthest stop, at most four, far ones first."""
    farthest = max(one.far for one in stops)
    return [ring for ring in RINGS if ring <= farthest * 1.1][-4:]


def quiet_angle(
    stops: Sequence[Stop], radius: float, xs: Sequence[float], ys: Sequence[float]
) -> float:
    """The direction farthest from every stop in which the widest ring is still in the picture."""

    def nearest(angle: float) -> float:
        aims = [math.atan2(one.x, one.y) for one in stops]
        return min(abs(math.remainder(aim - angle, math.tau)) for aim in aims)

    turns = [math.radians(degree) for degree in range(-180, 180, 10)]
    seen = [
        turn
        for turn in turns
        if xs[0] * 0.9 < radius * math.sin(turn) < xs[1] * 0.9
        and ys[0] * 0.9 < radius * math.cos(turn) < ys[1] * 0.9
    ]
    return max(seen or turns, key=nearest)
