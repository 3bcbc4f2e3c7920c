"""The values that later batches changed: one row for each value of a replaced row that differs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from board.journal import Batch
from board.ledgers import Ledger, ledgers
from board.ledgers.fields.days import Days
from board.publish import retained
from board.publish.rows import files, public_rows, stored

WHOSE = ("household_id", "citizen_id")
SCHEMA: dict[str, pl.DataType] = {
    "ledger": pl.String(), "household_id": pl.String(), "person_id": pl.String(),
    "since": pl.Date(), "name": pl.String(), "old": pl.String(), "new": pl.String(),
    "old_batch": pl.Int64(), "batch": pl.Int64(), "file": pl.String(), "sheet": pl.String(),
    "row": pl.Int64(),
}  # fmt: skip
ORIGIN = ("batch", "file", "sheet", "row")


def of_households() -> tuple[type[Ledger], ...]:
    """The registers of households and persons, and every ledger that refers to one of them."""
    registers = {
        ledger.name
        for ledger in ledgers()
        if ledger.cadence == "register" and set(ledger.key()) & set(WHOSE)
    }
    return tuple(
        ledger
        for ledger in ledgers()
        if ledger.name in registers or registers & {f.refers_to for f in ledger.fields()}
    )


def corrections(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a changed value: household or person, first day, old and new value, and their rows.

    The columns are those of `SCHEMA`. Values are texts, codes joined by 、; personal columns
    are left out.
    """
    frames = [
        _of(root, ledger, numbers)
        for ledger in of_households()
        if (numbers := files(root, ledger.name, live))
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *frames]).sort("ledger", "batch", "row", "name")


def _of(root: Path, ledger: type[Ledger], numbers: dict[str, int]) -> pl.DataFrame:
    key = list(ledger.key())
    rows = retained.with_citizen_ids(root, stored(ledger, numbers))
    repeated = rows.filter(pl.len().over(key) > 1)
    if repeated.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    public = public_rows(root, ledger, repeated)
    key = ["person_id" if name == "citizen_id" else name for name in key]
    compared = sorted({field.name for field in ledger.fields()} & set(public.columns) - set(key))
    # Only the compared values become texts: the context keeps its types.
    texts = public.select(
        *key, *(pl.col(name) for name in ORIGIN),
        *(_text(public, name).alias(f"new {name}") for name in compared),
        **_context(ledger, public),
    )  # fmt: skip
    before = texts.with_columns(
        pl.col(new).shift(1).over(key, order_by="batch").alias(old)
        for new, old in [
            *((f"new {name}", f"old {name}") for name in compared),
            ("batch", "old batch"),
        ]
    ).filter(pl.col("old batch").is_not_null())
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(_changed(before, name) for name in compared)])


def _context(ledger: type[Ledger], rows: pl.DataFrame) -> dict[str, pl.Expr]:
    """Columns `context …`: the ledger, the household, the person and the first day of the row."""
    since = next(
        (pl.col(f.name) for f in ledger.fields() if isinstance(f, Days)), pl.lit(None, pl.Date)
    )
    whose = {
        name: pl.col(name) if name in rows.columns else pl.lit(None, pl.String)
        for name in ("household_id", "person_id")
    }
    context = {"ledger": pl.lit(ledger.name), **whose, "since": since}
    return {f"context {name}": value for name, value in context.items()}


def _changed(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows in which a column's value differs from the value it replaced."""
    old, new = pl.col(f"old {name}"), pl.col(f"new {name}")
    context = {
        column: pl.col(f"context {column}")
        for column in ("ledger", "household_id", "person_id", "since")
    }
    return rows.filter(new.ne_missing(old)).select(
        **context, name=pl.lit(name), old=old, new=new, old_batch=pl.col("old batch"),
        **{column: pl.col(column) for column in ORIGIN},
    )  # fmt: skip


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A column's values as texts."""
    kind = rows.schema[name]
    if isinstance(kind, pl.List):
        return pl.col(name).list.join("、")
    if kind == pl.Date:
        return pl.col(name).dt.strftime("%Y-%m-%d")
    if kind == pl.Float64:
        return pl.col(name).round(4).cast(pl.String).str.strip_suffix(".0")
    return pl.col(name).cast(pl.String)
