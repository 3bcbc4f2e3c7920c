"""Faults collected while a sheet is read: one at a time, or a column at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from board.findings import LISTED
from board.ledgers.fields.cell import Fault, Severity
from board.workbook.readers.sheet import letters

# The columns of a frame of places; `fault` is an index, since equal faults are kept once.
PLACES = {
    "order": pl.UInt32(), "row": pl.UInt32(), "col": pl.UInt16(), "column": pl.String(),
    "fault": pl.UInt32(), "sheet": pl.String(), "ledger": pl.String(),
}  # fmt: skip
# The columns of a frame of faults; `gaps` is JSON.
FAULTS = dict.fromkeys(("rule", "severity", "found", "expected", "suggestion", "gaps"), pl.String())


# The gap of a fault that stands for others, which are not listed: how many they are.
TIMES = "times"


class Place(NamedTuple):
    """Where a fault is; `cell` is a name like B17, or None where no cell is at fault."""

    sheet: str | None
    cell: str | None
    ledger: str | None
    column: str | None


class Notes:
    """The faults of one sheet and their places; `order` is the place of the sheet in the file."""

    def __init__(self, order: int = 0, sheet: str | None = None, ledger: str | None = None):
        self.order, self.sheet, self.ledger = order, sheet, ledger
        self.faults: dict[Fault, int] = {}
        self._frames: list[pl.DataFrame] = []
        self._listed: Counter[str] = Counter()
        self._others: Counter[tuple[str, Severity, str | None]] = Counter()
        self._rows: list[tuple[int, int, str | None, int]] = []

    def add(
        self,
        fault: Fault,
        column: str | None = None,
        row: int | None = None,
        col: int | None = None,
    ) -> None:
        """Note a fault, at a cell when its row and column are given."""
        if self._room(fault.rule):
            self._listed[fault.rule] += 1
            self._rows.append((row or 0, col or 0, column, self._number(fault)))
        else:
            self._others[fault.rule, fault.severity, column] += 1

    def add_all(self, cells: pl.DataFrame, faults: Iterable[Fault], column: str, col: int) -> None:
        """Note a fault for each row of `cells`: its `row`, and the index `fault` into `faults`."""
        declared = list(faults)
        for rule, severity in dict.fromkeys((f.rule, f.severity) for f in declared):
            of_rule = [
                n for n, f in enumerate(declared) if (f.rule, f.severity) == (rule, severity)
            ]
            broken = cells.filter(pl.col("fault").is_in(of_rule))
            kept = broken.head(self._room(rule))
            self._listed[rule] += kept.height
            self._others[rule, severity, column] += broken.height - kept.height
            numbers = [self._number(declared[n]) for n in kept["fault"]]
            self._frames.append(
                kept.select(
                    pl.col("row").cast(pl.UInt32),
                    pl.lit(col, pl.UInt16).alias("col"),
                    pl.lit(column).alias("column"),
                    pl.Series("fault", numbers, dtype=pl.UInt32),
                )
            )

    def _room(self, rule: str) -> int:
        """How many more faults of a rule are listed; the others are counted."""
        return max(0, LISTED - self._listed[rule])

    def _number(self, fault: Fault) -> int:
        return self.faults.setdefault(fault, len(self.faults))

    def places(self) -> pl.DataFrame:
        """The places of all faults: first those of the whole sheet, then by row and column."""
        schema = {name: PLACES[name] for name in ("row", "col", "column", "fault")}
        frame = pl.DataFrame(self._rows, schema=schema, orient="row")
        places = pl.concat([frame, *self._frames]).sort("row", "col", maintain_order=True)
        counted = [
            (0, 0, column, self._number(Fault(rule, severity, None, None, None, ((TIMES, n),))))
            for (rule, severity, column), n in self._others.items()
            if n
        ]
        return pl.concat([places, pl.DataFrame(counted, schema=schema, orient="row")]).select(
            pl.lit(self.order, PLACES["order"]).alias("order"),
            *schema,
            pl.lit(self.sheet, pl.String()).alias("sheet"),
            pl.lit(self.ledger, pl.String()).alias("ledger"),
        )


def frames_of(notes: Sequence[Notes]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The places of the faults of all sheets (`PLACES`), and the faults themselves (`FAULTS`)."""
    places, faults, start = [pl.DataFrame(schema=PLACES)], [], 0
    for note in notes:
        places.append(note.places().with_columns(pl.col("fault") + pl.lit(start, pl.UInt32)))
        faults += list(note.faults)
        start = len(faults)
    rows = [_row_of(fault) for fault in faults]
    return pl.concat(places), pl.DataFrame(rows, schema=FAULTS, orient="row")


def _row_of(fault: Fault) -> tuple[str | None, ...]:
    gaps = json.dumps(fault.gaps) if fault.gaps else None
    return fault.rule, fault.severity, fault.found, fault.expected, fault.suggestion, gaps


def _fault_of(row: tuple[Any, ...]) -> Fault:
    rule, severity, text, expected, suggestion, gaps = row
    gap_values = tuple((name, gap) for name, gap in json.loads(gaps)) if gaps else ()
    return Fault(rule, severity, text, expected, suggestion, gap_values)


def placed_faults(places: pl.DataFrame, faults: pl.DataFrame) -> Iterator[tuple[Place, Fault]]:
    """Each place with its fault, from the two frames of `frames_of`."""
    by_number = [_fault_of(row) for row in faults.iter_rows()]
    names: dict[int, str] = {}
    rows = places.select("sheet", "row", "col", "ledger", "column", "fault")
    for sheet, row, col, ledger, column, number in rows.iter_rows():
        if col and col not in names:
            names[col] = letters(col)
        cell = f"{names[col]}{row}" if row and col else None
        yield Place(sheet, cell, ledger, column), by_number[number]
