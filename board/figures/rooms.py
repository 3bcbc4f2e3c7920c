"""A building as its floors and doors: one cell a household, its state a shape and a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.floors import Block, Cell, Room, blocked, cells, storeys
from board.figures.shared.parts import (
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    note,
    widest,
    width,
)
from board.figures.shared.rows import row_axis
from board.figures.shared.words import named
from board.i18n import _
from board.theme import Theme, Tone

ROW, HEAD, KEY = 34, 46, 26
NAMED = 90  # px: from here on a cell has room for its room's number beside the mark
WIDEST = 150  # px: of a cell; a unit alone does not fill the whole figure
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
    words = [_("{n}层", n=floor) for floor in floors] + [_("其他房号")] * bool(below)
    left = widest(words, 14) + 12
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
        annotations=[
            *titles(blocks, theme),
            *levels(words, left, theme),
            legend | {"xshift": -left},
        ],
        hoverdistance=26,
        xaxis={"visible": False, "range": [0, wide]},
        yaxis=row_axis(len(floors) + below),
        margin={"l": left, "r": 2, "t": head + KEY, "b": 4},
    )


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
    quiet = theme.band if state.tone == "mute" else theme.faint(colour, 0.14)
    fill = colour if state.solid else quiet
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
    texts = [
        f"  {escape(c.room.room)}" if words else "" for c, words in zip(own, said, strict=True)
    ]
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


def levels(words: Sequence[str], left: float, theme: Theme) -> list[Spec]:
    """The names of the rows on the left edge."""
    font = {"size": 14, "color": theme.mute}
    return [
        {"xref": "paper", "x": 0, "xshift": -left, "y": row, "text": escape(word), "font": font,
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
        "yshift": HEAD, "align": "left", "text": "<br>".join(lines),
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
