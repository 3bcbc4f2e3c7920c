"""The accounts' tables, beside the journal in the store's register; no secret is kept as it is."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from board import durable
from board.durable import JOURNAL

TABLES = """
create table if not exists accounts (
    name text primary key, password text, role text not null, department text not null,
    places text not null, enabled integer not null, created_at text not null
) strict;
create table if not exists sessions (
    hash text primary key, name text not null, role text not null, department text not null,
    places text not null, via text not null, opened_at text not null, seen_at text not null,
    revoked_at text
) strict;
create table if not exists entrances (
    hash text primary key, name text not null, expires_at text not null, used_at text
) strict;
create table if not exists failures (name text not null, at text not null) strict;
create table if not exists errands (
    hash text primary key, payload text not null, expires_at text not null
) strict;
"""

_made: dict[Path, int] = {}  # Which file of a store has them: another may take its place.
_lock = threading.Lock()


@contextmanager
def register(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose block is one transaction, on the disk when it ends."""
    _prepare(root)
    connection = sqlite3.connect(root / JOURNAL, timeout=60, isolation_level=None)
    try:
        connection.execute("pragma synchronous = full")
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
    finally:
        connection.close()


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection to read by: it waits for no writer, and none waits for it."""
    _prepare(root)
    connection = sqlite3.connect(root / JOURNAL, timeout=60, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _prepare(root: Path) -> None:
    """Make the tables where they are missing; once a process and store."""
    path = root / JOURNAL
    with _lock:
        if path.exists() and _made.get(root) == path.stat().st_ino:
            return
        durable.prepare(root)
        connection = sqlite3.connect(path, timeout=60)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.executescript(TABLES)
        finally:
            connection.close()
        durable.sync_folder(root)
        _made[root] = path.stat().st_ino


def digest(secret: str) -> str:
    """What is kept of a token or a name that may be a slip: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


# What holds for a moment and is worth nothing, or too much, in a copy.
PASSING = {
    "sessions": "delete from sessions", "entrances": "delete from entrances",
    "failures": "delete from failures", "errands": "delete from errands",
}  # fmt: skip


def forget_passing(connection: sqlite3.Connection) -> None:
    """Leave of a copied register's accounts what lasts; what was deleted is not in its file."""
    held = {name for (name,) in connection.execute("select name from sqlite_master")}
    for table, statement in PASSING.items():
        if table in held:
            connection.execute(statement)
    connection.commit()
    connection.execute("vacuum")
