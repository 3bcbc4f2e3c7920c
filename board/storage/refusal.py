"""The error of a refusing store, and how to recognise a full disk."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from board.i18n import N_, Message
from board.storage.place import SNAPSHOTS

MARGIN = 4 * 1024 * 1024  # Bytes
# What SQLite says where it can't make a file beside a database.
SQLITE_TEXTS = ("disk I/O error", "unable to open database file")
FULL_TEXTS = ("No space left", "File too large", "disk is full", "Disk quota exceeded")


class RefusedError(Exception):
    """The store refuses to do something.

    `code` is stable, `message` is for the reader; the text of the exception is its Chinese.
    """

    def __init__(self, code: str, text: str, /, **gaps: object) -> None:
        self.code = code
        self.message = Message(text, gaps)
        super().__init__(self.message.zh)


FULL = RefusedError(
    "disk_full",
    N_("磁盘空间不足，没有写入任何内容。请腾出空间后重试。"),
)


def room(root: Path, work: Path, publishing: bool) -> None:
    """Raise FULL where the disk lacks room to store, or to publish, what is in `work`.

    Publishing is taken to need three times the size of `work` and twice the newest snapshot.
    """
    inside = sum(path.stat().st_size for path in work.rglob("*") if path.is_file())
    needed = inside + MARGIN
    if publishing:
        files = sorted((root / SNAPSHOTS).glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
        needed += 3 * inside + 2 * sum(path.stat().st_size for path in files[-2:])
    if shutil.disk_usage(root).free < needed:
        raise FULL


def no_room(error: BaseException) -> bool:
    """Whether an error of Python, SQLite, DuckDB or polars means that the disk is full."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    texts = FULL_TEXTS + SQLITE_TEXTS if isinstance(error, sqlite3.OperationalError) else FULL_TEXTS
    return any(text in str(error) for text in texts)


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """Raise FULL instead of any error in the block that means that the disk is full."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        if no_room(error):
            raise FULL from None
        raise
