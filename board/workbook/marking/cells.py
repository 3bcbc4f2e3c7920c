"""Take the marks of an earlier check off a workbook's cells, and set those of this one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.workbook import Workbook

from board.ledgers.fields.spelling import heading
from board.ledgers.other_sheets import FINDINGS
from board.workbook.marking.mark import Mark

# The colours of cells with an error and with a warning; a printer without colour tells them apart.
COLOURS = {"error": "FFF4A6A0", "warning": "FFFFF3B5"}
AUTHOR = "台账核对"
# Where a cell has a note of its own, ours stands below this line.
LINE = "\n———— 台账核对 ————\n"
# A solid fill does not show its second colour: it keeps the colour that the cell had before.
NO_COLOUR = 64
LONGEST_NOTE = 4_000
NOTE_WIDTH, LINE_HEIGHT, LINE_LETTERS = 320, 20, 22


def unmark(book: Workbook) -> None:
    """Take off the list, the notes and the colours of an earlier marked copy."""
    for title in [title for title in book.sheetnames if heading(title) == FINDINGS]:
        del book[title]
    fills = {number for number, fill in enumerate(book._fills) if _is_ours(fill)}
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell._style is not None and cell._style.fillId in fills:
                cell.fill = _fill_before(cell.fill)
            if cell.comment is not None:
                cell.comment = _note_before(cell.comment)


def mark(book: Workbook, marks: Iterable[Mark]) -> dict[tuple[str, str], str]:
    """Colour and note every cell with an error or a warning.

    Returns for each (sheet, cell) of the marks that a sheet of the book has the cell to link to.
    """
    places: dict[tuple[str, str], str] = {}
    by_cell: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    anchors = {sheet.title: _anchors(sheet) for sheet in book.worksheets}
    for one in marks:
        if one.cell and one.sheet in anchors:
            anchor = anchors[one.sheet].get(one.cell, one.cell)
            places[one.sheet, one.cell] = anchor
            if one.severity in COLOURS:
                by_cell[one.sheet, anchor].append(one)
    for (title, name), marks_of_cell in by_cell.items():
        _mark_cell(book[title][name], marks_of_cell)
    return places


def _anchors(sheet: Any) -> dict[str, str]:
    """The cells that a merged block hides → its first cell, which is the one that shows."""
    return {
        hidden.coordinate: block.start_cell.coordinate
        for block in sheet.merged_cells.ranges
        if block.size["rows"] * block.size["columns"] <= 100_000
        for row in sheet[block.coord]
        for hidden in row
        if hidden.coordinate != block.start_cell.coordinate
    }


def _mark_cell(cell: Any, marks: Sequence[Mark]) -> None:
    worst = "error" if any(one.severity == "error" for one in marks) else "warning"
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst], bgColor=_colour_before(cell.fill))
    text = "\n\n".join(dict.fromkeys(one.note for one in marks))[:LONGEST_NOTE]
    own = cell.comment
    note = Comment(f"{own.text}{LINE}{text}", own.author) if own else Comment(text, AUTHOR)
    lines = sum(1 + len(line) // LINE_LETTERS for line in note.text.split("\n"))
    note.width, note.height = NOTE_WIDTH, LINE_HEIGHT * (lines + 1)
    cell.comment = note


def _is_ours(fill: Any) -> bool:
    return fill.fill_type == "solid" and fill.fgColor.rgb in COLOURS.values()


def _colour_before(fill: Any) -> Color:
    """The colour that a cell shows, to be kept as the second one of ours."""
    return copy(fill.fgColor) if fill.fill_type == "solid" else Color(indexed=NO_COLOUR)


def _fill_before(fill: Any) -> PatternFill:
    kept = fill.bgColor
    if kept.type == "indexed" and kept.indexed == NO_COLOUR:
        return PatternFill()
    return PatternFill("solid", fgColor=copy(kept))


def _note_before(note: Comment) -> Comment | None:
    """The clerk's own part of a note; None where all of it is ours."""
    if note.author == AUTHOR:
        return None
    own, line, _ours = note.text.partition(LINE)
    return Comment(own, note.author) if line else note
