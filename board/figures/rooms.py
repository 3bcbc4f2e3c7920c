"""A building as its floors and doors: one cell a household, its state a shape and a colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from board.figures._parts import Spec, bold, dots, empty, escape, figure, hover, note, width
from board.figures._rows import row_axis
from board.figures._words import named
from board.i18n import _
from board.theme import Theme, Tone

ROW, HEAD, KEY = 34, 46, 26
NAMED = 90  # px: from here on a cell has room for its room's number beside the mark
WIDEST = 150  # px: of a cell; a unit alone does not fill the whole figure
CONTINUOUS = 40  # floors: a register that says 99 once doesn't get a hundred rows
SYMBOLS = {
    "●": "circle", "○": "circle-open", "■": "square", "□": "square-open", "▲": "triangle-up",
    "△": "triangle-up-open", "◆": "diamond", "◇": "diamond-open", "—": "line-ew-open",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """What a cell can say: word (a source string), mark (one of SYMBOLS), tone; solid stands out."""

    key: str
    word: str
    mark: str
    tone: Tone
    solid: bool = False


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


def rooms(
    members: Sequence[Room],
    states: Sequence[State],
    theme: Theme,
    *,
    title: str,
    across: float = 1180,
) -> dict[str, Any]:
    """Floors from the top, doors across, units side by side; customdata is the household.

    `title` says in the alt text what the states are about; `across` is about how many
    pixels wide the figure will be, for the lines of its key.
    """
    if not members:
        return empty(theme, _("这里没有在册户。"))
    blocks = blocked(members)
    floors = storeys(members)
    below = max((-(-len(one.odd) // len(one.doors)) for one in blocks), default=0)
    wide = max(blocks[-1].right, across / WIDEST)
    worded = across / wide >= NAMED
    placed = [cell for block in blocks for cell in cells(block, floors)]
    legend = key(members, states, theme, across)
    head = HEAD + KEY * legend["text"].count("<br>")
    return figure(
        [
            *vacant(blocks, floors, placed, theme),
            *(trace for state in states for trace in marks(state, placed, theme, worded)),
        ],
        theme,
        rooms_alt(title, blocks, states),
        head + KEY + ROW * (len(floors) + below) + 4,
        annotations=[*titles(blocks, theme), *levels(floors, below, theme), legend],
        hoverdistance=26,
        xaxis={"visible": False, "range": [0, wide]},
        yaxis=row_axis(len(floors) + below),
        margin={"l": 58, "r": 2, "t": head + KEY, "b": 4},
    )


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


def outline(boxes: Sequence[tuple[float, float, int]]) -> Spec:
    """Boxes (left, right, row) as one trace's corners."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for left, right, row in boxes:
        xs += [left + 0.03, right - 0.03, right - 0.03, left + 0.03, left + 0.03, None]
        ys += [row - 0.44, row - 0.44, row + 0.44, row + 0.44, row - 0.44, None]
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip"}


def vacant(
    blocks: Sequence[Block], floors: Sequence[int], placed: Sequence[Cell], theme: Theme
) -> list[Spec]:
    """The rooms without a household in register: outlines."""
    taken = {(cell.room.unit, cell.row, cell.room.door) for cell in placed}
    boxes = [
        (block.left + n, block.left + n + 1, row)
        for block in blocks
        for row in range(len(floors))
        for n, door in enumerate(block.doors)
        if (block.unit, row, door) not in taken
    ]
    return [outline(boxes) | {"line": {"width": 1, "color": theme.gridline}}] if boxes else []


