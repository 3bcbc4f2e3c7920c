"""The rows in force: for every key the row of the newest live batch."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from board.journal import Batch, Journal
from board.ledgers import Ledger, by_name
from board.publish.retained import (
    born,
    male,
    newest,
    office_ids,
    person_ids,
    without_stand_ins,
)


def rows_in_force(root: Path, ledger: str, batches: Sequence[Batch] | None = None) -> pl.DataFrame:
    """A ledger's rows in force, personal columns included, with batch, file, sheet and row.

    Where personal values were removed, a stand-in replaces the citizen ID. `batches` are all
    of the journal's by default. Rows are ordered by batch, then as they were read.
    """
    declared = by_name()[ledger]
    numbers = files(root, ledger, Journal(root).batches() if batches is None else batches)
    return newest(root, stored(declared, numbers), declared.key()) if numbers else no_rows(declared)


@cache
def no_rows(ledger: type[Ledger]) -> pl.DataFrame:
    """The rows in force of a ledger without any: its columns, with batch, file, sheet and row."""
    return _with_batch(ledger.empty(), pl.lit(0))


Versions = tuple[tuple[int, str], ...]
_remembered: dict[tuple[Path, str], tuple[Versions, pl.DataFrame]] = {}


def remembered_rows(root: Path, ledger: str, batches: Sequence[Batch]) -> pl.DataFrame:
    """The result of `rows_in_force`; only batches newer than the last call's are read.

    The cache is valid while each file has its inode and time of change: a batch's file changes
    only when a removal replaces it. `verify` does not use the cache.
    """
    live = [b for b in batches if b.state == "live" and b.rows.get(ledger)]
    stats = (os.stat(path) for path in files(root, ledger, live))
    versions: Versions = tuple(
        (batch.number, f"{batch.manifest_sha256} {file.st_ino} {file.st_mtime_ns}")
        for batch, file in zip(live, stats, strict=True)
    )
    before, rows = _remembered.get((root, ledger), ((), None))
    if rows is not None and versions[: len(before)] == before:
        newer = rows_in_force(root, ledger, live[len(before) :])
        if newer.height:
            rows = newest(root, pl.concat([rows, newer]), by_name()[ledger].key())
    else:
        rows = rows_in_force(root, ledger, live)
    _remembered[root, ledger] = (versions, rows)
    return rows


def files(root: Path, ledger: str, batches: Sequence[Batch]) -> dict[str, int]:
    """Path of each Parquet file of a ledger in the live batches → batch number, in order."""
    return {
        str(batch.folder(root) / f"{ledger}.parquet"): batch.number
        for batch in batches
        if batch.state == "live" and batch.rows.get(ledger)
    }


def stored(ledger: type[Ledger], numbers: Mapping[str, int]) -> pl.DataFrame:
    """The rows of Parquet files (path → batch number), with the columns and codes declared at present."""
    rows = pl.scan_parquet(
        list(numbers),
        schema=ledger.schema_of_frame(),
        missing_columns="insert",
        extra_columns="ignore",
        include_file_paths="path",
    ).collect()
    batch = pl.col("path").replace_strict(dict(numbers), return_dtype=pl.Int64)
    return _with_batch(ledger.in_present_codes(rows), batch).drop("path")


def versions(root: Path, ledger: str, batches: Sequence[Batch], keys: pl.DataFrame) -> pl.DataFrame:
    """Every row of the live batches with one of these keys, those replaced since included."""
    declared = by_name()[ledger]
    numbers = files(root, ledger, batches)
    rows = stored(declared, numbers) if numbers else no_rows(declared)
    return rows.join(keys, on=list(declared.key()), how="semi", nulls_equal=True)


def _with_batch(frame: pl.DataFrame, number: pl.Expr) -> pl.DataFrame:
    rest = [name for name in frame.columns if name not in ("file", "sheet", "row")]
    return frame.select(*rest, number.cast(pl.Int64).alias("batch"), "file", "sheet", "row")


def public_rows(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without personal columns.

    `person_id` replaces citizen_id, and `chair_id` or the like the name of somebody in office.
    """
    identified = _with_person(root, rows)
    identified = identified.with_columns(
        office_ids(root, rows[f.name]).alias(f"{f.name}_id") for f in ledger.fields() if f.in_office
    )
    if ledger.name == "labour":
        identified = _with_birth(identified)
    personal = {f.name for f in ledger.fields() if f.personal}
    return identified.drop([name for name in identified.columns if name in personal])


def personal(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame | None:
    """The key, batch, row and personal columns; null where the ledger has no personal column."""
    columns = [f.name for f in ledger.fields() if f.personal]
    if not columns:
        return None
    identified = without_stand_ins(_with_person(root, rows))
    first = ["person_id"] if "person_id" in identified.columns else []
    keys = [name for name in ledger.key() if name not in columns]
    return identified.select(*first, *keys, "batch", "row", *columns)


def _with_birth(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `sex` and `born_month` from the citizen ID; the month is enough to compute ages."""
    citizen = pl.col("citizen_id")
    position = rows.columns.index("citizen_id") + 1
    return rows.select(
        *rows.columns[:position],
        pl.when(male(citizen)).then(pl.lit("男")).otherwise(pl.lit("女")).alias("sex"),
        born(citizen).alias("born_month"),
        *rows.columns[position:],
    )


def _with_person(root: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `person_id` before `citizen_id`, where the rows have one."""
    if "citizen_id" not in rows.columns:
        return rows
    position = rows.columns.index("citizen_id")
    ids = person_ids(root, rows["citizen_id"]).alias("person_id")
    return rows.clone().insert_column(position, ids)
