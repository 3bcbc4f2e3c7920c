"""Note the pictures that lie over the rows of a table: what they show is not read."""

from __future__ import annotations

from collections import defaultdict

from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet, letters
from board.workbook.table.header import Header
from board.workbook.table.rows import Body


def note_pictures(sheet: Sheet, header: Header, body: Body, notes: Notes) -> None:
    """Note once for a column how many pictures lie over its rows of data, and over which first."""
    rows = set(body.rows) if sheet.pictures else set()
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, col in sorted(sheet.pictures):
        if row in rows and (col in header.fields or col in header.unread):
            by_column[col].append(row)
    for col, places in by_column.items():
        field = header.fields.get(col)
        name = field.name if field else None
        notes.add(fault("picture", None, letters(col), count=len(places)), name, places[0], col)
