"""The invented settlement's store, made once for everybody who asks."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

from board.publish.build_version import build_version
from board.store import Snapshot, open_store
from tests.support.stores import town

PROJECT = Path(__file__).resolve().parents[2]
A_DAY = 86_400


MADE_BY = (
    "findings", "intake", "journal", "ledgers", "publish", "reference", "sample", "storage",
    "template", "workbook",
)  # fmt: skip


def version() -> str:
    """A hash over what the sample's store is made from; pages and figures may change freely."""
    found = hashlib.sha256(build_version().encode())
    for name in MADE_BY:
        for path in sorted((PROJECT / "board").glob(f"{name}*")):
            for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
                if "__pycache__" not in file.parts:
                    found.update(str(file.relative_to(PROJECT)).encode() + file.read_bytes())
    return found.hexdigest()[:16]


def kept() -> Path:
    """The folder beside other temporary files for what takes long to make."""
    folder = Path(tempfile.gettempdir()) / f"board-sample-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def made(households: int = 1000, months: int = 36) -> Path:
    """The sample's store; made by the first who asks, read and never written by the rest.

    It lies beside other temporary files and is made anew when what it is made from changes.
    Its rows are committed without the workbooks that `make run` takes in: the tests of the
    sample go through that door, and it costs half a minute.
    """
    store = kept() / f"{version()}-{households}-{months}"
    with (kept() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not store.exists():
            for old in kept().glob("*-*"):
                if time.time() - old.stat().st_mtime > A_DAY:
                    shutil.rmtree(old)
            fresh = store.with_suffix(".new")
            town(fresh, households, months)
            fresh.rename(store)
    return store


@cache
def snapshot(households: int = 60, months: int = 36) -> Snapshot:
    """The snapshot of such a settlement, opened once for all tests of this process.

    What a figure's whole history takes to read is read once that way, too.
    """
    return open_store(made(households, months)).snapshot()


@cache
def looked_at() -> Path:
    """A small settlement's store for all tests of this process that only look at its pages.

    Looks are recorded in it. Pages keep what they read of a store: tests with one of their own
    read everything anew.
    """
    place = tempfile.mkdtemp(prefix="board-looked-at-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return copied(Path(place))


def copied(place: Path) -> Path:
    """A small settlement's store in a place of its own, to be looked at and written on."""
    return Path(shutil.copytree(made(60, 14), place / "store"))
