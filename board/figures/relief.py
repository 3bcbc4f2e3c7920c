"""The building plan raised: each building a block as high as its figure, no WebGL needed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from board.figures.shared.classes import classes
from board.figures.shared.outlines import Outline, Point, Ring, extent, outlines, ratio
from board.figures.shared.parts import Spec, empty, figure
from board.figures.site import (
    NOMINAL,
    Shown,
    corners,
    frame,
    framed,
    ground,
    handles,
    labels,
    site_alt,
    site_key,
)
from board.i18n import _
from board.metrics import PERCENT, Status, Unit
from board.theme import Theme

# Up in the plan is right and up in the picture: the south and the west side of a block show.
RIGHT, UP = 0.28, 1.0
HIGHEST = 0.16  # of the plan's height: blocks of one street leave the next one's roofs free
CLOSE = 0.5  # of the greatest: from here on heights from nought would all look the same
SOUTH, WEST = 0.7, 0.84  # of the roof's colour that the two sides keep


def site_relief(
    collection: Mapping[str, Any],
    values: Mapping[str, float | None],
    theme: Theme,
    *,
    title: str,
    unit: Unit = PERCENT,
    states: Mapping[str, Status] | None = None,
    current: str = "",
) -> dict[str, Any]:
    """As `site_plan`, each building as high as its value is above `foot`.

    A building without a value stays flat; customdata is the key.
    """
    plan = outlines(collection)
    if not plan:
        return empty(theme, _("没有楼栋平面图。"))
    told = Shown(values, unit, states or {})
    xs, ys = extent(plan)
    most = (ys[1] - ys[0]) * HIGHEST
    heights = {one.key: most * share(told, one.key) for one in plan}
    data: list[Spec] = []
    for one in sorted(plan, key=lambda o: (-o.box[2], -o.box[0])):
        data += block(one, heights[one.key], told, theme, ratio(ys))
    own = [raised(one, heights[one.key], ratio(ys)) for one in plan if one.key == current]
    data += framed(own, theme)
    roofs = [raised_point(one.middle, heights[one.key], ratio(ys)) for one in plan]
    xs = [xs[0], xs[1] + RIGHT * most * ratio(ys)]
    ys = [ys[0], ys[1] + UP * most]
    tall = (ys[1] - ys[0]) * ratio(ys) / (xs[1] - xs[0])
    scale = (NOMINAL - 60) / (xs[1] - xs[0])
    return figure(
        [*data, handles(plan, roofs, told)],
        theme, site_alt(title, plan, told), 38 + min(max(NOMINAL * tall, 160), 660),
        annotations=[*labels(plan, roofs, told, theme, scale), *site_key(plan, told, theme)],
        **frame(xs, ys, site_key(plan, told, theme)),
    )  # fmt: skip


def share(told: Shown, key: str) -> float:
    """How high a building is, of the highest there can be; nought without a value."""
    value = told.values.get(key)
    if value is None:
        return 0.0
    low, high = foot(told.values.values(), told.unit), max(told.borders[-1], 0.0)
    return max(value - low, 0) / ((high - low) or 1)


def foot(values: Iterable[float | None], unit: Unit) -> float:
    """Where heights begin: at nought, or at the least class where all lie close together."""
    borders = classes(list(values), unit)
    return borders[0] if borders[0] < 0 or borders[0] > CLOSE * borders[-1] else 0.0


def raised_point(point: Sequence[float], height: float, stretch: float) -> Point:
    """Where a point of the plan stands at a height, as finely as the plan is drawn."""
    if not height:
        return point[0], point[1]
    digits = max(0, 3 - math.floor(math.log10(height)))
    across, up = point[0] + RIGHT * height * stretch, point[1] + UP * height
    return round(across, digits), round(up, digits)


def raised(one: Outline, height: float, stretch: float) -> Outline:
    """The outline at a height."""
    rings = tuple([raised_point(point, height, stretch) for point in ring] for ring in one.rings)
    return replace(one, rings=rings)


def block(one: Outline, height: float, told: Shown, theme: Theme, stretch: float) -> list[Spec]:
    """A building: its sides in two shades, its roof over them; flat where it has no height."""
    level, why = told.level(one.key), told.why(one.key)
    if level is None:
        fill, edge = (theme.ground, theme.axis) if why else (theme.band, theme.band)
        return ground([one], fill, edge, why)
    fill = theme.ramp[level]
    dark = theme.ink if theme.name == "light" else theme.ground
    sides = [wall for ring in one.rings for wall in walls(ring, height, stretch)]
    found: list[Spec] = []
    # The sides all dark, and over that the building's own colour, more of it on the west.
    for own, colour in (
        ([wall for _south, wall in sides], dark),
        ([wall for south, wall in sides if south], theme.faint(fill, SOUTH)),
        ([wall for south, wall in sides if not south], theme.faint(fill, WEST)),
    ):
        side = {"type": "scatter", "mode": "lines", **corners([replace(one, rings=tuple(own))]),
                "fill": "toself", "fillcolor": colour, "hoverinfo": "skip",
                "line": {"width": 0}}  # fmt: skip
        found += [side] if own else []
    return [*found, *ground([raised(one, height, stretch)], fill, fill)]


def walls(ring: Ring, height: float, stretch: float) -> Iterator[tuple[bool, Ring]]:
    """The sides of a ring that face south or west, each with whether it is the south it faces."""
    around = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    for a, b in pairwise(ring if around > 0 else list(reversed(ring))):
        across, along = b[0] - a[0], b[1] - a[1]
        # Anticlockwise, the outside lies to the right of each edge.
        outward = (along, -across)
        if outward[0] * -RIGHT + outward[1] * -UP <= 0:
            continue
        up = [raised_point(point, height, stretch) for point in (b, a)]
        yield abs(outward[1]) >= abs(outward[0]), [a, b, *up, a]
