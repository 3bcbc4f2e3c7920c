"""Tiny stores for tests: rows written in the test become a batch through the journal's own door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from board import storage
from board.journal import Batch, Journal
from board.ledgers import by_name

Rows = list[dict[str, Any]]


def frame(ledger: str, rows: Rows) -> pl.DataFrame:
    """Rows as a checked frame of that ledger; columns left out are null, provenance is made up."""
    declared = by_name()[ledger]
    schema = declared.schema_of_frame()
    unknown = {name for row in rows for name in row} - set(schema)
    assert not unknown, unknown
    made = [
        {"file": "test.xlsx", "sheet": declared.sheet, "row": number}
        | {name: row[name] for name in row}
        for number, row in enumerate(rows, start=2)
    ]
    return pl.DataFrame(
        [{name: row.get(name) for name in schema} for row in made], schema=schema, orient="row"
    )


def batch(root: Path, at: str | None = None, note: str = "", **ledgers: Rows) -> int:
    """Commit one batch of rows by ledger, back-dated to `at` (2024-01-05T00:00:00); its number."""
    return batch_of(root, ledgers, at, note)


def batch_of(root: Path, ledgers: Mapping[str, Rows], at: str | None = None, note: str = "") -> int:
    """Commit one batch, as `batch` does, of rows that are already held by ledger."""
    storage.prepare(root)
    with storage.staging(root) as work:
        for name, rows in ledgers.items():
            frame(name, rows).write_parquet(work / f"{name}.parquet")
        counts = {name: len(rows) for name, rows in ledgers.items()}
        files = [{"name": "test.xlsx", "sha256": "0" * 64}]
        manifest = {"files": files, "rows": counts, "note": note}
        return Journal(root).commit(work, manifest, at)


def of_ledgers(root: Path) -> list[Batch]:
    """The batches of ledgers, without the plan that a store takes over with its first load."""
    return [one for one in Journal(root).batches() if not one.plan]


def town(
    root: Path,
    households: int = 60,
    months: int = 36,
    seed: int = 2023,
    of: Callable[[str, pl.DataFrame], pl.DataFrame] = lambda _name, rows: rows,
) -> Path:
    """A published store of the invented settlement, its frames committed without any workbook.

    Of each ledger's rows those are held that `of(ledger, rows)` gives.
    """
    from board.publish import publish
    from board.sample import deliveries

    storage.prepare(root)
    journal = Journal(root)
    for one in deliveries(households, months, seed):
        if one.withdraws:
            journal.withdraw(one.withdraws, one.reason, one.at.isoformat())
            continue
        with storage.staging(root) as work:
            for name, rows in one.frames.items():
                of(name, rows).write_parquet(work / f"{name}.parquet")
            counts = {name: rows.height for name, rows in one.frames.items()}
            files = [{"name": one.file, "sha256": "0" * 64}]
            journal.commit(
                work, {"files": files, "rows": counts, "note": one.note}, one.at.isoformat()
            )
    publish(root)
    return root
