"""Names on the flow map, placed so that none overlaps another."""

from __future__ import annotations

import math
from collections.abc import Sequence

from board.figures.shared.bearings import Stop, emptiest_direction, ring_radii
from board.figures.shared.parts import Spec, bold, escape, note, width
from board.i18n import _
from board.metrics import PERSONS
from board.numerals import shown
from board.theme import Theme

Box = tuple[float, float, float, float]


def place_names(
    stops: Sequence[Stop], home: tuple[str, int | None], frame: tuple[list[float], list[float]],
    scale: float, theme: Theme,
) -> list[Spec]:  # fmt: skip
    """The names of the settlement, the rings and the counties, none overlapping another.

    `scale` is the units of the axes per px; `home` is the settlement's name and number of people.
    """
    boxes = [box(0, 0, 10 * scale, 10 * scale)]
    boxes += [box(county_stop.x, county_stop.y, 9 * scale, 9 * scale) for county_stop in stops]
    here, people = home
    label = f"{here} {shown(people, PERSONS)}" if people is not None else here
    notes = placed_name(
        label, (0.0, 0.0), 16, ("below", "right", "left", "above"), boxes, scale, theme
    )
    for name_note in notes:
        name_note["text"] = bold(here) + escape(label.removeprefix(here))
    for distance in ring_radii(stops):
        angle = emptiest_direction(stops, math.sqrt(distance), *frame)
        x, y = math.sqrt(distance) * math.sin(angle), math.sqrt(distance) * math.cos(angle)
        notes += placed_name(
            _("{far}公里", far=f"{distance:,}"), (x, y), 12, ("on",), boxes, scale, theme
        )
    for county_stop in stops:
        sides = ("right", "left") if county_stop.x >= 0 else ("left", "right")
        text = f"{county_stop.name} {shown(county_stop.people, PERSONS)}"
        place = county_stop.x, county_stop.y
        notes += placed_name(text, place, 14, (*sides, "above", "below"), boxes, scale, theme)
    return notes


def placed_name(
    text: str, at: tuple[float, float], size: int, sides: Sequence[str], boxes: list[Box],
    scale: float, theme: Theme,
) -> list[Spec]:  # fmt: skip
    """A name on the first side where it overlaps none of `boxes`; empty if there is no such side.

    Adds the name's box to `boxes`.
    """
    x, y = at
    own_dot = box(x, y, 9 * scale, 9 * scale)  # which the name may overlap
    wide, tall, away = width(text, size) * scale, (size + 3) * scale, 11 * scale
    middles = {
        "right": (x + away + wide / 2, y),
        "left": (x - away - wide / 2, y),
        "above": (x, y + away + tall / 2),
        "below": (x, y - away - tall / 2),
        "on": (x, y),
    }
    anchors: dict[str, Spec] = {
        "right": {"xanchor": "left", "xshift": 11},
        "left": {"xanchor": "right", "xshift": -11},
        "above": {"xanchor": "center", "yshift": 11 + size / 2},
        "below": {"xanchor": "center", "yshift": -11 - size / 2},
        "on": {"xanchor": "center"},
    }
    font = {"size": size, "color": theme.mute if size < 14 else theme.ink}
    style: Spec = {"font": font, "bgcolor": theme.faint(theme.ground, 0.7), "borderpad": 0}
    for side in sides:
        here = box(*middles[side], wide / 2, tall / 2)
        if all(are_apart(here, other) for other in boxes if other != own_dot):
            boxes.append(here)
            return [note(round(x, 2), round(y, 2), escape(text), **style, **anchors[side])]
    return []


def box(x: float, y: float, half_wide: float, half_tall: float) -> Box:
    """A box (left, right, bottom, top) around a middle."""
    return x - half_wide, x + half_wide, y - half_tall, y + half_tall


def are_apart(first: Box, second: Box) -> bool:
    """Whether two boxes do not overlap."""
    return (
        first[1] < second[0] or second[1] < first[0] or first[3] < second[2] or second[3] < first[2]
    )
