"""Find a ledger's header under its title block, and which column of the sheet holds what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from board.ledgers import Field, Ledger
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import STRING, Block, Sheet, letters
from board.workbook.values.text import cleaned, heading, nearest

LOOKED_IN = 20
UNREAD = {"序号", "备注"}


@dataclass(frozen=True)
class Header:
    """Where a table begins and what its columns are.

    `fields` are the ledger's columns by their place in the sheet, `unread` the places
    of the other columns that have a header.
    """

    row: int
    fields: dict[int, Field]
    unread: frozenset[int]

    @property
    def last(self) -> int:
        """The last column that has a header."""
        return max([*self.fields, *self.unread])


def header_of(sheet: Sheet, ledger: type[Ledger], notes: Notes) -> Header | None:
    """The header of a ledger's sheet, or None when it has none; faults go into `notes`."""
    known = {heading(field.header): field for field in ledger.fields()}
    rows = _rows(sheet)
    row = _best(rows, known)
    if row is None:
        expected = "、".join(field.header for field in ledger.fields() if field.required)
        notes.add(fault("no_header", expected=expected))
        return None
    found: dict[str, int] = {}
    fields: dict[int, Field] = {}
    unread: set[int] = set()
    for col, text in sorted(rows[row].items()):
        field = known.get(heading(text))
        if field is None:
            unread.add(col)
        elif field.name in found:
            unread.add(col)
            places = {"other": f"{letters(found[field.name])}{row}", "cell": f"{letters(col)}{row}"}
            notes.add(
                fault("duplicate_column", field, text, **places),
                field.name,
                row,
                col,
            )
        else:
            found[field.name] = col
            fields[col] = field
    _name_unread(rows[row], unread, fields, ledger, row, notes)
    return Header(row, fields, frozenset(unread))


def _name_unread(
    texts: dict[int, str],
    unread: set[int],
    fields: dict[int, Field],
    ledger: type[Ledger],
    row: int,
    notes: Notes,
) -> None:
    """Warn of every column that is no column of the ledger, and of each that is missing."""
    present = {field.name for field in fields.values()}
    known = {heading(field.header): field for field in ledger.fields()}
    likely: dict[str, str] = {}
    headers = "、".join(field.header for field in ledger.fields())
    for col in sorted(unread):
        text, bare = cleaned(texts[col]), heading(texts[col])
        if bare in UNREAD or bare in known:
            continue
        missing = [name for name, field in known.items() if field.name not in present]
        near = nearest(bare, known)
        if near:
            likely.setdefault(nearest(bare, missing) or near, text)
        suggestion = known[near].header if near else None
        notes.add(fault("unknown_column", None, text, headers, suggestion), None, row, col)
    for name, field in known.items():
        if field.required and field.name not in present:
            near = likely.get(name)
            gaps = {"near": near} if near else {}
            notes.add(fault("missing_column", field, expected=field.header, **gaps), field.name)


def _rows(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The texts of the rows a header may stand in, merged header cells carried down."""
    top = sheet.cells.filter(pl.col("row") <= LOOKED_IN)
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    for row, col, kind, text in top.select("row", "col", "kind", "text").iter_rows():
        if kind == STRING and cleaned(text):
            texts[row][col] = text
    rows = {row: dict(cells) for row, cells in texts.items()}
    for block in sheet.merged:
        _carry_down(block, texts, rows)
    grouped = {block[0] for block in sheet.merged if block[3] > block[1]}
    for row in list(rows):
        if row - 1 in grouped:
            covered = _covered(sheet.merged, row - 1)
            for col, text in texts.get(row - 1, {}).items():
                if col not in covered:
                    rows[row].setdefault(col, text)
    return rows


def _carry_down(
    block: Block, texts: dict[int, dict[int, str]], rows: dict[int, dict[int, str]]
) -> None:
    first, col, last, end = block
    text = texts.get(first, {}).get(col)
    if text is None or last == first or col != end or last - first > LOOKED_IN:
        return
    for row in range(first + 1, last + 1):
        rows.setdefault(row, {}).setdefault(col, text)


def _covered(merged: tuple[Block, ...], row: int) -> set[int]:
    return {
        col
        for block in merged
        if block[0] <= row <= block[2] and block[3] > block[1]
        for col in range(block[1], min(block[3], block[1] + 1_000) + 1)
    }


def _best(rows: dict[int, dict[int, str]], known: dict[str, Field]) -> int | None:
    """The row with the most headers of the ledger; the lowest of a merged header."""
    best, most = None, 0
    for row in sorted(rows):
        if row > LOOKED_IN:
            continue
        matched = len({heading(text) for text in rows[row].values()} & known.keys())
        if matched > most:
            best, most = row, matched
        elif matched == most and best == row - 1 and _carried(rows, best, row, known):
            best = row
    return best


def _carried(
    rows: dict[int, dict[int, str]], above: int, row: int, known: dict[str, Field]
) -> bool:
    return all(
        rows[row].get(col) is text for col, text in rows[above].items() if heading(text) in known
    )
