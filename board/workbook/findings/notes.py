"""Faults gathered while reading: singly, or a whole column at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from board.workbook.findings.fault import Fault
from board.workbook.readers.sheet import letters

# Where a fault stands; `fault` is an index into the faults, which are kept once each.
PLACES = {
    "order": pl.UInt32(), "row": pl.UInt32(), "col": pl.UInt16(), "column": pl.String(),
    "fault": pl.UInt32(), "sheet": pl.String(), "ledger": pl.String(),
}  # fmt: skip
# A fault as the reading process hands it over; `gaps` is JSON.
FAULTS = dict.fromkeys(("rule", "severity", "found", "expected", "suggestion", "gaps"), pl.String())


class Place(NamedTuple):
    """Where a fault stands; a cell like B17, or None where no cell is at fault."""

    sheet: str | None
    cell: str | None
    ledger: str | None
    column: str | None


class Notes:
    """What is wrong in one sheet, in the order of its cells in the end."""

    def __init__(self, order: int = 0, sheet: str | None = None, ledger: str | None = None):
        self.order, self.sheet, self.ledger = order, sheet, ledger
        self.faults: dict[Fault, int] = {}
        self._frames: list[pl.DataFrame] = []
        self._rows: list[tuple[int, int, str | None, int]] = []

    def add(
        self,
        fault: Fault,
        column: str | None = None,
        row: int | None = None,
        col: int | None = None,
    ) -> None:
        """Note a fault, at a cell when its row and column are given."""
        self._rows.append((row or 0, col or 0, column, self._number(fault)))

    def add_all(self, cells: pl.DataFrame, faults: Iterable[Fault], column: str, col: int) -> None:
        """Note a fault for each row of `cells`: `row`, and `fault`, an index into `faults`."""
        numbers = pl.Series([self._number(fault) for fault in faults], dtype=pl.UInt32)
        self._frames.append(
            cells.select(
                pl.col("row").cast(pl.UInt32),
                pl.lit(col, pl.UInt16).alias("col"),
                pl.lit(column).alias("column"),
                numbers.gather(cells["fault"].cast(pl.UInt32)).alias("fault"),
            )
        )

    def _number(self, fault: Fault) -> int:
        return self.faults.setdefault(fault, len(self.faults))

    def places(self) -> pl.DataFrame:
        """The places of all findings, sheet-wide ones first, then cell by cell."""
        schema = {name: PLACES[name] for name in ("row", "col", "column", "fault")}
        singly = pl.DataFrame(self._rows, schema=schema, orient="row")
        placed = pl.concat([singly, *self._frames])
        return placed.sort("row", "col", maintain_order=True).select(
            pl.lit(self.order, PLACES["order"]).alias("order"),
            *schema,
            pl.lit(self.sheet, pl.String()).alias("sheet"),
            pl.lit(self.ledger, pl.String()).alias("ledger"),
        )


def gathered(notes: Sequence[Notes]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The places of all sheets' findings in order, and the faults they point at."""
    places, faults, start = [pl.DataFrame(schema=PLACES)], [], 0
    for note in notes:
        places.append(note.places().with_columns(pl.col("fault") + pl.lit(start, pl.UInt32)))
        faults += list(note.faults)
        start = len(faults)
    rows = [_handed_over(fault) for fault in faults]
    return pl.concat(places), pl.DataFrame(rows, schema=FAULTS, orient="row")


def _handed_over(fault: Fault) -> tuple[str | None, ...]:
    gaps = json.dumps(fault.gaps) if fault.gaps else None
    return fault.rule, fault.severity, fault.found, fault.expected, fault.suggestion, gaps


def _taken_over(row: tuple[Any, ...]) -> Fault:
    rule, severity, found, expected, suggestion, gaps = row
    filled = tuple((name, gap) for name, gap in json.loads(gaps)) if gaps else ()
    return Fault(rule, severity, found, expected, suggestion, filled)


def placed(places: pl.DataFrame, faults: pl.DataFrame) -> Iterator[tuple[Place, Fault]]:
    """What `gathered` gave: a place and its fault at a time."""
    known = [_taken_over(row) for row in faults.iter_rows()]
    names: dict[int, str] = {}
    wanted = places.select("sheet", "row", "col", "ledger", "column", "fault")
    for sheet, row, col, ledger, column, fault in wanted.iter_rows():
        if col and col not in names:
            names[col] = letters(col)
        cell = f"{names[col]}{row}" if row and col else None
        yield Place(sheet, cell, ledger, column), known[fault]
