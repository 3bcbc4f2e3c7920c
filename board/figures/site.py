"""The settlement's building plan, coloured by one metric; without map tiles or boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from board.figures.shared.classes import classes, ramp_legend, shade
from board.figures.shared.outlines import Outline, Point, extent, outlines, ratio
from board.figures.shared.parts import (
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    line,
    note,
    widest,
    width,
    wrapped,
)
from board.i18n import _
from board.metrics import PERCENT, Status, Unit
from board.numerals import counted, shown
from board.theme import CLEAR, Theme

NOMINAL_WIDTH = 620  # px: the figure's width, from which its height follows


@dataclass(frozen=True)
class PlanValues:
    """The buildings' values by key, their unit, and why some have none.

    A key with None in `values` has its reason in `states`, else it counts as not reported.
    """

    values: Mapping[str, float | None]
    unit: Unit
    states: Mapping[str, Status]

    @property
    def borders(self) -> list[float]:
        """The borders of the classes of all values."""
        return classes(list(self.values.values()), self.unit)

    def level(self, key: str) -> int | None:
        """The shade of a building, 0 to 3; None without a value."""
        return shade(self.values.get(key), self.borders)

    def reason(self, key: str) -> Status | None:
        """Why a building in `values` has no value; None if it has one or is not in `values`."""
        if key not in self.values or self.values[key] is not None:
            return None
        return self.states.get(key, Status.NO_DATA)

    def text(self, key: str, unit: Unit | None = None) -> str:
        """The value of a building as text, or the reason why there is none."""
        reason = self.reason(key)
        return _(reason.word) if reason else shown(self.values[key], unit or self.unit)

    def reasons(self, plan: Sequence[Outline]) -> list[Status]:
        """All reasons for missing values, for the legend."""
        return sorted(
            {reason for building in plan if (reason := self.reason(building.key))},
            key=list(Status).index,
        )


def site_plan(
    collection: Mapping[str, Any],
    values: Mapping[str, float | None],
    theme: Theme,
    *,
    title: str,
    unit: Unit = PERCENT,
    states: Mapping[str, Status] | None = None,
    current: str = "",
) -> dict[str, Any]:
    """Buildings of a GeoJSON plan, shaded and labelled by value; customdata is the building's key.

    A building that `values` does not name is an empty outline. One with None shows the reason
    (`states`, else 未报); a suppressed one is hatched. `current` is the key of the building with a
    frame. Coordinates may be metres or degrees; north is up.
    """
    plan = outlines(collection)
    if not plan:
        return empty(theme, _("没有楼栋平面图。"))
    plan_values = PlanValues(values, unit, states or {})
    groups: list[Spec] = []
    for level, fill in enumerate(theme.ramp):
        groups += class_areas(
            [building for building in plan if plan_values.level(building.key) == level], fill, fill
        )
    groups += class_areas(
        [building for building in plan if building.key not in values], theme.band, theme.band
    )
    for reason in plan_values.reasons(plan):
        groups += class_areas(
            [o for o in plan if plan_values.reason(o.key) is reason],
            theme.ground,
            theme.axis,
            reason,
        )
    groups += frames([building for building in plan if building.key == current], theme)
    xs, ys = extent(plan)
    tall = (ys[1] - ys[0]) * ratio(ys) / (xs[1] - xs[0])
    scale = (NOMINAL_WIDTH - 60) / (xs[1] - xs[0])
    middles = [building.middle for building in plan]
    return figure(
        [*groups, click_targets(plan, middles, plan_values)],
        theme, site_alt(title, plan, plan_values), 38 + min(max(NOMINAL_WIDTH * tall, 160), 620),
        annotations=[*labels(plan, middles, plan_values, theme, scale), *site_legend(plan, plan_values, theme)],
        **plan_axes(xs, ys, site_legend(plan, plan_values, theme)),
    )  # fmt: skip


def plan_axes(xs: list[float], ys: list[float], key: Sequence[Spec]) -> Spec:
    """The layout of a plan: axes of one scale, and space for the legend above."""
    lines = sum(note["text"].count("<br>") for note in key)
    return {
        "hoverdistance": 30,
        "xaxis": {
            "visible": False, "range": xs, "constrain": "domain", "constraintoward": "left",
        },
        "yaxis": {
            "visible": False, "range": ys, "scaleanchor": "x", "scaleratio": ratio(ys),
            "constrain": "domain", "constraintoward": "top",
        },
        "margin": {"l": 2, "r": 2, "t": 34 + 18 * lines, "b": 4},
    }  # fmt: skip


def site_legend(plan: Sequence[Outline], plan_values: PlanValues, theme: Theme) -> list[Spec]:
    """The legend above the plan: classes, and reasons for missing values; empty without values."""
    if not any(building.key in plan_values.values for building in plan):
        return []
    reasons = plan_values.reasons(plan)
    borders = plan_values.borders if any(v is not None for v in plan_values.values.values()) else []
    return ramp_legend(borders, plan_values.unit, theme, others=reasons, across=NOMINAL_WIDTH - 80)


def class_areas(
    members: Sequence[Outline], fill: str, edge: str, reason: Status | None = None
) -> list[Spec]:
    """The areas of all buildings of one class in one trace."""
    if not members:
        return []
    stroke = {"width": 3 if fill == edge else 1, "color": edge}
    trace = {"type": "scatter", "mode": "lines", **corners(members), "fill": "toself",
             "fillcolor": fill, "hoverinfo": "skip", "line": stroke}  # fmt: skip
    if reason is Status.SUPPRESSED:
        trace["fillpattern"] = {"shape": "/", "fgcolor": edge, "bgcolor": fill, "size": 7,
                                "solidity": 0.25}  # fmt: skip
    return [trace]


def corners(members: Sequence[Outline]) -> Spec:
    """The rings of buildings as x and y, with None after each ring."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in (ring for building in members for ring in building.rings):
        xs += [point[0] for point in ring] + [None]
        ys += [point[1] for point in ring] + [None]
    return {"x": xs, "y": ys}


