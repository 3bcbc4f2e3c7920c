"""The rows of a store's batches as workbooks tell them, for a test that works out figures itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from board.journal import Journal
from board.ledgers import Ledger, ledgers

Row = dict[str, Any]


@dataclass(frozen=True)
class BatchRows:
    """One batch: when it was recorded, whether it was withdrawn, its rows by sheet and header."""

    number: int
    at: str
    withdrawn: bool
    rows: dict[str, list[Row]]


def of_batches(store: Path) -> list[BatchRows]:
    """The batches of ledgers in order, as they came: which row is in force is not decided here.

    A row has a value for every header of its ledger, and its place as `row["@"]`: file, sheet, row.
    """
    batches = [one for one in Journal(store).batches() if not one.plan]
    return [
        BatchRows(
            one.number,
            one.recorded_at,
            one.state == "withdrawn",
            {
                ledger.sheet: rows_of(ledger, one.folder(store) / f"{ledger.name}.parquet")
                for ledger in ledgers()
                if one.rows.get(ledger.name)
            },
        )
        for one in batches
    ]


def rows_of(ledger: type[Ledger], path: Path) -> list[Row]:
    """The rows of one file; months as 2024-03, quarters as 2024-Q1, days as dates."""
    frame = pl.read_parquet(path)
    columns = {}
    for field in ledger.fields():
        values = frame[field.name].to_list() if field.name in frame.columns else [None] * len(frame)
        if field.kind != "date":
            values = [field.plain_value(value) for value in values]
        if field.dtype == pl.List:
            values = [value or [] for value in values]
        columns[field.header] = values
    columns["@"] = list(frame.select("file", "sheet", "row").iter_rows())
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
