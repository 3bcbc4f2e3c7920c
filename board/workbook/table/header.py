"""Find a ledger's header under its title, and which field each column of the sheet holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from board.ledgers import Field, Ledger
from board.ledgers.fields.cell import STRING
from board.ledgers.fields.likeness import nearest_title
from board.ledgers.fields.spelling import cleaned, compact, heading
from board.ledgers.fields.units import without_unit
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Block, Sheet, letters

HEADER_ROWS = 20
_HINT_BEFORE = re.compile(r"^[*]*[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
IGNORED_HEADERS = {"序号", "备注"}
# The texts of a row by column.
Texts = dict[int, str]


@dataclass(frozen=True)
class Header:
    """The header row of a table and its columns, as numbers from 1.

    `fields` gives the ledger's field of each column, `texts` what stands in it, `unread` are the
    other columns that have a header.
    """

    row: int
    fields: dict[int, Field]
    texts: Texts
    unread: frozenset[int]

    @property
    def last(self) -> int:
        """The number of the last column that has a header."""
        return max([*self.fields, *self.unread])


def header_of(sheet: Sheet, ledger: type[Ledger], notes: Notes) -> Header | None:
    """The header on a ledger's sheet, None when there is none; faults go into `notes`."""
    row, texts = header_row(header_rows(sheet), ledger)
    if row is None:
        expected = "、".join(field.header for field in ledger.fields() if field.required)
        notes.add(fault("no_header", expected=expected))
        return None
    columns: dict[str, int] = {}
    fields: dict[int, Field] = {}
    unread: set[int] = set()
    for col, text in sorted(texts.items()):
        field = field_of(text, ledger)
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
    _note_columns(texts, unread, silent, fields, ledger, row, notes)
    return Header(row, fields, texts, frozenset(unread))


@cache
def _by_heading(ledger: type[Ledger]) -> dict[str, Field]:
    """The column of each header that it is taken under."""
    return {heading(text): field for field in ledger.fields() for text in field.headers}


@cache
def field_of(text: str, ledger: type[Ledger]) -> Field | None:
    """The column that a header names, with or without a unit at its end; None for another one."""
    by_heading = _by_heading(ledger)
    title = heading(text)
    other_spellings = (without_unit(title), heading(_HINT_BEFORE.sub("", compact(text))))
    return by_heading.get(title) or next(filter(None, map(by_heading.get, other_spellings)), None)


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
        if title in IGNORED_HEADERS or field_of(text, ledger):
            continue
        missing = [heading(f.header) for f in ledger.fields() if f.name not in present]
        closest = nearest_title(title, by_heading)
        if similar := nearest_title(title, missing) or closest:
            misspelled.setdefault(similar, text)
        suggestion = by_heading[closest].header if closest else None
        if col not in silent:
            notes.add(fault("unknown_column", None, text, headers, suggestion), None, row, col)
    for field in ledger.fields():
        if field.required and field.name not in present:
            written = misspelled.get(heading(field.header))
            gaps = {"near": written} if written else {}
            notes.add(fault("missing_column", field, expected=field.header, **gaps), field.name)


def header_rows(sheet: Sheet) -> dict[int, Texts]:
    """The texts of the rows that may be the header, by row and column.

    A text merged over several rows stands in each of them. The row under group titles
    (merged over several columns) also has the other texts of the row above it.
    """
    top = sheet.cells.filter(pl.col("row") <= HEADER_ROWS)
    texts: dict[int, Texts] = defaultdict(dict)
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


def _copy_down(block: Block, texts: dict[int, Texts], rows: dict[int, Texts]) -> None:
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


def header_row(
    rows: Mapping[int, Texts], ledger: type[Ledger]
) -> tuple[int, Texts] | tuple[None, Texts]:
    """The row with the most headers of the ledger, and its texts; of a merged header the lowest row.

    Two rows that are not merged are one header where they have more headers than either alone.
    """
    best_row, most_matches = None, 0
    for row in sorted(rows):
        if row > HEADER_ROWS:
            continue
        matched = len(matches(rows[row].values(), ledger))
        if matched > most_matches:
            best_row, most_matches = row, matched
        elif (
            matched == most_matches
            and best_row == row - 1
            and _repeats(rows, best_row, row, ledger)
        ):
            best_row = row
    if best_row is None:
        return None, {}
    return _of_two_rows(rows, ledger, most_matches) or (best_row, rows[best_row])


def matches(texts: Iterable[str], ledger: type[Ledger]) -> set[str]:
    """The names of the columns of a ledger that some headers name."""
    return {field.name for text in texts if (field := field_of(text, ledger))}


def _of_two_rows(
    rows: Mapping[int, Texts], ledger: type[Ledger], most_matches: int
) -> tuple[int, Texts] | None:
    """The lower of two rows that make up a header together, with the texts of both."""
    best = None
    for row in sorted(rows):
        if row - 1 in rows and row <= HEADER_ROWS:
            texts = _joined(rows[row - 1], rows[row], ledger)
            matched = len(matches(texts.values(), ledger))
            if matched > most_matches:
                best, most_matches = (row, texts), matched
    return best


def _joined(above: Texts, below: Texts, ledger: type[Ledger]) -> Texts:
    """Of each column the text that is a header: the lower one, the upper one, or both in one.

    A group's title stands over its first column only, so it goes on to the right.
    """
    joined: Texts = {}
    group = ""
    for col in sorted({*above, *below}):
        group = compact(above.get(col, group))
        texts = [t for t in (below.get(col), above.get(col)) if t]
        if col in below and group:
            texts.append(group + compact(below[col]))
        joined[col] = next((t for t in texts if field_of(t, ledger)), texts[0])
    return joined


def _repeats(rows: Mapping[int, Texts], above: int, row: int, ledger: type[Ledger]) -> bool:
    """Whether the headers of the row `above` are all merged cells that reach down into `row`."""
    return all(
        rows[row].get(col) is text for col, text in rows[above].items() if field_of(text, ledger)
    )
