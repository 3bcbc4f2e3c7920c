"""The rows in force: of every key the row of the newest live batch."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from board.journal import Batch, Journal
from board.ledgers import Ledger, by_name
from board.publish.retained import born, male, newest, person_ids, without_stand_ins


def rows_in_force(root: Path, ledger: str, batches: Sequence[Batch] | None = None) -> pl.DataFrame:
    """A ledger's rows in force, personal columns included, with batch, file, sheet and row.

    Where personal values were removed a stand-in takes the place of the citizen ID.
    `batches` are the journal's batches by default; give fewer to know less. The
    order is that of the batches and, within one, of the rows read.
    """
    declared = by_name()[ledger]
    found = Journal(root).batches() if batches is None else batches
    numbers = files(root, ledger, found)
    rows = stored(declared, numbers) if numbers else _with_batch(declared.empty(), pl.lit(0))
    return newest(root, rows, declared.key())


Known = tuple[tuple[int, str], ...]
_last: dict[tuple[Path, str], tuple[Known, pl.DataFrame]] = {}


def remembered_rows(root: Path, ledger: str, batches: Sequence[Batch]) -> pl.DataFrame:
    """The same as `rows_in_force`, reading only the batches that came since it was last asked.

    A batch's file changes by a removal alone, which puts another in its place: what was read of
    the same file stays true. `verify` reads all anew.
    """
    live = [b for b in batches if b.state == "live" and b.rows.get(ledger)]
    read = (os.stat(path) for path in files(root, ledger, live))
    names: Known = tuple(
        (batch.number, f"{batch.manifest_sha256} {file.st_ino} {file.st_mtime_ns}")
        for batch, file in zip(live, read, strict=True)
    )
    known, rows = _last.get((root, ledger), ((), None))
    if rows is not None and names[: len(known)] == known:
        newer = rows_in_force(root, ledger, live[len(known) :])
        if newer.height:
            rows = newest(root, pl.concat([rows, newer]), by_name()[ledger].key())
    else:
        rows = rows_in_force(root, ledger, live)
    _last[root, ledger] = (names, rows)
    return rows


def files(root: Path, ledger: str, batches: Sequence[Batch]) -> dict[str, int]:
    """The Parquet files of a ledger in the live batches → the batch, in their order."""
    return {
        str(batch.folder(root) / f"{ledger}.parquet"): batch.number
        for batch in batches
        if batch.state == "live" and batch.rows.get(ledger)
    }


def stored(ledger: type[Ledger], numbers: Mapping[str, int]) -> pl.DataFrame:
    """The rows of Parquet files (path → batch), in the columns of today's declaration, in order."""
    rows = pl.scan_parquet(
        list(numbers),
        schema=ledger.schema_of_frame(),
        missing_columns="insert",
        extra_columns="ignore",
        include_file_paths="path",
    ).collect()
    batch = pl.col("path").replace_strict(dict(numbers), return_dtype=pl.Int64)
    return _with_batch(rows, batch).drop("path")


def _with_batch(frame: pl.DataFrame, number: pl.Expr) -> pl.DataFrame:
    rest = [name for name in frame.columns if name not in ("file", "sheet", "row")]
    return frame.select(*rest, number.cast(pl.Int64).alias("batch"), "file", "sheet", "row")


def public_rows(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without a personal column; `person_id` stands where citizen_id stood."""
    named = _with_person(root, rows)
    if ledger.name == "labour":
        named = _with_birth(named)
    personal = {f.name for f in ledger.fields() if f.personal}
    return named.drop([name for name in named.columns if name in personal])


def personal(root: Path, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame | None:
    """The key, batch, row and personal columns; null when the ledger has none."""
    columns = [f.name for f in ledger.fields() if f.personal]
    if not columns:
        return None
    named = without_stand_ins(_with_person(root, rows))
    first = ["person_id"] if "person_id" in named.columns else []
    keys = [name for name in ledger.key() if name not in columns]
    return named.select(*first, *keys, "batch", "row", *columns)


def _with_birth(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `sex` and `born_month` from the citizen ID; ages need no more than the month."""
    citizen = pl.col("citizen_id")
    at = rows.columns.index("citizen_id") + 1
    return rows.select(
        *rows.columns[:at],
        pl.when(male(citizen)).then(pl.lit("男")).otherwise(pl.lit("女")).alias("sex"),
        born(citizen).alias("born_month"),
        *rows.columns[at:],
    )


def _with_person(root: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `person_id` before `citizen_id`, where there is one."""
    if "citizen_id" not in rows.columns:
        return rows
    place = rows.columns.index("citizen_id")
    ids = person_ids(root, rows["citizen_id"]).alias("person_id")
    return rows.clone().insert_column(place, ids)