def marks(state: State, placed: Sequence[Cell], theme: Theme, worded: bool) -> list[Spec]:
    """The cells of one state: their grounds, and on each the mark that is hovered and clicked."""
    own = [cell for cell in placed if cell.room.state == state.key]
    if not own:
        return []
    colour = theme.tone(state.tone)
    fill = colour if state.solid else theme.faint(colour, 0.14)
    ink = theme.ground if state.solid else colour
    ground = outline([(cell.left, cell.right, cell.row) for cell in own])
    ground |= {"fill": "toself", "fillcolor": fill, "line": {"width": 0, "color": fill}}
    told = [
        "<br>".join([bold(f"{named(c.room.unit)} {c.room.room}"), *map(escape, c.room.lines)])
        for c in own
    ]
    line = {"width": 2, "color": ink}
    mark = {"symbol": SYMBOLS[state.mark], "line": line if "open" in SYMBOLS[state.mark] else {}}
    said = [worded or cell.room.floor is None for cell in own]
    across = [cell.at(0.25 if words else 0.5) for cell, words in zip(own, said, strict=True)]
    points = dots(across, [cell.row for cell in own], ink, 12, marker=mark)
    texts = [f" {escape(c.room.room)}" if words else "" for c, words in zip(own, said, strict=True)]
    if any(texts):
        points |= {"mode": "markers+text", "text": texts, "textposition": "middle right",
                   "textfont": {"size": 14, "color": ink}, "cliponaxis": False}  # fmt: skip
    return [ground, points | hover(told, [cell.room.key for cell in own])]


def titles(blocks: Sequence[Block], theme: Theme) -> list[Spec]:
    """Over each unit its name and its doors."""
    found = []
    for block in blocks:
        count = _("{n}户", n=len(block.members))
        text = f"{bold(named(block.unit))} <span style='color:{theme.mute}'>{escape(count)}</span>"
        high = {"yanchor": "bottom", "yshift": ROW / 2}
        found.append(note(block.left + 0.03, 0, text, **(high | {"yshift": ROW / 2 + 20})))
        for n, door in enumerate(block.doors):
            font = {"size": 12, "color": theme.mute}
            found.append(note(block.left + n + 0.5, 0, escape(door), xanchor="center", font=font, **high))  # fmt: skip
    return found


def levels(floors: Sequence[int], below: int, theme: Theme) -> list[Spec]:
    """The floors' names on the left edge, and what the rows below them are."""
    words = [_("{n}层", n=floor) for floor in floors] + [_("其他房号")] * bool(below)
    font = {"size": 14, "color": theme.mute}
    return [
        {"xref": "paper", "x": 0, "xshift": -58, "y": row, "text": escape(word), "font": font,
         "xanchor": "left", "yanchor": "middle"}
        for row, word in enumerate(words)
    ]  # fmt: skip


def key(members: Sequence[Room], states: Sequence[State], theme: Theme, across: float) -> Spec:
    """The states with their marks and how many households each has, over the figure."""
    lines: list[str] = []
    room = 0.0
    entries = [(s.mark, theme.tone(s.tone), f"{_(s.word)} {count(members, s)}") for s in states]
    for mark, colour, word in [*entries, ("□", theme.axis, _("没有在册户"))]:
        takes = width(f"{mark} {word}　", 14)
        text = f'<span style="color:{colour}">{mark}</span> {escape(word)}'
        if lines and room + takes <= across:
            lines[-1] += "　" + text
            room += takes
        else:
            lines.append(text)
            room = takes
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom",
        "xshift": -58, "yshift": HEAD, "align": "left", "text": "<br>".join(lines),
        "font": {"size": 14, "color": theme.mute},
    }  # fmt: skip


def count(members: Sequence[Room], state: State) -> int:
    """How many households are in a state."""
    return sum(1 for one in members if one.state == state.key)


def rooms_alt(title: str, blocks: Sequence[Block], states: Sequence[State]) -> str:
    """Each unit's households by state in a sentence."""
    told = _("；").join(
        f"{named(block.unit)} "
        + _("，").join(
            f"{_(state.word)} {count(block.members, state)}"
            for state in states
            if count(block.members, state)
        )
        for block in blocks
    )
    return _("楼层图：{title}。{rows}。", title=title, rows=told)
