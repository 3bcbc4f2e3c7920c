"""Read the register without creating or changing anything, or read a private copy of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from board import storage
from board.storage import JOURNAL, workplace

LOG = f"{JOURNAL}-wal"
TRIALS = 50


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection for reading the register; it creates neither the file nor a table.

    sqlite3.OperationalError if there is no register.
    """
    with closing(opened(root)) as connection:
        yield connection


def opened(root: Path) -> sqlite3.Connection:
    """A connection for reading the register, also where the disk is full.

    Even to read, SQLite makes a small file beside a database with a write-ahead log. Where that
    fails and the log holds nothing, the database is read as it lies.
    """
    address = (root / JOURNAL).absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=60)
    try:
        connection.execute("select 1 from sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = root / LOG
        if not storage.disk_fault(error) or (log.exists() and log.stat().st_size):
            raise
        return sqlite3.connect(f"{address}?immutable=1", uri=True)
    return connection


def has_table(connection: sqlite3.Connection, name: str, column: str = "hash") -> bool:
    """Whether there is a table of that name with that column."""
    statement = "select 1 from pragma_table_info(?) where name = ?"
    return connection.execute(statement, (name, column)).fetchone() is not None


def rows_of(
    root: Path, table: str, statement: str, params: Sequence[Any] = (), column: str = "hash"
) -> list[tuple[Any, ...]]:
    """The rows that a statement finds in a table; none where there is no such table or register."""
    if not (root / JOURNAL).exists():
        return []
    with reading(root) as connection:
        known = has_table(connection, table, column)
        return connection.execute(statement, params).fetchall() if known else []


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A temporary folder with a copy of the register; empty if there is no register.

    SQLite writes files next to a database even if it only reads it. Code that must not change
    a byte of the store reads this copy. The folder is deleted after the block.
    """
    with workplace(root) as folder:
        for _trial in range(TRIALS):
            before = _state(root)
            _copy(root, folder)
            if _state(root) == before:
                break
        yield folder


def _copy(root: Path, folder: Path) -> None:
    for name in (JOURNAL, LOG):
        (folder / name).unlink(missing_ok=True)
        if (root / name).is_file():
            shutil.copyfile(root / name, folder / name)


def _state(root: Path) -> tuple[tuple[int, int], ...]:
    """The modification time in ns and size in bytes of the register and its write-ahead log."""
    files = [root / name for name in (JOURNAL, LOG) if (root / name).is_file()]
    return tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in files)
