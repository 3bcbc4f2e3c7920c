"""The accounts' tables, beside the journal in the store's register; no secret is kept as it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from board import journal, storage
from board.accounts import proof
from board.storage import JOURNAL

TABLES = {
    # Of several roles each stands on a line of its own, as places do.
    "accounts": """(
        name text primary key, password text, role text not null, department text not null,
        places text not null, enabled integer not null, created_at text not null
    ) strict""",
    # Role, department and places are those chosen.
    "sessions": """(
        hash text primary key, name text not null, role text not null, department text not null,
        places text not null, via text not null, opened_at text not null, seen_at text not null,
        revoked_at text
    ) strict""",
    # Among which assignments a session that came by a provider may choose.
    "assignments": """(
        hash text not null, position integer not null, role text not null,
        department text not null, places text not null, primary key (hash, position)
    ) strict""",
    "entrances": """(
        hash text primary key, name text not null, expires_at text not null, used_at text
    ) strict""",
    "failures": "(name text not null, at text not null) strict",
    "errands": "(hash text primary key, payload text not null, expires_at text not null) strict",
}


@contextmanager
def register(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection to write by: its block is one transaction, on the disk when it ends.

    What is put on record in it is written with the rest, or neither is.
    """
    if not (root / JOURNAL).exists():
        storage.prepare(root)
    with journal.register(root) as connection:
        connection.execute("begin immediate")
        if missing := lacking(connection):
            for table in missing:
                connection.execute(" ".join(("create table", table, TABLES[table])))
            proof.begin(connection)
        yield connection


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection to read by: it makes nothing, waits for no writer, and none waits for it.

    Tables that are not there read as empty ones.
    """
    path = root / JOURNAL
    where = f"{path.absolute().as_uri()}?mode=rw" if path.exists() else ":memory:"
    connection = sqlite3.connect(where, uri=True, timeout=60, isolation_level=None)
    try:
        for table in lacking(connection):
            connection.execute(" ".join(("create temporary table", table, TABLES[table])))
        connection.execute("pragma query_only = on")
        yield connection
    finally:
        connection.close()


def lacking(connection: sqlite3.Connection) -> list[str]:
    """The tables that are not there."""
    held = {name for (name,) in connection.execute("select name from sqlite_master")}
    return [table for table in TABLES if table not in held]


def digest(secret: str) -> str:
    """What is kept of a token or a name that may be a slip: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


# What holds for a moment and is worth nothing, or too much, in a copy.
PASSING = {
    "sessions": "delete from sessions", "assignments": "delete from assignments",
    "entrances": "delete from entrances", "failures": "delete from failures",
    "errands": "delete from errands",
}  # fmt: skip


def forget_passing(connection: sqlite3.Connection) -> None:
    """Leave of a copied register's accounts what lasts; what was deleted is not in its file."""
    missing = lacking(connection)
    for table, statement in PASSING.items():
        if table not in missing:
            connection.execute(statement)
    connection.commit()
    connection.execute("vacuum")
