"""A building as floors and doors: one cell for each household, its state as shape and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.floors import Block, Cell, Room, cells, floors_shown, unit_blocks
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
NUMBERED_WIDTH = 90  # px: a cell at least this wide shows its room's number beside the mark
WIDEST_CELL = (
    150  # px: the greatest width of a cell, so that a single unit does not fill the whole figure
)
SYMBOLS = {
    "●": "circle", "○": "circle-open", "■": "square", "□": "square-open", "▲": "triangle-up",
    "△": "triangle-up-open", "◆": "diamond", "◇": "diamond-open", "—": "line-ew-open",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """A state of a cell: `word` (source string), `mark` (in SYMBOLS), tone; `solid` is filled."""

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
    """Floors from the top, doors across, units side by side; customdata is the household's key.

    `title` says in the alt text what the states describe; `across` is about the figure's width
    in px, which decides where the legend breaks into lines.
    """
    if not members:
        return empty(theme, _("这里没有在册户。"))
    blocks = unit_blocks(members)
    floors = floors_shown(members)
    below = max((-(-len(block.odd) // len(block.doors)) for block in blocks), default=0)
    wide = max(blocks[-1].right, across / WIDEST_CELL)
    numbered = across / wide >= NUMBERED_WIDTH
    placed = [cell for block in blocks for cell in cells(block, floors)]
    words = [_("{n}层", n=floor) for floor in floors] + [_("其他房号")] * bool(below)
    left = widest(words, 14) + 12
    legend = state_legend(members, states, theme, across)
    head = HEAD + KEY * legend["text"].count("<br>")
    return figure(
        [
            *vacant(blocks, floors, placed, theme),
            *(trace for state in states for trace in marks(state, placed, theme, numbered)),
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
    """One trace of boxes, each (left, right, row)."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for left, right, row in boxes:
        xs += [left + 0.03, right - 0.03, right - 0.03, left + 0.03, left + 0.03, None]
        ys += [row - 0.44, row - 0.44, row + 0.44, row + 0.44, row - 0.44, None]
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip"}


def vacant(
    blocks: Sequence[Block], floors: Sequence[int], placed: Sequence[Cell], theme: Theme
) -> list[Spec]:
    """Outlines of the rooms without a household in register."""
    occupied = {(cell.room.unit, cell.row, cell.room.door) for cell in placed}
    boxes = [
        (block.left + n, block.left + n + 1, row)
        for block in blocks
        for row in range(len(floors))
        for n, door in enumerate(block.doors)
        if (block.unit, row, door) not in occupied
    ]
    return [outline(boxes) | {"line": {"width": 1, "color": theme.gridline}}] if boxes else []


def marks(state: State, placed: Sequence[Cell], theme: Theme, numbered: bool) -> list[Spec]:
    """The cells of one state: their backgrounds, and on each the mark to hover over and click."""
    cells = [cell for cell in placed if cell.room.state == state.key]
    if not cells:
        return []
    colour = theme.tone(state.tone)
    pale = theme.band if state.tone == "mute" else theme.faint(colour, 0.14)
    fill = colour if state.solid else pale
    ink = theme.ground if state.solid else colour
    ground = outline([(cell.left, cell.right, cell.row) for cell in cells])
    ground |= {"fill": "toself", "fillcolor": fill, "line": {"width": 0, "color": fill}}
    hover_texts = [
        "<br>".join([bold(f"{named(c.room.unit)} {c.room.room}"), *map(escape, c.room.lines)])
        for c in cells
    ]
    line = {"width": 2, "color": ink}
    mark = {"symbol": SYMBOLS[state.mark], "line": line if "open" in SYMBOLS[state.mark] else {}}
    shows_number = [numbered or cell.room.floor is None for cell in cells]
    across = [
        cell.at(0.25 if words else 0.5) for cell, words in zip(cells, shows_number, strict=True)
    ]
    points = dots(across, [cell.row for cell in cells], ink, 12, marker=mark)
    texts = [
        f"  {escape(c.room.room)}" if words else ""
        for c, words in zip(cells, shows_number, strict=True)
    ]
    if any(texts):
        points |= {"mode": "markers+text", "text": texts, "textposition": "middle right",
                   "textfont": {"size": 14, "color": ink}, "cliponaxis": False}  # fmt: skip
    return [ground, points | hover(hover_texts, [cell.room.key for cell in cells])]


def titles(blocks: Sequence[Block], theme: Theme) -> list[Spec]:
    """The name and the doors above each unit."""
    notes = []
    for block in blocks:
        count = _("{n}户", n=len(block.members))
        text = f"{bold(named(block.unit))} <span style='color:{theme.mute}'>{escape(count)}</span>"
        above = {"yanchor": "bottom", "yshift": ROW / 2}
        notes.append(note(block.left + 0.03, 0, text, **(above | {"yshift": ROW / 2 + 20})))
        for n, door in enumerate(block.doors):
            font = {"size": 12, "color": theme.mute}
            notes.append(note(block.left + n + 0.5, 0, escape(door), xanchor="center", font=font, **above))  # fmt: skip
    return notes


def levels(words: Sequence[str], left: float, theme: Theme) -> list[Spec]:
    """The names of the rows on the left edge."""
    font = {"size": 14, "color": theme.mute}
    return [
        {"xref": "paper", "x": 0, "xshift": -left, "y": row, "text": escape(word), "font": font,
         "xanchor": "left", "yanchor": "middle"}
        for row, word in enumerate(words)
    ]  # fmt: skip


def state_legend(
    members: Sequence[Room], states: Sequence[State], theme: Theme, across: float
) -> Spec:
    """The legend above the figure: each state's mark, word and number of households."""
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
    return sum(1 for room in members if room.state == state.key)


def rooms_alt(title: str, blocks: Sequence[Block], states: Sequence[State]) -> str:
    """The alt text: each unit's households by state."""
    rows_text = _("；").join(
        f"{named(block.unit)} "
        + _("，").join(
            f"{_(state.word)} {count(block.members, state)}"
            for state in states
            if count(block.members, state)
        )
        for block in blocks
    )
    return _("楼层图：{title}。{rows}。", title=title, rows=rows_text)
