"""What a load adds, repeats and changes: counted by ledger, and every changed cell old → new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from board.intake.frames import Load, key_text
from board.ledgers import Ledger, by_name
from board.ledgers.fields import Field
from board.ledgers.fields.shown import shown_in
from board.numerals import local

# So many changed cells of a load are listed; the others are counted.
LISTED = 1_000
# So many of them are in an answer of `check` and `load`, and so many are printed.
ANSWERED, PRINTED = 100, 20


@dataclass(frozen=True)
class CellChange:
    """A cell that a load changes: where the new value stands, both values, and the old one's batch.

    `key` has the values of the row's key by column name. Values are as cells show them, empty for
    an empty cell. `recorded_at` is the time (UTC) at which the old value was recorded.
    """

    ledger: str
    file: str
    sheet: str
    cell: str | None
    key: Mapping[str, Any] = field(hash=False)
    column: str
    old: str
    new: str
    batch: int
    recorded_at: str

    @property
    def recorded_on(self) -> str:
        """The day at the settlement on which the old value was recorded."""
        return day_of(self.recorded_at)

    @property
    def field(self) -> Field:
        """The declared column."""
        return next(f for f in by_name()[self.ledger].fields() if f.name == self.column)

    def key_shown(self, *, persons: bool) -> str:
        """The row's key as text, citizen IDs without the birth date, or masked."""
        values = {
            f.name: private(f, str(self.key[f.name]), persons=persons)
            if f.personal and self.key[f.name] is not None
            else self.key[f.name]
            for f in by_name()[self.ledger].fields()
            if f.key
        }
        return key_text(by_name()[self.ledger], values)

    def shown(self, value: str, *, persons: bool) -> str:
        """The old or the new value, masked where the column is personal and not for `persons`."""
        return private(self.field, value, persons=persons) if self.field.personal else value

    def as_dict(self) -> dict[str, Any]:
        """The change in an answer of `check`; personal values are masked."""
        return {
            "ledger": self.ledger,
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "key": self.key_shown(persons=False),
            "column": self.column,
            "old": self.shown(self.old, persons=False) or None,
            "new": self.shown(self.new, persons=False) or None,
            "old_batch": self.batch,
            "old_recorded_at": self.recorded_at,
        }


def day_of(recorded_at: str) -> str:
    """The day at the settlement of a time in UTC; empty where there is none."""
    return local(recorded_at).date().isoformat() if recorded_at else ""


def private(declared: Field, value: str, *, persons: bool) -> str:
    """A personal value, masked; in full for `persons` but for the birth date in an ID."""
    from board.access import masked_value, without_birth

    if not value:
        return ""
    if declared.kind == "id" and persons:
        return without_birth(value) or ""
    return value if persons else masked_value(declared.name, value) or ""


@dataclass(frozen=True)
class Replacing:
    """By ledger, how many rows a load adds, repeats and changes, and how many cells it changes.

    `cells` are the first changed cells, in the order of the files.
    """

    adds: Mapping[str, int] = field(default_factory=dict, hash=False)
    repeats: Mapping[str, int] = field(default_factory=dict, hash=False)
    changes: Mapping[str, int] = field(default_factory=dict, hash=False)
    changed_cells: Mapping[str, int] = field(default_factory=dict, hash=False)
    cells: tuple[CellChange, ...] = ()

    def of(self, ledgers: Callable[[str], bool]) -> Replacing:
        """Only what it says of these ledgers."""

        def kept(counts: Mapping[str, int]) -> dict[str, int]:
            return {name: count for name, count in counts.items() if ledgers(name)}

        return Replacing(
            kept(self.adds),
            kept(self.repeats),
            kept(self.changes),
            kept(self.changed_cells),
            tuple(cell for cell in self.cells if ledgers(cell.ledger)),
        )

    def as_dict(self) -> dict[str, Any]:
        """What `check` answers, with the first changed cells."""
        return {
            "adds": dict(self.adds),
            "repeats": dict(self.repeats),
            "changes": dict(self.changes),
            "changed_cells": [cell.as_dict() for cell in self.cells[:ANSWERED]],
            "changed_cells_in_all": sum(self.changed_cells.values()),
        }


def replacing(load: Load) -> Replacing:
    """What these rows add to the stored ones, repeat and change."""
    adds, repeats, changes, counted = (dict[str, int]() for _ in range(4))
    cells: list[CellChange] = []
    for name, new in load.new.items():
        ledger = by_name()[name]
        if not load.stored(name).height:
            adds[name] = new.height
            continue
        beside = compared(load, ledger)
        known = beside.filter("known")
        different = known.filter("differs")
        adds[name] = beside.height - known.height
        repeats[name], changes[name] = known.height - different.height, different.height
        counted[name] = int(different["cells"].sum())
        cells += _cells(load, ledger, different.head(LISTED))
    return Replacing(adds, repeats, changes, counted, tuple(cells[:LISTED]))


def compared(load: Load, ledger: type[Ledger]) -> pl.DataFrame:
    """A ledger's new rows, each beside the stored row of its key, whose columns begin with old_.

    `known` says whether there is one, `differs` whether any other column differs, `cells` how many.
    """
    key = list(ledger.key())
    stored = load.stored(ledger.name).with_columns(known=pl.lit(True))
    stored = stored.rename({c: f"old_{c}" for c in stored.columns if c not in (*key, "known")})
    beside = load.rows(ledger.name).join(
        stored, on=key, how="left", nulls_equal=True, maintain_order="left"
    )
    differences = [differs(f) for f in others(ledger)]
    count = pl.sum_horizontal(d.cast(pl.UInt32) for d in differences) if differences else pl.lit(0)
    beside = beside.with_columns(pl.col("known").fill_null(False), cells=count)
    return beside.with_columns(differs=pl.col("known") & (pl.col("cells") > 0))


def others(ledger: type[Ledger]) -> list[Field]:
    """The columns that are no part of the key."""
    return [f for f in ledger.fields() if not f.key]


def differs(declared: Field) -> pl.Expr:
    """Whether a column differs from that of the stored row; the order of several codes is none."""
    new, old = pl.col(declared.name), pl.col(f"old_{declared.name}")
    if isinstance(declared.dtype, pl.List):
        new, old = (one.list.sort().list.join("、") for one in (new, old))
    return new.ne_missing(old)


def _cells(load: Load, ledger: type[Ledger], different: pl.DataFrame) -> list[CellChange]:
    times = load.recorded_at
    cells = []
    for row in different.iter_rows(named=True):
        for f in others(ledger):
            old, new = row[f"old_{f.name}"], row[f.name]
            if shown_in(f, old) != shown_in(f, new):
                cells.append(
                    CellChange(
                        ledger.name, row["file"], row["sheet"], load.cell(ledger.name, row, f.name),
                        {name: row[name] for name in ledger.key()}, f.name,
                        shown_in(f, old), shown_in(f, new),
                        row["old_batch"], times.get(row["old_batch"], ""),
                    )
                )  # fmt: skip
    return cells
