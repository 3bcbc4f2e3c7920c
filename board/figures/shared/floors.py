"""Where a building's households live: units side by side, floors from the top, a cell each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

CONTINUOUS = 40  # floors: a register that says 99 once doesn't get a hundred rows


@dataclass(frozen=True)
class Room:
    """A household in its room: floor and door, none where the room's text has none.

    `lines` are what a hover says of it, already translated.
    """

    key: str
    unit: str
    room: str
    floor: int | None
    door: str
    state: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A unit in the figure: its doors are columns from `left` on; `odd` are rooms of no floor."""

    unit: str
    left: float
    doors: tuple[str, ...]
    members: tuple[Room, ...]
    odd: tuple[Room, ...] = field(default=())

    @property
    def right(self) -> float:
        """Where its last column ends."""
        return self.left + len(self.doors)


def natural(text: str) -> tuple[int, str]:
    """A name's number before its letters: 2单元 stands before 10单元."""
    number = re.search(r"\d+", text)
    return (int(number[0]) if number else 1 << 30, text)


def blocked(members: Sequence[Room]) -> list[Block]:
    """The units side by side, a column between them."""
    found: list[Block] = []
    for unit in sorted({one.unit for one in members}, key=natural):
        own = [one for one in members if one.unit == unit]
        doors = tuple(sorted({one.door for one in own if one.floor is not None})) or ("",)
        left = found[-1].right + 0.6 if found else 0.0
        odd = tuple(sorted((o for o in own if o.floor is None), key=lambda o: natural(o.room)))
        found.append(Block(unit, left, doors, tuple(own), odd))
    return found


def storeys(members: Sequence[Room]) -> list[int]:
    """The floors from the top, those between without anybody too."""
    found = {one.floor for one in members if one.floor is not None}
    if not found or max(found) - min(found) >= CONTINUOUS:
        return sorted(found, reverse=True)
    return list(range(max(found), min(found) - 1, -1))


@dataclass(frozen=True)
class Cell:
    """A room's place in the figure: left and right edge, row."""

    room: Room
    left: float
    right: float
    row: int

    def at(self, share: float) -> float:
        """Where a share of it ends."""
        return self.left + (self.right - self.left) * share


def cells(block: Block, floors: Sequence[int]) -> list[Cell]:
    """The cells of a unit; households entered for one room share its cell."""
    found = []
    for row, floor in enumerate(floors):
        for n, door in enumerate(block.doors):
            here = [o for o in block.members if o.floor == floor and o.door == door]
            for part, one in enumerate(here):
                left = block.left + n + part / len(here)
                found.append(Cell(one, left, left + 1 / len(here), row))
    for n, one in enumerate(block.odd):
        down, along = divmod(n, len(block.doors))
        left = block.left + along
        found.append(Cell(one, left, left + 1, len(floors) + down))
    return found
