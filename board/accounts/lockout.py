"""Count failed sign-ins of a name and lock the name after too many.

They are stored under the name's hash, whether or not an account has that name. A try is counted
before its password is checked and deleted if the password was right: of a hundred tries at the
same time at most five are checked.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from board.accounts.facts import FAILURES, LOCKED
from board.accounts.register import digest


def count_try(connection: sqlite3.Connection, name: str, now: datetime) -> int:
    """Count a try at a name and return the number of its recent tries; at most five are stored."""
    connection.execute("delete from failures where at < ?", (_text(now - LOCKED),))
    statement = "select count(*) from failures where name = ?"
    before = int(connection.execute(statement, (digest(name),)).fetchone()[0])
    if before < FAILURES:
        connection.execute("insert into failures values (?, ?)", (digest(name), _text(now)))
    return before + 1


def forget(connection: sqlite3.Connection, name: str) -> None:
    """Delete the counted tries of a name."""
    connection.execute("delete from failures where name = ?", (digest(name),))


def locked_until(connection: sqlite3.Connection, name: str, now: datetime) -> str:
    """When the lock of a name ends, naive UTC to the second; empty if it is not locked."""
    row = connection.execute(
        "select count(*), min(at) from failures where name = ? and at >= ?",
        (digest(name), _text(now - LOCKED)),
    ).fetchone()
    return _text(datetime.fromisoformat(row[1]) + LOCKED) if row[0] >= FAILURES else ""


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
