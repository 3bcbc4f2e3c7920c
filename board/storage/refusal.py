"""The error of a refusing store, and how to recognise a full or faulty disk."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from board.i18n import N_, Message
from board.storage.place import SNAPSHOTS

MARGIN = 4 * 1024 * 1024  # Bytes
FULL_TEXTS = ("No space left", "File too large", "disk is full", "Disk quota exceeded")
# What a disk or a file system answers, and what each means in the texts of libraries.
ERRNOS = {
    code: errno.errorcode[code]
    for code in (errno.EIO, errno.EROFS, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.EREMOTEIO)
}
RIGHTS = {code: errno.errorcode[code] for code in (errno.EACCES, errno.EPERM)}
TEXTS = {
    "Input/output error": "EIO", "I/O error": "EIO", "Read-only file system": "EROFS",
    "Permission denied": "EACCES", "Could not read enough bytes": "EIO", "Stale file handle": "ESTALE",
}  # fmt: skip
OS_ERROR = re.compile(r"\(os error (\d+)\)")  # As Rust writes it.
SQLITE = re.compile("SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|PERM|PROTOCOL)")


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
    N_("磁盘空间不足，没有做完；已经存进去的都在。请腾出空间后再做一遍。"),
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
    return any(text in str(error) for text in FULL_TEXTS)


def disk_fault(error: BaseException) -> RefusedError | None:
    """The refusal for an error of the disk or the file system; null for every other error.

    Knows the errors of Python, SQLite, DuckDB and polars, and those that enclose one of them.
    """
    enclosed = [one for one in error.args if isinstance(one, OSError)]
    for one in (error, *enclosed):
        if no_room(one):
            return FULL
        if reason := _reason(one):
            return RefusedError("disk_fault", FAULTY, reason=reason)
    return None


FAULTY = N_(
    "磁盘或文件系统出错（{reason}），没有做完；已经存进去的都在。请检查磁盘和文件权限，再做一遍。"
)


def _reason(error: BaseException) -> str:
    """The name of the fault that an error means; "" where it means none."""
    if isinstance(error, OSError) and error.errno:
        return (ERRNOS | RIGHTS).get(error.errno, "")
    if isinstance(error, sqlite3.Error):
        name = str(getattr(error, "sqlite_errorname", ""))
        return name if SQLITE.match(name) else ""
    text = str(error)
    if numbered := OS_ERROR.search(text):
        return (ERRNOS | RIGHTS).get(int(numbered[1]), "")
    return next((name for part, name in TEXTS.items() if part in text), "")


@contextmanager
def refusing_disk_faults() -> Iterator[None]:
    """Raise a refusal instead of any error in the block that means a full or faulty disk."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        if fault := disk_fault(error):
            raise fault from None
        raise
