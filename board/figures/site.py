"""The settlement's own building plan, coloured by one figure: no tiles, no boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from board.figures.shared.classes import classes, ramp_key, shade
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

NOMINAL = 620  # px: the width the height is chosen for


@dataclass(frozen=True)
class Shown:
    """What the plan says of its buildings: values, why some have none, the unit, the classes."""

    values: Mapping[str, float | None]
    unit: Unit
    states: Mapping[str, Status]

    @property
    def borders(self) -> list[float]:
        """The borders of the classes over all values."""
        return classes(list(self.values.values()), self.unit)

    def level(self, key: str) -> int | None:
        """The shade of a building; none without a value."""
        return shade(self.values.get(key), self.borders)

    def why(self, key: str) -> Status | None:
        """Why a building that is asked for has no value."""
        if key not in self.values or self.values[key] is not None:
            return None
        return self.states.get(key, Status.NO_DATA)

    def text(self, key: str, unit: Unit | None = None) -> str:
        """The value of a building, or why there is none."""
        why = self.why(key)
        return _(why.word) if why else shown(self.values[key], unit or self.unit)

    def others(self, plan: Sequence[Outline]) -> list[Status]:
        """All reasons there are, for the key."""
        return sorted({why for one in plan if (why := self.why(one.key))}, key=list(Status).index)


def site_plan(
    collection: Mapping[str, Any],
    values: Mapping[str, float | None],
    theme: Theme,
    *,
    title: str,
    unit: Unit = PERCENT,
    height: float | None = None,
    states: Mapping[str, Status] | None = None,
    current: str = "",
) -> dict[str, Any]:
    """Buildings of a GeoJSON plan, each shaded and labelled with its value; customdata is the key.

    A building `values` does not name is an empty outline; one with None says why (`states`,
    else 未报), withheld ones are hatched. `current` has a frame around it.
    Coordinates may be metres or degrees; north is up.
    """
    plan = outlines(collection)
    if not plan:
        return empty(theme, _("没有楼栋平面图。"))
    told = Shown(values, unit, states or {})
    groups: list[Spec] = []
    for level, fill in enumerate(theme.ramp):
        groups += ground([one for one in plan if told.level(one.key) == level], fill, fill)
    groups += ground([one for one in plan if one.key not in values], theme.band, theme.band)
    for why in told.others(plan):
        groups += ground([o for o in plan if told.why(o.key) is why], theme.ground, theme.axis, why)
    groups += framed([one for one in plan if one.key == current], theme)
    xs, ys = extent(plan)
    tall = (ys[1] - ys[0]) * ratio(ys) / (xs[1] - xs[0])
    scale = (NOMINAL - 60) / (xs[1] - xs[0])
    height = height or 38 + min(max(NOMINAL * tall, 160), 620)
    middles = [one.middle for one in plan]
    return figure(
        [*groups, handles(plan, middles, told)],
        theme, site_alt(title, plan, told), height,
        annotations=[*labels(plan, middles, told, theme, scale), *site_key(plan, told, theme)],
        **frame(xs, ys, site_key(plan, told, theme)),
    )  # fmt: skip


def frame(xs: list[float], ys: list[float], key: Sequence[Spec]) -> Spec:
    """The axes of a plan, one scale for both, and room for its key above."""
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


def site_key(plan: Sequence[Outline], told: Shown, theme: Theme) -> list[Spec]:
    """The classes and the reasons for no value, over the plan; nothing where nothing is asked."""
    if not any(one.key in told.values for one in plan):
        return []
    others = told.others(plan)
    borders = told.borders if any(v is not None for v in told.values.values()) else []
    return ramp_key(borders, told.unit, theme, others=others, across=NOMINAL - 80)


def ground(
    members: Sequence[Outline], fill: str, edge: str, why: Status | None = None
) -> list[Spec]:
    """The grounds of all buildings of one class in one trace, seams between its rings closed."""
    if not members:
        return []
    stroke = {"width": 3 if fill == edge else 1, "color": edge}
    found = {"type": "scatter", "mode": "lines", **corners(members), "fill": "toself",
             "fillcolor": fill, "hoverinfo": "skip", "line": stroke}  # fmt: skip
    if why is Status.SUPPRESSED:
        found["fillpattern"] = {"shape": "/", "fgcolor": edge, "bgcolor": fill, "size": 7,
                                "solidity": 0.25}  # fmt: skip
    return [found]


def corners(members: Sequence[Outline]) -> Spec:
    """The rings of buildings as x and y, a gap after each."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in (ring for one in members for ring in one.rings):
        xs += [point[0] for point in ring] + [None]
        ys += [point[1] for point in ring] + [None]
    return {"x": xs, "y": ys}


def framed(members: Sequence[Outline], theme: Theme) -> list[Spec]:
    """A frame around the box of the building the page is about."""
    found = []
    for one in members:
        west, east, south, north = one.box
        off = (east - west + north - south) * 0.03
        xs = [west - off, east + off, east + off, west - off, west - off]
        ys = [south - off, south - off, north + off, north + off, south - off]
        found.append(line(xs, ys, theme.ink, 2.5))
    return found


def handles(plan: Sequence[Outline], middles: Sequence[Point], told: Shown) -> Spec:
    """An unseen square in the middle of each building: what is hovered and clicked."""
    own = hover([said(one, told) for one in plan], [one.key for one in plan])
    xs, ys = [x for x, _y in middles], [y for _x, y in middles]
    return dots(xs, ys, CLEAR, 46, marker={"symbol": "square"}) | own


def labels(
    plan: Sequence[Outline], middles: Sequence[Point], told: Shown, theme: Theme, scale: float
) -> list[Spec]:
    """Name and value on each building that has room for them."""
    notes = []
    for one, middle in zip(plan, middles, strict=True):
        level = told.level(one.key)
        ink = theme.mute if level is None else theme.on_ramp[level]
        if text := label(one, told, scale):
            hatched = told.why(one.key) is Status.SUPPRESSED
            own = {"bgcolor": theme.ground, "borderpad": 1} if hatched else {}
            font = {"size": 14, "color": ink}
            notes.append(note(*middle, text, xanchor="center", font=font, **own))
    return notes


def label(one: Outline, told: Shown, scale: float) -> str:
    """What fits on a building at `scale` px a unit: name and value, the value alone, or nothing."""
    whole = replace(told.unit, decimals=0) if told.unit.key == "fraction" else told.unit
    west, east, south, north = one.box
    why, text = told.why(one.key), told.text(one.key, whole) if one.key in told.values else ""
    if why and width(text, 14) > (east - west) * scale - 8:
        text = why.mark
    value = [escape(text)] if text else []
    name = wrapped(one.words, 14, (east - west) * scale).split("<br>")
    fits = widest(name, 14) * 1.04 <= (east - west) * scale
    if fits and (len(name) + len(value)) * 17 <= (north - south) * scale + 6:
        return "<br>".join([*(f"<b>{part}</b>" for part in name), *value])
    return value[0] if value else ""


def said(one: Outline, told: Shown) -> str:
    """A building in a hover."""
    lines = [bold(one.words)]
    if one.key in told.values:
        why, value = told.why(one.key), told.values[one.key]
        lines.append(escape(_(why.word) if why else counted(value, told.unit)))
    return "<br>".join(lines)


def site_alt(title: str, plan: Sequence[Outline], told: Shown) -> str:
    """Every building's figure in a sentence."""
    rows = _("；").join(
        f"{one.words} {told.text(one.key)}" for one in plan if one.key in told.values
    )
    return _("楼栋平面图：{title}。{rows}。", title=title, rows=rows or _("无"))
