"""The tables of accounts and sessions in the register; of every secret only a hash is stored."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from board import journal, storage
from board.accounts import proof
from board.storage import JOURNAL

TABLES = {
    # One role a line, and one place a line.
    "accounts": """(
        name text primary key, password text, role text not null, department text not null,
        places text not null, enabled integer not null, created_at text not null
    ) strict""",
    # Role, department and places are those of the chosen assignment.
    "sessions": """(
        hash text primary key, name text not null, role text not null, department text not null,
        places text not null, via text not null, opened_at text not null, seen_at text not null,
        revoked_at text
    ) strict""",
    # The assignments that a session of a provider may choose from.
    "assignments": """(
        hash text not null, position integer not null, role text not null,
        department text not null, places text not null, primary key (hash, position)
    ) strict""",
    # The one-time tokens for setting a password.
    "entrances": """(
        hash text primary key, name text not null, expires_at text not null, used_at text
    ) strict""",
    "failures": "(name text not null, at text not null) strict",
    # The pending logins.
    "errands": "(hash text primary key, payload text not null, expires_at text not null) strict",
}


def present() -> datetime:
    """The current time, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class InRegister:
    """What is stored in the register at `root`; `clock` returns the current time, naive UTC."""

    root: Path
    clock: Callable[[], datetime] = present

    def _now(self, shift: timedelta = timedelta()) -> str:
        """The current time, or a time `shift` later, as the register holds it."""
        return (self.clock() + shift).isoformat(timespec="seconds")


@contextmanager
def register(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection for writing; its block is one transaction, on the disk when it ends.

    Audit entries written in the block are part of the same transaction.
    """
    if not (root / JOURNAL).exists():
        storage.prepare(root)
    with journal.register(root) as connection:
        connection.execute("begin immediate")
        if missing := missing_tables(connection):
            for table in missing:
                connection.execute(" ".join(("create table", table, TABLES[table])))
            proof.begin(connection)
        yield connection


@contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection for reading; it creates nothing in the store and never blocks a writer.

    A missing table reads as an empty one.
    """
    exists = (root / JOURNAL).exists()
    with closing(journal.opened(root) if exists else sqlite3.connect(":memory:")) as connection:
        connection.isolation_level = None
        for table in missing_tables(connection):
            connection.execute(" ".join(("create temporary table", table, TABLES[table])))
        connection.execute("pragma query_only = on")
        yield connection


def missing_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that do not exist."""
    existing = {name for (name,) in connection.execute("select name from sqlite_master")}
    return [table for table in TABLES if table not in existing]


def digest(secret: str) -> str:
    """The SHA-256, in hexadecimal, that is stored in place of a token or a tried name."""
    return hashlib.sha256(secret.encode()).hexdigest()


def delete_temporary_rows(connection: sqlite3.Connection) -> None:
    """Delete sessions, tokens, tries and pending logins from a copied register for good.

    They are valid only for a short time and must not be in a backup.
    """
    for table in TABLES.keys() - {"accounts", *missing_tables(connection)}:
        connection.execute(" ".join(("delete from", table)))
    connection.commit()
    connection.execute("vacuum")
