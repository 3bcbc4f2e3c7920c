"""The sample's batches of rows and one withdrawal, in the order in which they are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from board.ledgers import PROVENANCE, by_name
from board.sample import history, story

FIRST_ROW = 3
"""The row of the first record in a workbook of the sample; above it are a title and the headers."""
WITHDRAWN_AT = datetime.fromisoformat("2025-10-08T09:20:00")
REASON = "误把年底计划数当作当月实际数报送"


@dataclass(frozen=True)
class Delivery:
    """One step of the history: a batch of rows, or the withdrawal of an earlier one.

    `at` is when it is recorded; `frames` holds normalised rows by ledger, in the types of
    `Ledger.schema_of_frame()`, personal columns included. A withdrawal has no frames:
    `withdraws` is the number of the batch, counted from 1 over the deliveries that are
    batches, and `reason` says why.
    """

    name: str
    at: datetime
    note: str
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    withdraws: int | None = None
    reason: str = ""

    @property
    def file(self) -> str:
        """The name of the workbook that carries the batch."""
        return f"{self.name}.xlsx"


def deliveries(
    households: int = story.HOUSEHOLDS, months: int = story.MONTHS, seed: int = story.SEED
) -> list[Delivery]:
    """The settlement's history; the same arguments always give the same rows."""
    recorded: list[Delivery] = []
    for number, step in enumerate(history.steps(history.world(households, months, seed)), 1):
        note = f"{story.MARK}:{step.note}"
        frames = {
            ledger: frame(ledger, rows, f"{step.name}.xlsx")
            for ledger, rows in step.rows.items()
            if rows
        }
        recorded.append(Delivery(step.name, step.at, note, frames))
        if step.name.endswith(history.PLANNED):
            recorded.append(
                Delivery(step.name, WITHDRAWN_AT, note, withdraws=number, reason=REASON)
            )
    return recorded


def frame(ledger: str, rows: Sequence[tuple[Any, ...]], file: str) -> pl.DataFrame:
    """A frame of rows in the ledger's types, with the columns that say where each row came from.

    The values of a row are in the ledger's order of columns.
    """
    declared = by_name()[ledger]
    schema = {k: v for k, v in declared.schema_of_frame().items() if k not in PROVENANCE}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.lit(file).alias("file"),
        pl.lit(declared.sheet).alias("sheet"),
        pl.int_range(FIRST_ROW, pl.len() + FIRST_ROW, dtype=pl.Int64).alias("row"),
    )
