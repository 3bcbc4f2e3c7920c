"""The building plan in relief: each building a block as high as its value, without WebGL."""

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
    NOMINAL_WIDTH,
    PlanValues,
    class_areas,
    click_targets,
    corners,
    frames,
    labels,
    plan_axes,
    site_alt,
    site_legend,
)
from board.i18n import _
from board.metrics import PERCENT, Status, Unit
from board.theme import Theme

# Height is drawn to the right and up, so the south and the west side of a block are visible.
RIGHT, UP = 0.28, 1.0
HIGHEST = 0.16  # of the plan's height: the blocks of one street do not cover the roofs behind them
CLOSE_VALUES = (
    0.5  # of the greatest: if all values are above this, heights from zero would look the same
)
SOUTH, WEST = 0.7, 0.84  # how much of the roof's colour the two sides have


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
    """As `site_plan`, with each building as high as its value is above `height_base`.

    A building without a value is flat; customdata is the key.
    """
    plan = outlines(collection)
    if not plan:
        return empty(theme, _("没有楼栋平面图。"))
    plan_values = PlanValues(values, unit, states or {})
    xs, ys = extent(plan)
    most = (ys[1] - ys[0]) * HIGHEST
    heights = {building.key: most * height_share(plan_values, building.key) for building in plan}
    data: list[Spec] = []
    for building in sorted(plan, key=lambda o: (-o.box[2], -o.box[0])):
        data += block_traces(building, heights[building.key], plan_values, theme, ratio(ys))
    current_outlines = [
        raised_outline(building, heights[building.key], ratio(ys))
        for building in plan
        if building.key == current
    ]
    data += frames(current_outlines, theme)
    roofs = [raised_point(building.middle, heights[building.key], ratio(ys)) for building in plan]
    xs = [xs[0], xs[1] + RIGHT * most * ratio(ys)]
    ys = [ys[0], ys[1] + UP * most]
    tall = (ys[1] - ys[0]) * ratio(ys) / (xs[1] - xs[0])
    scale = (NOMINAL_WIDTH - 60) / (xs[1] - xs[0])
    return figure(
        [*data, click_targets(plan, roofs, plan_values)],
        theme, site_alt(title, plan, plan_values), 38 + min(max(NOMINAL_WIDTH * tall, 160), 660),
        annotations=[*labels(plan, roofs, plan_values, theme, scale), *site_legend(plan, plan_values, theme)],
        **plan_axes(xs, ys, site_legend(plan, plan_values, theme)),
    )  # fmt: skip


def height_share(plan_values: PlanValues, key: str) -> float:
    """A building's height as a fraction of the greatest height; 0 without a value."""
    value = plan_values.values.get(key)
    if value is None:
        return 0.0
    low, high = (
        height_base(plan_values.values.values(), plan_values.unit),
        max(plan_values.borders[-1], 0.0),
    )
    return max(value - low, 0) / ((high - low) or 1)


def height_base(values: Iterable[float | None], unit: Unit) -> float:
    """The value with height 0: zero, or the lowest class border if values are close together."""
    borders = classes(list(values), unit)
    return borders[0] if borders[0] < 0 or borders[0] > CLOSE_VALUES * borders[-1] else 0.0


def raised_point(point: Sequence[float], height: float, stretch: float) -> Point:
    """A point of the plan moved up by a height, rounded to the precision of the drawing."""
    if not height:
        return point[0], point[1]
    digits = max(0, 3 - math.floor(math.log10(height)))
    across, up = point[0] + RIGHT * height * stretch, point[1] + UP * height
    return round(across, digits), round(up, digits)


def raised_outline(building: Outline, height: float, stretch: float) -> Outline:
    """A building's outline moved up by a height."""
    rings = tuple(
        [raised_point(point, height, stretch) for point in ring] for ring in building.rings
    )
    return replace(building, rings=rings)


def block_traces(
    building: Outline, height: float, plan_values: PlanValues, theme: Theme, stretch: float
) -> list[Spec]:
    """A building's traces: its sides in two shades, then its roof; flat without a height."""
    level, reason = plan_values.level(building.key), plan_values.reason(building.key)
    if level is None:
        fill, edge = (theme.ground, theme.axis) if reason else (theme.band, theme.band)
        return class_areas([building], fill, edge, reason)
    fill = theme.ramp[level]
    dark = theme.ink if theme.name == "light" else theme.ground
    sides = [wall for ring in building.rings for wall in walls(ring, height, stretch)]
    traces: list[Spec] = []
    # First all sides in a dark colour, then the building's own colour, stronger on the west.
    for rings, colour in (
        ([wall for _south, wall in sides], dark),
        ([wall for south, wall in sides if south], theme.faint(fill, SOUTH)),
        ([wall for south, wall in sides if not south], theme.faint(fill, WEST)),
    ):
        side = {"type": "scatter", "mode": "lines", **corners([replace(building, rings=tuple(rings))]),
                "fill": "toself", "fillcolor": colour, "hoverinfo": "skip",
                "line": {"width": 0}}  # fmt: skip
        traces += [side] if rings else []
    return [*traces, *class_areas([raised_outline(building, height, stretch)], fill, fill)]


def walls(ring: Ring, height: float, stretch: float) -> Iterator[tuple[bool, Ring]]:
    """The visible sides of a ring: (whether it faces south rather than west, its corners)."""
    around = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    for a, b in pairwise(ring if around > 0 else list(reversed(ring))):
        across, along = b[0] - a[0], b[1] - a[1]
        # Anticlockwise, the outside lies to the right of each edge.
        outward = (along, -across)
        if outward[0] * -RIGHT + outward[1] * -UP <= 0:
            continue
        up = [raised_point(point, height, stretch) for point in (b, a)]
        yield abs(outward[1]) >= abs(outward[0]), [a, b, *up, a]
