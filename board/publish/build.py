"""Build a snapshot and its persons file: rows in force, reference lists, then the views."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from board.journal import GENESIS, HIDINGS, RETAIN, Batch, Event, batches_of
from board.ledgers import ledgers
from board.publish.build_version import REFERENCE, build_version
from board.publish.corrections import corrections
from board.publish.filling import fill
from board.publish.hidings import keep_hidings, of_rows, stays_of
from board.publish.of_ledger import DESCRIBED, OfLedger, of_ledger
from board.publish.plan_tables import fill_plans
from board.publish.plans import stored_plans
from board.publish.rows import files, rows_in_force
from board.publish.struck import PERSONS, persons_of, struck_rows
from board.storage import HOURS_EAST, passed
from board.store import QUERIES

DAY = 10  # The characters of a date at the start of a time.
# How the reference lists are written; DuckDB takes longer to guess it than to read them.
CSV: Any = {
    "header": True, "all_varchar": True, "sep": ",", "quotechar": '"', "escapechar": '"',
}  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """What a snapshot is a function of: journal rows recorded by `at`, and the build version.

    `keeping` are the rows that say what has to stay hidden: whatever `at` is, all that there are.
    `staged` has, by batch number, the folders of batches that are still in staging.
    """

    events: tuple[Event, ...]
    at: str | None
    build_version: str
    staged: Mapping[int, Path] = field(default_factory=dict, compare=False)
    keeping: tuple[Event, ...] = ()

    @classmethod
    def of(
        cls,
        events: Sequence[Event],
        at: str | None,
        queries: Path = QUERIES,
        staged: Mapping[int, Path] | None = None,
    ) -> Basis:
        """The basis of a snapshot of what was known at `at`; of all rows where `at` is null.

        That a month was checked changes no figure, so such rows belong to no basis.
        """
        recorded = tuple(e for e in of_rows(events) if at is None or e.recorded_at <= at)
        keeping = tuple(e for e in events if e.kind == HIDINGS)
        return cls(recorded, at, build_version(queries), staged or {}, keeping)

    @property
    def batches(self) -> list[Batch]:
        """The batches of these rows, withdrawn ones included."""
        batches = batches_of(list(self.events))
        return [replace(batch, staged=self.staged.get(batch.number)) for batch in batches]

    @property
    def count(self) -> int:
        """The number of the last journal row; 0 where there is none."""
        return self.events[-1].seq if self.events else 0

    @property
    def facts(self) -> dict[str, object]:
        """The columns of the snapshot's table `snapshot`, which describes it."""
        return {
            "events": self.count,
            "taken": len(self.events),
            # A removal brings no new figures, so the date of the newest figures stays.
            "known_at": max((e.recorded_at for e in self.events if e.kind != RETAIN), default=None),
            "asked_at": self.at,
            "head": self.events[-1].hash if self.events else GENESIS,
            "house": self.build_version,
        }


def build(
    root: Path,
    basis: Basis,
    work: Path,
    queries: Path = QUERIES,
    in_force: Callable[[Path, str, Sequence[Batch]], pl.DataFrame] = rows_in_force,
    used: Path | None = None,
) -> dict[str, int]:
    """Write work/snapshot.duckdb and work/persons.duckdb; returns the row count of every table.

    `in_force(root, ledger, batches)` returns a ledger's rows in force. `used` is the file of the
    snapshot that this one takes the place of; with it, `note_stays` finds in `work` what to keep.
    """
    batches = basis.batches
    snapshot, persons = _new(work / "snapshot.duckdb", work), _new(work / "persons.duckdb", work)
    try:
        # One transaction a file: every table on its own would be flushed to the disk.
        for connection in (snapshot, persons):
            connection.begin()
        parts: list[OfLedger] = []
        registers: dict[str, pl.DataFrame] = {}
        for ledger in ledgers():
            rows = in_force(root, ledger.name, batches)
            if ledger.name in PERSONS:
                registers[ledger.name] = rows
            part = of_ledger(root, ledger, rows)
            fill(snapshot, work, ledger.name, part.public)
            if part.personal is not None:
                fill(persons, work, f"persons_{ledger.name}", part.personal)
            parts.append(part)
        passed("ledgers built")
        described = pl.DataFrame([part.described for part in parts], schema=DESCRIBED)
        fill(snapshot, work, "ledgers", described)
        fill(snapshot, work, "kept_months", pl.concat([part.months for part in parts]))
        texts = [part.texts for part in parts]
        fill(snapshot, work, "struck_texts", struck_rows(texts, persons_of(registers.__getitem__)))
        _describe(snapshot, root, work, batches, basis)
        for path in sorted(REFERENCE.glob("*.csv")):
            snapshot.read_csv(str(path), **CSV).create(path.stem)
        fill_plans(snapshot, stored_plans(root, batches), work, queries)
        for connection in (snapshot, persons):
            connection.commit()
            connection.checkpoint()
        passed("views built")
        rows_held = int(described["rows"].sum())
        keep_hidings(snapshot, work, queries, rows_held, stays_of(basis.keeping), used)
        snapshot.checkpoint()
        return row_counts(snapshot) | row_counts(persons)
    finally:
        for connection in (snapshot, persons):
            connection.close()


