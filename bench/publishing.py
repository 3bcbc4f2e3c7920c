"""Publishing, reading and loading the sample of 1,000 households × 36 months."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bench._row import Row, say, timed
from board import metrics, publish, storage
from board.catalogue import METRICS
from board.ledgers import by_name
from board.sample import deliveries
from board.sample.workbooks import workbook
from board.store import connect, open_store
from tests.support.stores import batch, town

PROJECT = Path(__file__).resolve().parent.parent


def measure() -> Iterator[Row]:
    """Seconds to publish, to verify, to read figures, and to run commands such as loading a month."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        root, queries = Path(folder) / "store", Path(folder) / "queries"
        say("making the settlement")
        town(root, households=1000)
        yield from _publishing(root, queries)
        yield from _figures(root)
        yield from _commands(root, Path(folder))


def _publishing(root: Path, queries: Path) -> list[Row]:
    """Building the whole snapshot, against only copying the same rows into a database."""
    say("publishing")
    copied = min(timed(lambda: _copy(root))[0] for _ in range(3))
    batch(root, meetings=[])
    whole = timed(lambda: publish.publish(root))[0]
    (queries / "views").mkdir(parents=True)
    tables = timed(lambda: publish.publish(root, queries=queries))[0]
    publish.publish(root)
    checked = timed(lambda: publish.verify(root))[0]
    return [
        Row("publish 1,000 households × 36 months", whole, "s", "copy of its tables", copied, 5),
        Row("… of it without the views", tables, "s", "copy of its tables", copied),
        Row("verify: chain, batches, rebuild", checked, "s", "publish", whole),
    ]


def _figures(root: Path) -> list[Row]:
    """Every metric of a month read for the first time, and the change of each since the month before."""
    say("figures and their changes")
    snapshot, month = open_store(root).snapshot(), metrics.Period.parse("2024-09")
    whole = metrics.whole(snapshot)
    read = [metric for metric in METRICS.values() if metrics.defined(metric, month, whole)]
    first = timed(lambda: [metrics.read(snapshot, metric, month, whole) for metric in read])[0]
    change = timed(
        lambda: [metrics.change(snapshot, metric, month, month.before(), whole) for metric in read]
    )[0]
    return [
        Row("every metric of a month, first time", first, "s"),
        Row("… the change of each", change, "s", "every metric", first),
    ]


def _copy(root: Path) -> None:
    """Copy the current rows of every ledger into a new file with DuckDB only."""
    current = publish.current(root)
    if current is None:
        return
    source = connect(root / storage.SNAPSHOTS / f"{current.snapshot}.duckdb")
    with tempfile.TemporaryDirectory() as folder:
        for name in by_name():
            source.table(name).pl().write_parquet(Path(folder) / f"{name}.parquet")
        target = duckdb.connect(str(Path(folder) / "copy.duckdb"))
        for name in by_name():
            target.read_parquet(str(Path(folder) / f"{name}.parquet")).create(name)
        target.close()
    source.close()


def _commands(root: Path, folder: Path) -> list[Row]:
    """Commands at a terminal, against a Python process that only imports DuckDB and polars."""
    say("the command line")
    month = next(delivery for delivery in deliveries(1000, 36) if delivery.frames)
    book = workbook(month, folder)
    bare = min(timed(lambda: _run("-c", "import duckdb, polars"))[0] for _ in range(3))
    store = ("--store", str(root))
    query = ("metrics", "--period", "2024-09", "--metric", "employment_rate", *store)
    return [
        Row("--help", _command("--help"), "s", "python, duckdb, polars", bare, 0.5),
        Row("one metric", _command(*query), "s", "python, duckdb, polars", bare, 1.5),
        Row("load a month", _command("load", str(book), *store, times=1), "s",
            "python, duckdb, polars", bare, 3),
    ]  # fmt: skip


def _command(*arguments: str, times: int = 3) -> float:
    return min(timed(lambda: _run("-m", "board", *arguments))[0] for _ in range(times))


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=PROJECT, check=True, capture_output=True)