def frames(members: Sequence[Outline], theme: Theme) -> list[Spec]:
    """A frame around each of the buildings."""
    traces = []
    for building in members:
        west, east, south, north = building.box
        margin = (east - west + north - south) * 0.03
        xs = [west - margin, east + margin, east + margin, west - margin, west - margin]
        ys = [south - margin, south - margin, north + margin, north + margin, south - margin]
        traces.append(line(xs, ys, theme.ink, 2.5))
    return traces


def click_targets(
    plan: Sequence[Outline], middles: Sequence[Point], plan_values: PlanValues
) -> Spec:
    """An invisible square in the middle of each building, to hover over and click."""
    own = hover(
        [building_hover(building, plan_values) for building in plan],
        [building.key for building in plan],
    )
    xs, ys = [x for x, _y in middles], [y for _x, y in middles]
    return dots(xs, ys, CLEAR, 46, marker={"symbol": "square"}) | own


def labels(
    plan: Sequence[Outline],
    middles: Sequence[Point],
    plan_values: PlanValues,
    theme: Theme,
    scale: float,
) -> list[Spec]:
    """Name and value on each building that has space for them."""
    notes = []
    for building, middle in zip(plan, middles, strict=True):
        level = plan_values.level(building.key)
        ink = theme.mute if level is None else theme.on_ramp[level]
        if text := label(building, plan_values, scale):
            hatched = plan_values.reason(building.key) is Status.SUPPRESSED
            own = {"bgcolor": theme.ground, "borderpad": 1} if hatched else {}
            font = {"size": 14, "color": ink}
            notes.append(note(*middle, text, xanchor="center", font=font, **own))
    return notes


def label(building: Outline, plan_values: PlanValues, scale: float) -> str:
    """The text that fits on a building: name and value, the value only, or nothing.

    `scale` is px per unit of the plan.
    """
    unit = (
        replace(plan_values.unit, decimals=0)
        if plan_values.unit.key == "fraction"
        else plan_values.unit
    )
    west, east, south, north = building.box
    reason, text = (
        plan_values.reason(building.key),
        plan_values.text(building.key, unit) if building.key in plan_values.values else "",
    )
    if reason and width(text, 14) > (east - west) * scale - 8:
        text = reason.mark
    value = [escape(text)] if text else []
    name = wrapped(building.label, 14, (east - west) * scale).split("<br>")
    fits = widest(name, 14) * 1.04 <= (east - west) * scale
    if fits and (len(name) + len(value)) * 17 <= (north - south) * scale + 6:
        return "<br>".join([*(f"<b>{part}</b>" for part in name), *value])
    return value[0] if value else ""


def building_hover(building: Outline, plan_values: PlanValues) -> str:
    """The hover text of a building."""
    lines = [bold(building.label)]
    if building.key in plan_values.values:
        reason, value = plan_values.reason(building.key), plan_values.values[building.key]
        lines.append(escape(_(reason.word) if reason else counted(value, plan_values.unit)))
    return "<br>".join(lines)


def site_alt(title: str, plan: Sequence[Outline], plan_values: PlanValues) -> str:
    """The alt text: every building's value."""
    rows = _("；").join(
        f"{building.label} {plan_values.text(building.key)}"
        for building in plan
        if building.key in plan_values.values
    )
    return _("楼栋平面图：{title}。{rows}。", title=title, rows=rows or _("无"))
