"""Every file operation of every writing command fails once in each way: nothing stored is lost."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from board.backup import backup, restore
from board.journal import Journal, condition
from board.publish import publish, verify, withdraw
from board.repair import plan, repair
from board.storage import RefusedError
from tests.support.answers import present
from tests.support.damages import kept
from tests.support.rows import household
from tests.support.stores import batch

WAYS = (errno.ENOSPC, errno.EIO, errno.EACCES)
OPERATIONS = ("fsync", "rename", "open", "pwrite", "link", "mkdir", "unlink", "rmdir", "ftruncate")
# What may be found after a command was broken off: named, and nothing of it is lost.
NAMED = {"set_aside", "interrupted_load"}

Command = Callable[[Path], object]


def load(root: Path) -> None:
    """A batch, published."""
    batch(root, households=[household("H5")])
    publish(root)


def mend(root: Path) -> None:
    """A repair of a store with two folders too many."""
    if plan(root):
        repair(root, "试", "试")


def restored(root: Path) -> None:
    """A restore into the place beside; whole when it was there already."""
    other = root.parent / "other"
    if not other.exists() or condition(other).rows == 0:
        restore(other, root.parent / "backup.tar")


COMMANDS: dict[str, Command] = {
    "load": load,
    "withdraw": lambda root: (
        present(Journal(root).batch(1)).state == "withdrawn" or withdraw(root, 1, "错")
    ),
    "publish": lambda root: publish(root, "2024-02-06T00:00:00"),
    "backup": lambda root: (root.parent / "b.tar").exists() or backup(root, root.parent / "b.tar"),
    "restore": restored,
    "repair": mend,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with a store of two batches and its backup."""
    place = tmp_path_factory.mktemp("whole")
    batch(place / "store", "2024-01-05T00:00:00", households=[household("H1")])
    batch(place / "store", "2024-02-05T00:00:00", households=[household("H2")])
    publish(place / "store")
    backup(place / "store", place / "backup.tar")
    return place


@contextmanager
def failing(place: Path, at: int, way: int) -> Iterator[list[str]]:
    """Have the operation of that number on a file below `place` fail; gives those that were done."""
    done: list[str] = []
    held = {name: getattr(os, name) for name in OPERATIONS}

    def faulty(name: str) -> Callable[..., Any]:
        def operation(*given: Any, **more: Any) -> Any:
            target = given[0]
            if isinstance(target, int):
                target = os.readlink(f"/proc/self/fd/{target}")
            ours = str(target).startswith(str(place))
            reads = name == "open" and not given[1] & (os.O_WRONLY | os.O_RDWR)
            if ours and not reads:
                done.append(name)
                if len(done) == at:
                    raise OSError(way, os.strerror(way), str(target))
            return held[name](*given, **more)

        return operation

    for name in OPERATIONS:
        setattr(os, name, faulty(name))
    try:
        yield done
    finally:
        for name, operation in held.items():
            setattr(os, name, operation)


def prepared(whole: Path, place: Path, command: str) -> Path:
    """A copy of the place, hurt where the command is there for that."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(whole, place)
    if command == "repair":
        for surplus in ("7", "8"):
            shutil.copytree(place / "store/batches/1", place / "store/batches" / surplus)
    return place / "store"


def operations(whole: Path, place: Path, command: str) -> int:
    """How many operations on files a command does when none fails."""
    root = prepared(whole, place, command)
    with failing(place, 10_000, errno.EIO) as done:
        COMMANDS[command](root)
    return len(done)


def tried(whole: Path, place: Path, command: str, at: int, way: int) -> None:
    """Fail one operation, look at what is left, do it again."""
    root = prepared(whole, place, command)
    before = kept(root)
    said = ""
    with failing(place, at, way) as done:
        try:
            COMMANDS[command](root)
        except (RefusedError, OSError, sqlite3.Error) as error:
            said = type(error).__name__
    where = (command, at, errno.errorcode[way], done[-1:], said)
    assert set(before) <= set(kept(root)), where
    if command != "repair":
        assert condition(root).state != "damaged", where
        wrong = {p.code for p in verify(root) if p.severity == "error"}
        assert wrong <= NAMED, (where, wrong)
    COMMANDS[command](root)
    other = place / "other"
    for store in [root, *([other] if other.exists() else [])]:
        Journal(store).recover()
        wrong = {p.code for p in verify(store) if p.severity == "error"}
        assert wrong <= NAMED, (where, wrong)
        assert set(before) <= set(kept(root)), where


@pytest.mark.parametrize("command", COMMANDS)
def test_an_operation_that_fails_costs_nothing_that_was_stored(
    whole: Path, tmp_path: Path, command: str
) -> None:
    most = operations(whole, tmp_path / "place", command)
    chance = random.Random(command)
    tried(whole, tmp_path / "place", command, chance.randint(1, most), chance.choice(WAYS))


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_operation_failed_once_costs_nothing_that_was_stored(
    whole: Path, tmp_path: Path, command: str, way: int
) -> None:
    most = operations(whole, tmp_path / "place", command)
    for at in range(1, most + 1):
        tried(whole, tmp_path / "place", command, at, way)
