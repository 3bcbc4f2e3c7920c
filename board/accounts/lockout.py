"""Count failed sign-ins: five slow a name down, twenty an hour an address.

They are stored under hashes, whether or not an account has that name. A try is counted before its
password is checked and deleted if the password was right: of a hundred tries at the same time at
most five are checked.

Strangers lock nobody out: a browser in which an account has signed in before has tries of its own,
and so has the last administrator at the machine itself.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from board.accounts.facts import FAILURES, LOCKED
from board.accounts.origin import Origin
from board.accounts.register import digest

HOUR = timedelta(hours=1)
TRIES_OF_A_SOURCE = 20  # an hour


def key_of(name: str, origin: Origin, is_last_admin: bool) -> str:
    """What the tries at a name are counted under: the name, with who has tries of its own."""
    own = f"browser {origin.browser}" if origin.browser else ""
    if origin.here and is_last_admin:
        own = own or "here"
    return f"{digest(name)} {digest(own)}" if own else digest(name)


def source_of(origin: Origin) -> str:
    """What the tries of an address are counted under; empty where they are not counted."""
    return digest(f"source {origin.source}") if origin.source and not origin.browser else ""


def count_try(connection: sqlite3.Connection, key: str, source: str, now: datetime) -> int:
    """Count a try and return the number of recent ones; more than five where it is not allowed."""
    connection.execute("delete from failures where at < ?", (_text(now - HOUR),))
    if source and _since(connection, source, now - HOUR) >= TRIES_OF_A_SOURCE:
        return FAILURES + 1
    before = _since(connection, key, now - LOCKED)
    if before < FAILURES:
        for counted in filter(None, (key, source)):
            connection.execute("insert into failures values (?, ?)", (counted, _text(now)))
    return before + 1


def forget(connection: sqlite3.Connection, key: str, source: str = "") -> None:
    """Delete the counted tries under a key, and the last one of an address."""
    connection.execute("delete from failures where name = ?", (key,))
    connection.execute(
        "delete from failures where rowid = (select max(rowid) from failures where name = ?)",
        (source,),
    )


def forget_all(connection: sqlite3.Connection, name: str) -> None:
    """Delete all counted tries at a name, whoever made them."""
    key = digest(name)
    connection.execute("delete from failures where name = ? or name like ?", (key, f"{key} %"))


def locked_until(connection: sqlite3.Connection, name: str, now: datetime) -> str:
    """When the lock of a name ends, naive UTC to the second; empty if it is not locked."""
    row = connection.execute(
        "select count(*), min(at) from failures where name = ? and at >= ?",
        (digest(name), _text(now - LOCKED)),
    ).fetchone()
    return _text(datetime.fromisoformat(row[1]) + LOCKED) if row[0] >= FAILURES else ""


def _since(connection: sqlite3.Connection, key: str, at: datetime) -> int:
    statement = "select count(*) from failures where name = ? and at >= ?"
    return int(connection.execute(statement, (key, _text(at))).fetchone()[0])


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
