"""Slips: how often a name was tried in vain of late, kept by the name's hash, be it an account's or not.

A try is counted before the password is looked at and forgotten when it was right: of a hundred
tries at once no more than five are looked at.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from board.accounts.facts import FAILURES, LOCKED
from board.accounts.register import digest


def tried(connection: sqlite3.Connection, name: str, now: datetime) -> int:
    """Count one more try at a name and give how many that makes; over five it isn't kept."""
    connection.execute("delete from failures where at < ?", (_text(now - LOCKED),))
    counted = "select count(*) from failures where name = ?"
    before = int(connection.execute(counted, (digest(name),)).fetchone()[0])
    if before < FAILURES:
        connection.execute("insert into failures values (?, ?)", (digest(name), _text(now)))
    return before + 1


def forget(connection: sqlite3.Connection, name: str) -> None:
    """Forget the slips of a name."""
    connection.execute("delete from failures where name = ?", (digest(name),))


def locked_until(connection: sqlite3.Connection, name: str, now: datetime) -> str:
    """Until when a name is locked, UTC; empty where it isn't."""
    row = connection.execute(
        "select count(*), min(at) from failures where name = ? and at >= ?",
        (digest(name), _text(now - LOCKED)),
    ).fetchone()
    return _text(datetime.fromisoformat(row[1]) + LOCKED) if row[0] >= FAILURES else ""


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
