"""One writer at a time, its private staging folder, and the folders a store is made of."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from board.i18n import N_
from board.storage.flushing import sync_folder, write_whole
from board.storage.place import BATCHES, KEY, LOCK, SNAPSHOTS, STAGING, now
from board.storage.refusal import RefusedError


def prepare(root: Path) -> None:
    """Make the store's folders and its key, closed to everybody else.

    A key that was lost is not made anew: RefusedError where batches lie here that another made.
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
    """Who holds the store's lock, since when and for what."""

    pid: int
    host: str
    since: str
    doing: str


_threads = threading.RLock()
_held: set[tuple[int, Path]] = set()


@contextmanager
def writing(
    root: Path, doing: str, waiting: Callable[[Holder | None], None] | None = None
) -> Iterator[None]:
    """Be the store's only writer for a block; waits, after telling `waiting` for whom."""
    mine = (os.getpid(), root.resolve())
    with _threads:
        if mine in _held:
            yield
            return
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(handle, root, waiting)
            _sign(handle, doing)
            _held.add(mine)
            yield
        finally:
            _held.discard(mine)
            os.close(handle)


@contextmanager
def unchanging(root: Path) -> Iterator[None]:
    """A block during which no other process writes; itself it changes nothing, not even the lock."""
    if not (root / LOCK).exists():
        yield
        return
    handle = os.open(root / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if (os.getpid(), root.resolve()) not in _held:
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


def _sign(handle: int, doing: str) -> None:
    who = Holder(os.getpid(), socket.gethostname(), now(), doing)
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(who._asdict()).encode(), 0)


def holder(root: Path) -> Holder | None:
    """Who wrote their name into the lock last; null when it can't be read."""
    try:
        return Holder(**json.loads((root / LOCK).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """A private folder inside the store for work not yet committed; gone after the block.

    A file beside it is locked as long as its maker lives, so that recovery can
    tell the work of the dead from the work of the living.
    """
    handle, name = _alive(root)
    folder = Path(name).with_suffix("")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        Path(name).unlink(missing_ok=True)
        os.close(handle)


def _alive(root: Path) -> tuple[int, str]:
    """A locked file of our own; made again where recovery took it before it was locked."""
    while True:
        handle, name = tempfile.mkstemp(dir=root / STAGING, prefix="work-", suffix=".alive")
        fcntl.flock(handle, fcntl.LOCK_EX)
        if Path(name).exists():
            return handle, name
        os.close(handle)


def clear_staging(root: Path) -> None:
    """Remove what dead processes left in staging; the work of the living is locked."""
    for path in sorted((root / STAGING).iterdir()):
        folder, alive = path.with_suffix(""), path.with_suffix(".alive")
        handle = os.open(alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            alive.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
