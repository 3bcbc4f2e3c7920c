"""What a later batch changed: of every row that replaced another, the values that are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from board.journal import Batch
from board.ledgers import Ledger, ledgers
from board.publish import _retained, _rows

OF_HOUSEHOLDS = (
    "households", "labour", "employment", "income", "training", "risk", "schooling", "assistance",
)  # fmt: skip
SCHEMA: dict[str, pl.DataType] = {
    "ledger": pl.String(), "household_id": pl.String(), "person_id": pl.String(),
    "since": pl.Date(), "name": pl.String(), "old": pl.String(), "new": pl.String(),
    "old_batch": pl.Int64(), "batch": pl.Int64(), "file": pl.String(), "sheet": pl.String(),
    "row": pl.Int64(),
}  # fmt: skip
WHEN = ("month", "quarter", "effective_month", "found_on", "starts")
ORIGIN = ("batch", "file", "sheet", "row")


def corrections(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a value that was replaced: whose, of when, what it was, what it is, by which row.

    Values are texts (codes joined by 、); personal columns are never among them.
    """
    found = [
        _of(root, ledger, numbers)
        for ledger in ledgers()
        if ledger.name in OF_HOUSEHOLDS and (numbers := _rows.files(root, ledger.name, live))
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found]).sort("ledger", "batch", "row", "name")


def _of(root: Path, ledger: type[Ledger], numbers: dict[str, int]) -> pl.DataFrame:
    key = list(ledger.key())
    rows = _retained.recalled(root, _rows.stored(ledger, numbers))
    twice = rows.filter(pl.len().over(key) > 1)
    if twice.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    public = _rows.public_rows(root, ledger, twice)
    key = ["person_id" if name == "citizen_id" else name for name in key]
    own = {field.name for field in ledger.fields()} & set(public.columns) - set(key)
    texts = public.with_columns(_text(public, name) for name in sorted(own))
    before = texts.with_columns(
        pl.col(name).shift(1).over(key, order_by="batch").alias(f"old {name}")
        for name in [*sorted(own), "batch"]
    ).filter(pl.col("old batch").is_not_null())
    return pl.concat(
        [
            pl.DataFrame(schema=SCHEMA),
            *(_changed(before, ledger.name, name) for name in sorted(own)),
        ]
    )


def _changed(rows: pl.DataFrame, ledger: str, name: str) -> pl.DataFrame:
    """The rows in which one column is not what it was."""
    moved = rows.filter(pl.col(name).ne_missing(pl.col(f"old {name}")))
    since = next((pl.col(one) for one in WHEN if one in rows.columns), pl.lit(None))
    told = {
        "ledger": pl.lit(ledger),
        **{one: pl.col(one) if one in rows.columns else pl.lit(None, pl.String())
           for one in ("household_id", "person_id")},
        "since": since.cast(pl.Date), "name": pl.lit(name), "old": pl.col(f"old {name}"),
        "new": pl.col(name), "old_batch": pl.col("old batch"),
        **{one: pl.col(one) for one in ORIGIN},
    }  # fmt: skip
    return moved.select(**told).cast(pl.Schema(SCHEMA))


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    kind = rows.schema[name]
    if isinstance(kind, pl.List):
        return pl.col(name).list.join("、")
    if kind == pl.Date:
        return pl.col(name).dt.strftime("%Y-%m-%d")
    if kind == pl.Float64:
        return pl.col(name).round(4).cast(pl.String).str.strip_suffix(".0")
    return pl.col(name).cast(pl.String)
