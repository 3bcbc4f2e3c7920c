"""Names on the flow map, each where it meets no other."""

from __future__ import annotations

import math
from collections.abc import Sequence

from board.figures.shared.bearings import Stop, quiet_angle, ring_radii
from board.figures.shared.parts import Spec, bold, escape, note, width
from board.i18n import _
from board.metrics import Unit
from board.numerals import shown
from board.theme import Theme

Box = tuple[float, float, float, float]


def names(
    stops: Sequence[Stop], home: tuple[str, int | None], frame: tuple[list[float], list[float]],
    scale: float, theme: Theme, unit: Unit,
) -> list[Spec]:  # fmt: skip
    """Names of the settlement, the rings and the counties, none over another."""
    taken = [box(0, 0, 10 * scale, 10 * scale)]
    taken += [box(one.x, one.y, 9 * scale, 9 * scale) for one in stops]
    here, people = home
    own = f"{here} {shown(people, unit)}" if people is not None else here
    notes = place(own, (0.0, 0.0), 16, ("below", "right", "left", "above"), taken, scale, theme)
    for own_note in notes:
        own_note["text"] = bold(here) + escape(own.removeprefix(here))
    for far in ring_radii(stops):
        angle = quiet_angle(stops, math.sqrt(far), *frame)
        x, y = math.sqrt(far) * math.sin(angle), math.sqrt(far) * math.cos(angle)
        notes += place(_("{far}公里", far=f"{far:,}"), (x, y), 12, ("on",), taken, scale, theme)
    for one in stops:
        sides = ("right", "left") if one.x >= 0 else ("left", "right")
        text = f"{one.name} {shown(one.people, unit)}"
        notes += place(text, (one.x, one.y), 14, (*sides, "above", "below"), taken, scale, theme)
    return notes


def place(
    text: str, at: tuple[float, float], size: int, sides: Sequence[str], taken: list[Box],
    scale: float, theme: Theme,
) -> list[Spec]:  # fmt: skip
    """A name on the first side where it meets nothing taken; none when there is no such side."""
    x, y = at
    wide, tall, away = width(text, size) * scale, (size + 3) * scale, 11 * scale
    middles = {
        "right": (x + away + wide / 2, y),
        "left": (x - away - wide / 2, y),
        "above": (x, y + away + tall / 2),
        "below": (x, y - away - tall / 2),
        "on": (x, y),
    }
    own: dict[str, Spec] = {
        "right": {"xanchor": "left", "xshift": 11},
        "left": {"xanchor": "right", "xshift": -11},
        "above": {"xanchor": "center", "yshift": 11 + size / 2},
        "below": {"xanchor": "center", "yshift": -11 - size / 2},
        "on": {"xanchor": "center"},
    }
    font = {"size": size, "color": theme.mute if size < 14 else theme.ink}
    look: Spec = {"font": font, "bgcolor": theme.faint(theme.ground, 0.7), "borderpad": 0}
    for side in sides:
        here = box(*middles[side], wide / 2, tall / 2)
        if all(apart_from(here, other) for other in taken if other != dot_at(at, scale)):
            taken.append(here)
            return [note(round(x, 2), round(y, 2), escape(text), **look, **own[side])]
    return []


def box(x: float, y: float, half_wide: float, half_tall: float) -> Box:
    """Left, right, bottom, top around a middle."""
    return x - half_wide, x + half_wide, y - half_tall, y + half_tall


def apart_from(one: Box, other: Box) -> bool:
    """Whether two boxes do not meet."""
    return one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]


def dot_at(at: tuple[float, float], scale: float) -> Box:
    """The room a county's own dot takes, which its name need not keep off."""
    return box(*at, 9 * scale, 9 * scale)
