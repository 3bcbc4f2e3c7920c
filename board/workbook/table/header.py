"""Find a ledger's header under its title, and which field each column of the sheet holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from board.ledgers import Field, Ledger
from board.ledgers.fields.cell import STRING
from board.ledgers.fields.spelling import cleaned, heading, nearest
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Block, Sheet, letters

HEADER_ROWS = 20
IGNORED_HEADERS = {"序号", "备注"}


@dataclass(frozen=True)
class Header:
    """The header row of a table and its columns, as numbers from 1.

    `fields` gives the ledger's field of each column, `unread` are the other columns that
    have a header.
    """

    row: int
    fields: dict[int, Field]
    unread: frozenset[int]

    @property
    def last(self) -> int:
        """The number of the last column that has a header."""
        return max([*self.fields, *self.unread])


def header_of(sheet: Sheet, ledger: type[Ledger], notes: Notes) -> Header | None:
    """The header on a ledger's sheet, None when there is none; faults go into `notes`."""
    by_heading = _by_heading(ledger)
    rows = _rows(sheet)
    row = _header_row(rows, by_heading)
    if row is None:
        expected = "、".join(field.header for field in ledger.fields() if field.required)
        notes.add(fault("no_header", expected=expected))
        return None
    columns: dict[str, int] = {}
    fields: dict[int, Field] = {}
    unread: set[int] = set()
    for col, text in sorted(rows[row].items()):
        field = by_heading.get(heading(text))
        if field is None:
            unread.add(col)
        elif field.name in columns:
            unread.add(col)
            places = {
                "other": f"{letters(columns[field.name])}{row}",
                "cell": f"{letters(col)}{row}",
            }
            notes.add(
                fault("duplicate_column", field, text, **places),
                field.name,
                row,
                col,
            )
        else:
            columns[field.name] = col
            fields[col] = field
    filled = sheet.cells.filter(pl.col("row") > row, pl.col("text").str.strip_chars() != "")
    silent = unread - set(filled["col"].unique())
    _note_columns(rows[row], unread, silent, fields, ledger, row, notes)
    return Header(row, fields, frozenset(unread))


def _by_heading(ledger: type[Ledger]) -> dict[str, Field]:
    """The column of each header that it is taken under."""
    return {heading(text): field for field in ledger.fields() for text in field.headers}


def _note_columns(
    texts: dict[int, str],
    unread: set[int],
    silent: set[int],
    fields: dict[int, Field],
    ledger: type[Ledger],
    row: int,
    notes: Notes,
) -> None:
    """Note the columns that the ledger does not have, and the required ones that are missing.

    Of those in `silent`, which hold nothing, nothing can be lost: they are not noted.
    """
    present = {field.name for field in fields.values()}
    by_heading = _by_heading(ledger)
    misspelled: dict[str, str] = {}
    headers = "、".join(field.header for field in ledger.fields())
    for col in sorted(unread):
        text, title = cleaned(texts[col]), heading(texts[col])
        if title in IGNORED_HEADERS or title in by_heading:
            continue
        missing = [heading(f.header) for f in ledger.fields() if f.name not in present]
        closest = nearest(title, by_heading)
        if closest:
            misspelled.setdefault(nearest(title, missing) or closest, text)
        suggestion = by_heading[closest].header if closest else None
        if col not in silent:
            notes.add(fault("unknown_column", None, text, headers, suggestion), None, row, col)
    for field in ledger.fields():
        if field.required and field.name not in present:
            similar = misspelled.get(heading(field.header))
            gaps = {"near": similar} if similar else {}
            notes.add(fault("missing_column", field, expected=field.header, **gaps), field.name)


def _rows(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The texts of the rows that may be the header, by row and column.

    A text merged over several rows stands in each of them. The row under group titles
    (merged over several columns) also has the other texts of the row above it.
    """
    top = sheet.cells.filter(pl.col("row") <= HEADER_ROWS)
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    for row, col, kind, text in top.select("row", "col", "kind", "text").iter_rows():
        if kind == STRING and cleaned(text):
            texts[row][col] = text
    rows = {row: dict(cells) for row, cells in texts.items()}
    for block in sheet.merged:
        _copy_down(block, texts, rows)
    group_rows = {block[0] for block in sheet.merged if block[3] > block[1]}
    for row in list(rows):
        if row - 1 in group_rows:
            group_columns = _covered_columns(sheet.merged, row - 1)
            for col, text in texts.get(row - 1, {}).items():
                if col not in group_columns:
                    rows[row].setdefault(col, text)
    return rows


def _copy_down(
    block: Block, texts: dict[int, dict[int, str]], rows: dict[int, dict[int, str]]
) -> None:
    """Copy the text of a block merged over several rows of one column into each row."""
    top, left, bottom, right = block
    text = texts.get(top, {}).get(left)
    if text is None or bottom == top or left != right or bottom - top > HEADER_ROWS:
        return
    for row in range(top + 1, bottom + 1):
        rows.setdefault(row, {}).setdefault(left, text)


def _covered_columns(merged: tuple[Block, ...], row: int) -> set[int]:
    return {
        col
        for block in merged
        if block[0] <= row <= block[2] and block[3] > block[1]
        for col in range(block[1], min(block[3], block[1] + 1_000) + 1)
    }


def _header_row(rows: dict[int, dict[int, str]], by_heading: dict[str, Field]) -> int | None:
    """The row with the most headers of the ledger; of a merged header the lowest row."""
    best_row, most_matches = None, 0
    for row in sorted(rows):
        if row > HEADER_ROWS:
            continue
        matched = len({heading(text) for text in rows[row].values()} & by_heading.keys())
        if matched > most_matches:
            best_row, most_matches = row, matched
        elif (
            matched == most_matches
            and best_row == row - 1
            and _repeats(rows, best_row, row, by_heading)
        ):
            best_row = row
    return best_row


def _repeats(
    rows: dict[int, dict[int, str]], above: int, row: int, by_heading: dict[str, Field]
) -> bool:
    """Whether the headers of the row `above` are all merged cells that reach down into `row`."""
    return all(
        rows[row].get(col) is text
        for col, text in rows[above].items()
        if heading(text) in by_heading
    )
