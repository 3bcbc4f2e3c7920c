"""Tell by its header which ledger a sheet with another name is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from board.ledgers import Ledger
from board.ledgers.fields.spelling import heading
from board.workbook.readers.sheet import Sheet
from board.workbook.table.header import (
    IGNORED_HEADERS,
    Texts,
    field_of,
    header_row,
    header_rows,
    matches,
)

# A sheet with so many of a ledger's columns, and half of the required ones, looks like it.
_FEWEST = 3


@dataclass(frozen=True)
class Likeness:
    """How a sheet's header fits a ledger: the required columns it lacks, and the unknown ones."""

    ledger: type[Ledger]
    lacking: tuple[str, ...]
    unknown: int
    matched: int

    @property
    def fits(self) -> bool:
        """Whether the sheet has all columns that the ledger requires."""
        return not self.lacking

    @property
    def resembles(self) -> bool:
        """Whether the sheet has at least half of the columns that the ledger requires."""
        required = sum(field.required for field in self.ledger.fields())
        return self.matched >= _FEWEST and len(self.lacking) * 2 <= required


def recognised(sheet: Sheet, ledgers: Iterable[type[Ledger]]) -> list[Likeness]:
    """The ledgers that a sheet with rows may be, the most likely first; empty for none.

    Where it has all columns of some, only these are given; of them those that know all its
    columns, where there are such.
    """
    rows = header_rows(sheet)
    likenesses = [alike for ledger in ledgers if (alike := _likeness(sheet, rows, ledger))]
    fitting = [alike for alike in likenesses if alike.fits]
    if fitting:
        return [alike for alike in fitting if not alike.unknown] or fitting
    alikes = [alike for alike in likenesses if alike.resembles]
    return sorted(alikes, key=lambda alike: (len(alike.lacking), -alike.matched))


def _likeness(sheet: Sheet, rows: dict[int, Texts], ledger: type[Ledger]) -> Likeness | None:
    """How a sheet fits a ledger; None where it has no such header, or nothing below it."""
    row, texts = header_row(rows, ledger)
    present = matches(texts.values(), ledger)
    if row is None or not present or sheet.cells.filter(pl.col("row") > row).is_empty():
        return None
    lacking = tuple(f.header for f in ledger.fields() if f.required and f.name not in present)
    unknown = [
        text
        for text in texts.values()
        if not field_of(text, ledger) and heading(text) not in IGNORED_HEADERS
    ]
    return Likeness(ledger, lacking, len(unknown), len(present))
