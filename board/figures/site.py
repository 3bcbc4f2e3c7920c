"""The settlement's own building plan, coloured by one figure: no tiles, no boundaries."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from board.figures._classes import classes, ramp_key, shade
from board.figures._parts import (
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    note,
    widest,
    wrapped,
)
from board.figures._words import named
from board.i18n import _, language
from board.metrics import PERCENT, Unit
from board.numerals import counted, shown
from board.theme import CLEAR, Theme

NOMINAL = 620  # px: the width the height is chosen for
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Outline:
    """A building or an asset on the plan: its key, name and kind, the rings of its ground."""

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
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        west, east, south, north = self.box
        return (west + east) / 2, (south + north) / 2

    @property
    def words(self) -> str:
        """What it is called: 3栋 or its name / Bldg 3 or its kind."""
        number = re.fullmatch(r"(\d+)栋", self.key)
        if number and language() == "en":
            return _("{n}栋楼", n=number[1])
        return named(self.kind if language() == "en" and self.kind else self.name)


def outlines(collection: Mapping[str, Any]) -> list[Outline]:
    """The plan of a GeoJSON collection: features of one `building` together, else by `asset_id`.

    A feature's `name` stands where it has neither; a building is called by its key.
    """
    found: dict[str, Outline] = {}
    for feature in collection.get("features", ()):
        words, shape = feature.get("properties") or {}, feature.get("geometry") or {}
        building = words.get("building")
        key = str(building or words.get("asset_id") or words.get("name") or "")
        rings = rings_of(shape)
        if key and rings:
            name = str(building or words.get("name") or key)
            kind = "" if building else str(words.get("kind") or "")
            before = found.get(key)
            found[key] = Outline(key, name, kind, (*(before.rings if before else ()), *rings))
    return list(found.values())


def rings_of(shape: Mapping[str, Any]) -> tuple[Ring, ...]:
    """The outer rings of a polygon or of several; nothing of other shapes."""
    if shape.get("type") == "Polygon":
        return (shape["coordinates"][0],)
    if shape.get("type") == "MultiPolygon":
        return tuple(part[0] for part in shape["coordinates"])
    return ()


def site_plan(
    collection: Mapping[str, Any],
    values: Mapping[str, float | None],
    theme: Theme,
    *,
    title: str,
    unit: Unit = PERCENT,
    height: float | None = None,
) -> dict[str, Any]:
    """Buildings of a GeoJSON plan, each shaded and labelled with its value; customdata is the key.

    A building `values` does not name is an empty outline, one with None is 未报.
    Coordinates may be metres or degrees; north is up.
    """
    plan = outlines(collection)
    if not plan:
        return empty(theme, _("没有楼栋平面图。"))
    named_here = [values[one.key] for one in plan if one.key in values]
    borders = classes(named_here, unit)
    levels = {one.key: shade(values.get(one.key), borders) for one in plan}
    groups: list[Spec] = []
    for level, fill in enumerate(theme.ramp):
        groups += ground([one for one in plan if levels[one.key] == level], fill, fill)
    blank = [one for one in plan if levels[one.key] is None]
    groups += ground([one for one in blank if one.key not in values], theme.band, theme.band)
    groups += ground([one for one in blank if one.key in values], theme.ground, theme.axis)
    xs, ys = extent(plan)
    tall = (ys[1] - ys[0]) * ratio(ys) / (xs[1] - xs[0])
    scale = (NOMINAL - 60) / (xs[1] - xs[0])
    height = height or 38 + min(max(NOMINAL * tall, 160), 620)
    return figure(
        [*groups, handles(plan, values, unit)],
        theme, site_alt(title, plan, values, unit), height,
        annotations=[
            *labels(plan, values, levels, theme, unit, scale),
            *(ramp_key(borders, unit, theme, missing=None in named_here) if named_here else []),
        ],
        hoverdistance=30,
        xaxis={"visible": False, "range": xs, "constrain": "domain", "constraintoward": "left"},
        yaxis={"visible": False, "range": ys, "scaleanchor": "x", "scaleratio": ratio(ys),
               "constrain": "domain", "constraintoward": "top"},
        margin={"l": 2, "r": 2, "t": 34, "b": 4},
    )  # fmt: skip


def extent(plan: Sequence[Outline]) -> tuple[list[float], list[float]]:
    """The ranges of both axes around all buildings."""
    boxes = [one.box for one in plan]
    west, east = min(box[0] for box in boxes), max(box[1] for box in boxes)
    south, north = min(box[2] for box in boxes), max(box[3] for box in boxes)
    wide, tall = (east - west) * 0.02 or 1, (north - south) * 0.02 or 1
    return [west - wide, east + wide], [south - tall, north + tall]


def ratio(ys: Sequence[float]) -> float:
    """How much taller a unit of y is than one of x: 1 in metres, more in degrees."""
    middle = (ys[0] + ys[1]) / 2
    degrees = abs(ys[1] - ys[0]) < 1 and abs(middle) < 90
    return round(1 / math.cos(math.radians(middle)), 4) if degrees else 1


def ground(members: Sequence[Outline], fill: str, edge: str) -> list[Spec]:
    """The grounds of all buildings of one class in one trace, seams between its rings closed."""
    if not members:
        return []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in (ring for one in members for ring in one.rings):
        xs += [point[0] for point in ring] + [None]
        ys += [point[1] for point in ring] + [None]
    stroke = {"width": 3 if fill == edge else 1, "color": edge}
    return [{"type": "scatter", "mode": "lines", "x": xs, "y": ys, "fill": "toself",
             "fillcolor": fill, "hoverinfo": "skip", "line": stroke}]  # fmt: skip


def handles(plan: Sequence[Outline], values: Mapping[str, float | None], unit: Unit) -> Spec:
    """An unseen square in the middle of each building: what is hovered and clicked."""
    middles = [one.middle for one in plan]
    own = hover([said(one, values, unit) for one in plan], [one.key for one in plan])
    xs, ys = [x for x, _y in middles], [y for _x, y in middles]
    return dots(xs, ys, CLEAR, 46, marker={"symbol": "square"}) | own


def labels(
    plan: Sequence[Outline], values: Mapping[str, float | None],
    levels: Mapping[str, int | None], theme: Theme, unit: Unit, scale: float,
) -> list[Spec]:  # fmt: skip
    """Name and value on each building that has room for them."""
    notes = []
    for one in plan:
        level = levels[one.key]
        ink = theme.mute if level is None else theme.on_ramp[level]
        if text := label(one, values, unit, scale):
            font = {"size": 14, "color": ink}
            notes.append(note(*one.middle, text, xanchor="center", font=font))
    return notes


def label(one: Outline, values: Mapping[str, float | None], unit: Unit, scale: float) -> str:
    """What fits on a building at `scale` px a unit: name and value, the value alone, or nothing."""
    whole = replace(unit, decimals=0) if unit.key == "fraction" else unit
    value = [escape(shown(values[one.key], whole))] if one.key in values else []
    west, east, south, north = one.box
    name = wrapped(one.words, 14, (east - west) * scale).split("<br>")
    fits = widest(name, 14) * 1.04 <= (east - west) * scale
    if fits and (len(name) + len(value)) * 17 <= (north - south) * scale + 6:
        return "<br>".join([*(f"<b>{part}</b>" for part in name), *value])
    return value[0] if value else ""


def said(one: Outline, values: Mapping[str, float | None], unit: Unit) -> str:
    """A building in a hover."""
    lines = [bold(one.words)]
    if one.key in values:
        value = values[one.key]
        lines.append(escape(_("未报") if value is None else counted(value, unit)))
    return "<br>".join(lines)


def site_alt(
    title: str, plan: Sequence[Outline], values: Mapping[str, float | None], unit: Unit
) -> str:
    """Every building's figure in a sentence."""
    told = _("；").join(
        f"{one.words} {shown(values[one.key], unit)}" for one in plan if one.key in values
    )
    return _("楼栋平面图：{title}。{rows}。", title=title, rows=told or _("无"))