def _new(path: Path, work: Path) -> duckdb.DuckDBPyConnection:
    """Create a database with one thread, so that sums of floats are the same every time."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "default_block_size": 65536,
        "storage_compatibility_version": "v1.5.0",
        "temp_directory": str(work / "spill"),
        "autoinstall_known_extensions": "false",
    }
    return duckdb.connect(str(path), config=settings)


def _describe(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    work: Path,
    batches: Sequence[Batch],
    basis: Basis,
) -> None:
    """Create the tables about the snapshot: what it holds and where its rows come from."""
    live = [b for b in batches if b.state == "live"]
    facts = {
        name: pl.Series([value], dtype=pl.Int64 if isinstance(value, int) else pl.String)
        for name, value in basis.facts.items()
    }
    fill(connection, work, "snapshot", pl.DataFrame(facts))
    columns = ("number", "recorded_at", "entered_at", "state", "note", "reason", "plan")
    schema = dict.fromkeys(columns, pl.String) | {"number": pl.Int64}
    described = pl.DataFrame(
        [{name: getattr(b, name) for name in columns} for b in live], schema=schema
    )
    times = pl.col("recorded_at", "entered_at").str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=True)
    # The day on which it was received, where the settlement is.
    day = pl.col("recorded_at").dt.offset_by(f"{HOURS_EAST}h").dt.date().alias("received_on")
    described = described.with_columns(times).with_columns(day).rename({"number": "batch"})
    fill(connection, work, "batches", described)
    fill(connection, work, "batch_ledgers", _batch_ledgers(live))
    fill(connection, work, "sources", _sources(root, live))
    fill(connection, work, "letters", _letters(root, live))
    fill(connection, work, "corrections", corrections(root, live))


def _batch_ledgers(live: Sequence[Batch]) -> pl.DataFrame:
    """One row a live batch and ledger: its number of rows, or the month in which none changed."""
    schema = {
        "batch": pl.Int64(), "ledger": pl.String(), "rows": pl.Int64(), "unchanged_in": pl.Date(),
    }  # fmt: skip
    listed = [
        *(
            (b.number, name, rows, None)
            for b in live
            if not b.plan
            for name, rows in b.rows.items()
        ),
        *(
            (b.number, name, 0, date.fromisoformat(f"{b.month}-01"))
            for b in live
            for name in b.unchanged
        ),
    ]
    return pl.DataFrame(listed, schema=schema, orient="row")


def _sources(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a monthly ledger, month and live batch: its row count and the day it was recorded."""
    schema = {
        "ledger": pl.String(), "month": pl.Date(), "batch": pl.Int64(), "rows": pl.Int64(),
        "received_on": pl.Date(),
    }  # fmt: skip
    frames = [pl.DataFrame(schema=schema)]
    days = {b.number: b.recorded_at[:DAY] for b in live}
    for ledger in ledgers():
        numbers = files(root, ledger.name, live)
        if "month" not in ledger.schema_of_frame() or not numbers:
            continue
        batch = pl.col("path").replace_strict(numbers, return_dtype=pl.Int64)
        counts = (
            pl.scan_parquet(list(numbers), include_file_paths="path")
            .group_by(batch.alias("batch"), "month")
            .agg(rows=pl.len().cast(pl.Int64))
            .collect()
        )
        received = pl.col("batch").replace_strict(days, return_dtype=pl.String).str.to_date()
        sources = counts.with_columns(ledger=pl.lit(ledger.name), received_on=received)
        frames.append(sources.select(list(schema)))
    return pl.concat(frames).sort("ledger", "month", "batch")


def _letters(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a column of a live batch's sheet: the letter of the column in that sheet.

    A batch whose manifest has no column letters, as in older stores, has no rows here.
    """
    schema = dict.fromkeys(("batch", "file", "sheet", "ledger", "name", "letter"), pl.String)
    letters = [
        (batch.number, sheet["file"], sheet["sheet"], ledger, name, letter)
        for batch in live
        for ledger, sheets in _manifest(root, batch).get("columns", {}).items()
        for sheet in sheets
        for name, letter in sheet["letters"].items()
    ]
    return pl.DataFrame(letters, schema=schema | {"batch": pl.Int64}, orient="row")


def _manifest(root: Path, batch: Batch) -> dict[str, Any]:
    """A batch's manifest; empty where the file is missing."""
    path = batch.folder(root) / "manifest.json"
    return json.loads(path.read_bytes()) if path.exists() else {}


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Schema and table, such as main.income → its number of rows."""
    counting = "select $table as name, count(*) as row_count from query_table($table)"
    return dict(of_every_table(connection, counting))


def of_every_table(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[Any, ...]]:
    """The rows of a query about the table `$table`, asked about every table in one statement.

    Views have no rows of their own. One statement a table takes three times as long, and so does
    a table named by a parameter: nearly all tables of a store are small.
    """
    listed = connection.execute("select schema_name, table_name from duckdb_tables() order by all")
    asked = []
    for schema, name in listed.fetchall():
        # A file that somebody touched may hold a table of any name.
        table = ".".join('"' + part.replace('"', '""') + '"' for part in (schema, name))
        literal = "'" + f"{schema}.{name}".replace("'", "''") + "'"
        of_table = text.replace("query_table($table)", table)
        asked.append(f"({of_table.replace('$table', literal)})")
    return connection.execute(" union all ".join(asked)).fetchall() if asked else []
