"""The shapes of a GeoJSON plan: buildings and assets with their rings, and their extent."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.words import named
from board.i18n import _, language

Ring = Sequence[Sequence[float]]
Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A building or an asset on the plan: its key, name and kind, and the rings of its outline."""

    key: str
    name: str
    kind: str
    rings: tuple[Ring, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of all its rings."""
        xs = [point[0] for ring in self.rings for point in ring]
        ys = [point[1] for ring in self.rings for point in ring]
        return min(xs), max(xs), min(ys), max(ys)

    @property
    def middle(self) -> Point:
        """The middle of its box."""
        west, east, south, north = self.box
        return (west + east) / 2, (south + north) / 2

    @property
    def label(self) -> str:
        """Its label: 3栋 or its name; in English Bldg 3 or its kind."""
        number = re.fullmatch(r"(\d+)栋", self.key)
        if number and language() == "en":
            return _("{n}栋楼", n=number[1])
        return named(self.kind if language() == "en" and self.kind else self.name)


def outlines(collection: Mapping[str, Any]) -> list[Outline]:
    """The outlines in a GeoJSON collection, one for each `building`, else for each `asset_id`.

    A feature with neither has its `name` as key; a building's name is its key.
    """
    by_key: dict[str, Outline] = {}
    for feature in collection.get("features", ()):
        properties, shape = feature.get("properties") or {}, feature.get("geometry") or {}
        building = properties.get("building")
        key = str(building or properties.get("asset_id") or properties.get("name") or "")
        rings = rings_of(shape)
        if key and rings:
            name = str(building or properties.get("name") or key)
            kind = "" if building else str(properties.get("kind") or "")
            before = by_key.get(key)
            by_key[key] = Outline(key, name, kind, (*(before.rings if before else ()), *rings))
    return list(by_key.values())


def rings_of(shape: Mapping[str, Any]) -> tuple[Ring, ...]:
    """The outer rings of a Polygon or MultiPolygon; empty for other shapes."""
    if shape.get("type") == "Polygon":
        return (shape["coordinates"][0],)
    if shape.get("type") == "MultiPolygon":
        return tuple(part[0] for part in shape["coordinates"])
    return ()


def extent(plan: Sequence[Outline]) -> tuple[list[float], list[float]]:
    """The ranges of both axes around all outlines."""
    boxes = [outline.box for outline in plan]
    west, east = min(box[0] for box in boxes), max(box[1] for box in boxes)
    south, north = min(box[2] for box in boxes), max(box[3] for box in boxes)
    wide, tall = (east - west) * 0.02 or 1, (north - south) * 0.02 or 1
    return [west - wide, east + wide], [south - tall, north + tall]


def ratio(ys: Sequence[float]) -> float:
    """The length of a unit of y over one of x: 1 for metres, more for degrees."""
    middle = (ys[0] + ys[1]) / 2
    degrees = abs(ys[1] - ys[0]) < 1 and abs(middle) < 90
    return round(1 / math.cos(math.radians(middle)), 4) if degrees else 1
