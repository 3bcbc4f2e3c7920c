"""Where a building's households are drawn: units side by side, floors from the top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

CONTINUOUS = 40  # floors: one wrong floor 99 in the register must not make a hundred rows


@dataclass(frozen=True)
class Room:
    """A household and its room; `floor` is None and `door` empty if the room's text has no floor.

    `lines` are the lines of its hover text, already translated.
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
    """A unit in the figure: doors are columns from `left` on; `odd` are rooms without a floor."""

    unit: str
    left: float
    doors: tuple[str, ...]
    members: tuple[Room, ...]
    odd: tuple[Room, ...] = field(default=())

    @property
    def right(self) -> float:
        """The right edge of its last column."""
        return self.left + len(self.doors)


def natural_order(text: str) -> tuple[int, str]:
    """A sort key by the number in a name: 2单元 comes before 10单元."""
    number = re.search(r"\d+", text)
    return (int(number[0]) if number else 1 << 30, text)


def unit_blocks(members: Sequence[Room]) -> list[Block]:
    """The units from left to right, with a gap between them."""
    blocks: list[Block] = []
    for unit in sorted({room.unit for room in members}, key=natural_order):
        own = [room for room in members if room.unit == unit]
        doors = tuple(sorted({room.door for room in own if room.floor is not None})) or ("",)
        left = blocks[-1].right + 0.6 if blocks else 0.0
        odd = tuple(
            sorted((o for o in own if o.floor is None), key=lambda o: natural_order(o.room))
        )
        blocks.append(Block(unit, left, doors, tuple(own), odd))
    return blocks


def floors_shown(members: Sequence[Room]) -> list[int]:
    """The floors from the top, including empty floors between them."""
    floors = {room.floor for room in members if room.floor is not None}
    if not floors or max(floors) - min(floors) >= CONTINUOUS:
        return sorted(floors, reverse=True)
    return list(range(max(floors), min(floors) - 1, -1))


@dataclass(frozen=True)
class Cell:
    """A room's position in the figure: left edge, right edge, row."""

    room: Room
    left: float
    right: float
    row: int

    def at(self, share: float) -> float:
        """The x position at a fraction of the cell's width."""
        return self.left + (self.right - self.left) * share


def cells(block: Block, floors: Sequence[int]) -> list[Cell]:
    """The cells of a unit; households in the same room share its cell."""
    placed = []
    for row, floor in enumerate(floors):
        for n, door in enumerate(block.doors):
            here = [o for o in block.members if o.floor == floor and o.door == door]
            for part, room in enumerate(here):
                left = block.left + n + part / len(here)
                placed.append(Cell(room, left, left + 1 / len(here), row))
    for n, room in enumerate(block.odd):
        down, along = divmod(n, len(block.doors))
        left = block.left + along
        placed.append(Cell(room, left, left + 1, len(floors) + down))
    return placed
