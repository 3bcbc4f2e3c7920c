"""The store's lock for a single writer, its folders, and private folders in staging."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from board.i18n import N_
from board.storage.flushing import sync_folder, write_whole
from board.storage.place import BATCHES, KEY, LOCK, SNAPSHOTS, STAGING, now
from board.storage.refusal import RefusedError


def prepare(root: Path) -> None:
    """Make the store's folders and its key, readable by this account only.

    Raises RefusedError where the key is missing though there are batches: a new key would give
    every person another person_id.
    """
    os.umask(0o077)
    for folder in (root, root / BATCHES, root / SNAPSHOTS, root / STAGING):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
    if not (root / KEY).exists():
        if any((root / BATCHES).glob("*/manifest.json")):
            raise NO_KEY
        with writing(root, "key"):
            if not (root / KEY).exists():
                write_whole(root / KEY, os.urandom(32).hex().encode())


NO_KEY = RefusedError(
    "key_missing",
    N_("密钥文件 {file} 不见了，没有改动任何内容：请从备份找回它。"),
    file=KEY,
)


class Holder(NamedTuple):
    """The process that holds the store's lock, since when (UTC), and what it is doing."""

    pid: int
    host: str
    since: str
    doing: str


_threads = threading.RLock()
_locked: set[tuple[int, Path]] = set()  # (process, store), so that a fork does not inherit it


@contextmanager
def writing(
    root: Path, doing: str, waiting: Callable[[Holder | None], None] | None = None
) -> Iterator[None]:
    """Hold the store's lock as its single writer for a block; may be nested.

    Calls `waiting` with the present holder before it waits for the lock.
    """
    lock = (os.getpid(), root.resolve())
    with _threads:
        if lock in _locked:
            yield
            return
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(handle, root, waiting)
            _write_holder(handle, doing)
            _locked.add(lock)
            yield
        finally:
            _locked.discard(lock)
            os.close(handle)


@contextmanager
def no_writers(root: Path) -> Iterator[None]:
    """Keep other processes from writing for a block; changes no file, not even the lock."""
    if not (root / LOCK).exists():
        yield
        return
    handle = os.open(root / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if (os.getpid(), root.resolve()) not in _locked:
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, root: Path, waiting: Callable[[Holder | None], None] | None) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if waiting is not None:
            waiting(holder(root))
        fcntl.flock(handle, fcntl.LOCK_EX)


def _write_holder(handle: int, doing: str) -> None:
    process = Holder(os.getpid(), socket.gethostname(), now(), doing)
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(process._asdict()).encode(), 0)


def holder(root: Path) -> Holder | None:
    """The process that wrote itself into the lock last; null where the lock can't be read."""
    try:
        return Holder(**json.loads((root / LOCK).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """A private folder inside the store for work not yet committed; deleted after the block.

    The file `<folder>.alive` is locked while the process runs, so that `clear_staging` deletes
    only the folders of processes that have ended.
    """
    handle, name = _locked_file(root)
    folder = Path(name).with_suffix("")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        # What can't be deleted now is deleted by the next writer.
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        os.close(handle)


def _locked_file(root: Path) -> tuple[int, str]:
    """A new locked file in staging: its handle and path.

    It is made again where `clear_staging` deleted it before it was locked.
    """
    while True:
        handle, name = tempfile.mkstemp(dir=root / STAGING, prefix="work-", suffix=".alive")
        fcntl.flock(handle, fcntl.LOCK_EX)
        if Path(name).exists():
            return handle, name
        os.close(handle)


@contextmanager
def workplace(root: Path) -> Iterator[Path]:
    """A private folder for reading: in staging, or inside a store that has no staging yet."""
    place: AbstractContextManager[Path | str] = (
        staging(root)
        if (root / STAGING).is_dir()
        else tempfile.TemporaryDirectory(prefix="copy-", dir=root, ignore_cleanup_errors=True)
    )
    with place as folder:
        yield Path(folder)


def clear_staging(root: Path) -> None:
    """Delete the folders that ended processes left in staging, as far as that is possible now."""
    for path in sorted((root / STAGING).iterdir()):
        # One that is locked is in use.
        with suppress(OSError):
            _clear(path.with_suffix(""), path.with_suffix(".alive"))


def _clear(folder: Path, alive: Path) -> None:
    handle = os.open(alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
        alive.unlink(missing_ok=True)
    finally:
        os.close(handle)
