"""The rows in force: of every key the row of the newest live batch."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from board.durable import KEY
from board.journal import Batch, Journal
from board.ledgers import Ledger, by_name


def rows_in_force(root: Path, ledger: str, batches: Sequence[Batch] | None = None) -> pl.DataFrame:
    """A ledger's rows in force, personal columns included, with batch, file, sheet and row.

    `batches` are the journal's batches by default; give fewer to know less. The
    order is that of the batches and, within one, of the rows read.
    """
    declared = by_name()[ledger]
    found = Journal(root).batches() if batches is None else batches
    numbers = files(root, ledger, found)
    rows = stored(declared, numbers) if numbers else _with_batch(declared.empty(), pl.lit(0))
    return rows.unique(subset=list(declared.key()), keep="last", maintain_order=True)


Known = tuple[tuple[int, str], ...]
_last: dict[tuple[Path, str], tuple[Known, pl.DataFrame]] = {}


def remembered_rows(root: Path, ledger: str, batches: Sequence[Batch]) -> pl.DataFrame:
    """The same as `rows_in_force`, reading only the batches that came since it was last asked.

    A batch never changes, so what was read of it stays true; `verify` reads all anew.
    """
    live = [b for b in batches if b.state == "live" and b.rows.get(ledger)]
    names: Known = tuple((b.number, b.manifest_sha256) for b in live)
    known, rows = _last.get((root, ledger), ((), None))
    if rows is not None and names[: len(known)] == known:
        newer = rows_in_force(root, ledger, live[len(known) :])
        if newer.height:
            key = list(by_name()[ledger].key())
            rows = pl.concat([rows, newer]).unique(key, keep="last", maintain_order=True)
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


def person_ids(root: Path, citizens: pl.Series) -> pl.Series:
    """Citizen IDs → person IDs: HMAC-SHA-256 under the store's key, first 16 hex digits."""
    secret = (root / KEY).read_bytes()
    known = citizens.drop_nulls().unique()
    hidden = [hmac.digest(secret, one.encode(), "sha256").hex()[:16] for one in known]
    ids = pl.Series(hidden, dtype=pl.String)
    return citizens.replace_strict(known, ids, default=None, return_dtype=pl.String)


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
    named = _with_person(root, rows)
    first = ["person_id"] if "person_id" in named.columns else []
    keys = [name for name in ledger.key() if name not in columns]
    return named.select(*first, *keys, "batch", "row", *columns)


def _with_birth(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `sex` and `born_month` from the citizen ID; ages need no more than the month."""
    citizen = pl.col("citizen_id")
    male = citizen.str.slice(16, 1).cast(pl.Int64, strict=False) % 2 == 1
    born = (citizen.str.slice(6, 6) + "01").str.to_date("%Y%m%d", strict=False)
    at = rows.columns.index("citizen_id") + 1
    return rows.select(
        *rows.columns[:at],
        pl.when(male).then(pl.lit("男")).otherwise(pl.lit("女")).alias("sex"),
        born.alias("born_month"),
        *rows.columns[at:],
    )


def _with_person(root: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `person_id` before `citizen_id`, where there is one."""
    if "citizen_id" not in rows.columns:
        return rows
    place = rows.columns.index("citizen_id")
    ids = person_ids(root, rows["citizen_id"]).alias("person_id")
    return rows.clone().insert_column(place, ids)
