"""What a snapshot holds of one ledger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from board.ledgers import Ledger
from board.publish.rows import no_rows, personal, public_rows
from board.publish.struck import texts_of

DECLARED = ("name", "sheet", "cadence", "title_en")
DESCRIBED = {
    **dict.fromkeys(DECLARED, pl.String), "rows": pl.Int64, "since": pl.Date, "until": pl.Date,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class OfLedger:
    """A ledger's part of a snapshot: its rows for all readers and the personal values beside them.

    `described` is its row in the table `ledgers`, `months` are its rows in `kept_months`, and
    `texts` the texts that shared screens may show.
    """

    public: pl.DataFrame
    personal: pl.DataFrame | None
    described: dict[str, object]
    months: pl.DataFrame
    texts: pl.Series


def of_ledger(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> OfLedger:
    """What a snapshot holds of a ledger with these rows in force."""
    # Most ledgers of a young store have no rows, and these were a sixth of building its snapshot.
    return _without_rows(ledger) if rows.is_empty() else _with_rows(root, ledger, rows)


@cache
def _without_rows(ledger: type[Ledger]) -> OfLedger:
    """The same in every store: no key is needed, since there is nobody to identify."""
    return _with_rows(Path(), ledger, no_rows(ledger))


def _with_rows(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> OfLedger:
    return OfLedger(
        public_rows(root, ledger, rows),
        personal(root, ledger, rows),
        _described(ledger, rows),
        _months(ledger, rows),
        texts_of(ledger, rows),
    )


def _described(ledger: type[Ledger], rows: pl.DataFrame) -> dict[str, object]:
    """A row of the table `ledgers`: a ledger's declaration, its number of rows and their months."""
    months = rows.select(month=ledger.month_of_row())["month"]
    declared = {name: getattr(ledger, name) for name in DECLARED}
    return {**declared, "rows": rows.height, "since": months.min(), "until": months.max()}


def _months(ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a ledger in the table `kept_months`: each month in which it has rows, how many."""
    months = rows.select(month=ledger.month_kept()).drop_nulls()
    counts = months.group_by("month").agg(rows=pl.len().cast(pl.Int64)).sort("month")
    return counts.select(pl.lit(ledger.name).alias("ledger"), "month", "rows")
