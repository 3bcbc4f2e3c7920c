"""Read the register without making or changing anything, or read a private copy of it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from board.storage import JOURNAL, STAGING

LOG = f"{JOURNAL}-wal"
TRIALS = 50


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the register to read by; makes neither the file nor a table.

    sqlite3.OperationalError where there is no register.
    """
    address = f"{(root / JOURNAL).absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=60)
    try:
        yield connection
    finally:
        connection.close()


def has_table(connection: sqlite3.Connection, name: str, column: str = "hash") -> bool:
    """Whether there is a table of that name with that column."""
    statement = "select 1 from pragma_table_info(?) where name = ?"
    return connection.execute(statement, (name, column)).fetchone() is not None


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A private folder that holds a copy of the register, and nothing where there is none.

    SQLite writes beside a file that it only reads; whoever must not change a byte of the store
    reads the copy. It is gone after the block.
    """
    staging = root / STAGING
    with tempfile.TemporaryDirectory(
        prefix="copy-", dir=staging if staging.is_dir() else root
    ) as name:
        folder = Path(name)
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
    """When register and log were last written and how long they are."""
    found = [root / name for name in (JOURNAL, LOG) if (root / name).is_file()]
    return tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in found)
