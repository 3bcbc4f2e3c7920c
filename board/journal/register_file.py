"""Write to the register, the one SQLite file of a store: one transaction at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from board import storage
from board.journal.facts import GENESIS, AuditEntry, entry_hash
from board.journal.known_heads import note_head
from board.journal.soundness import require_sound
from board.storage import JOURNAL

PATIENCE, PAUSE = 200, 0.02
# `insert or replace` deletes a row without firing the delete trigger: hence the `order` triggers.
TABLES = {
    "journal": (
        """create table journal (
            seq integer primary key,
            kind text not null,
            payload text not null,
            recorded_at text not null,
            entered_at text not null,
            previous text not null,
            hash text not null
        ) strict""",
        """create trigger journal_keeps_rows before delete on journal
        begin select raise(abort, 'the journal keeps every row'); end""",
        """create trigger journal_keeps_order before insert on journal
        when new.seq <= (select max(seq) from journal)
        begin select raise(abort, 'the journal keeps every row'); end""",
        """create trigger journal_keeps_words before update on journal
        begin select raise(abort, 'the journal keeps every word'); end""",
    ),
    # With `autoincrement` SQLite keeps the highest number used, which shows deleted last entries.
    "looks": (
        """create table looks (
            seq integer primary key autoincrement,
            at text not null,
            who text not null,
            role text not null,
            kind text not null,
            what text not null,
            why text not null,
            previous text not null,
            hash text not null
        ) strict""",
        """create trigger looks_keep_rows before delete on looks
        begin select raise(abort, 'every look is kept'); end""",
        """create trigger looks_keep_order before insert on looks
        when new.seq <= (select max(seq) from looks)
        begin select raise(abort, 'every look is kept'); end""",
        """create trigger looks_keep_words before update on looks
        begin select raise(abort, 'every look is kept'); end""",
    ),
}


@contextmanager
def register(root: Path) -> Iterator[sqlite3.Connection]:
    """A connection for writing; its block is one transaction, on the disk when it ends.

    A register is created only in a new store: RefusedError where the register was lost.
    """
    if not (root / JOURNAL).exists():
        require_sound(root)
    with (
        storage.refusing_disk_faults(),
        closing(sqlite3.connect(root / JOURNAL, timeout=60)) as connection,
    ):
        _write_ahead(connection)
        connection.execute("pragma synchronous = full")
        if missing := missing_tables(connection):
            if "journal" in missing:
                require_sound(root)
            with connection:
                connection.execute("begin immediate")
                for name in missing_tables(connection):
                    _create(connection, name)
            storage.sync_folder(root)
        with connection:
            yield connection
        _note_log_head(root, connection)


def _note_log_head(root: Path, connection: sqlite3.Connection) -> None:
    """Write the audit log's head outside the register, once the last entry is on the disk."""
    last = head_of(connection.execute(LAST).fetchall())
    if last["rows"]:
        note_head(root, "looks", last["rows"], last["head"])


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on write-ahead logging, and try again while SQLite refuses.

    If two processes create the file at the same time, SQLite refuses one of them at once,
    whatever the timeout, because each would wait for the other.
    """
    for trial in range(PATIENCE):
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError:
            if trial == PATIENCE - 1:
                raise
            time.sleep(PAUSE)
        else:
            return


def missing_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that do not exist, or exist only in a form without hashes."""
    tables = dict(connection.execute("select name, sql from sqlite_master where type = 'table'"))
    return [name for name in TABLES if "hash" not in tables.get(name, "")]


def _create(connection: sqlite3.Connection, name: str) -> None:
    """Create a table with its triggers; audit entries without hashes are copied into it."""
    earlier: list[tuple[str, str, str]] = []
    if connection.execute("select 1 from sqlite_master where name = ?", (name,)).fetchone():
        earlier = connection.execute("select at, who, what from looks order by rowid").fetchall()
        connection.execute("drop table looks")
    for statement in TABLES[name]:
        connection.execute(statement)
    for at, who, what in earlier:
        chain(connection, at, who, "", "export", what)


LAST = "select seq, hash from looks order by seq desc limit 1"


def head_of(last: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """The number and hash of the last audit entry (at most one), which the journal's rows carry.

    The journal then shows it when the audit log was emptied.
    """
    rows, head = last[0] if last else (0, GENESIS)
    return {"rows": rows, "head": head}


def chain(
    connection: sqlite3.Connection,
    at: str, who: str, role: str, kind: str, what: str, why: str = "",
) -> AuditEntry:  # fmt: skip
    """Write the next audit entry, inside an exclusive transaction that the caller has begun."""
    last = head_of(connection.execute(LAST).fetchall())
    bare = AuditEntry(last["rows"] + 1, at, who, role, kind, what, why, last["head"])
    entry = replace(bare, hash=entry_hash(bare))
    connection.execute(
        "insert into looks values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*entry.hashed_fields, entry.hash)
    )
    return entry
