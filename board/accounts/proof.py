"""Prove the accounts: every change writes an audit entry, and the accounts must equal the entries.

An entry holds what was done and what the account is after it, without a secret: see
`board.journal.acts.AccountState`. It holds a hash of the password's hash, or null. A text that
the audit log must not hold (a name that is a telephone number) is replaced by {"sha256": "…"}.

Accounts that existed before the first such entry are recorded as they were, one entry each; they
are proven only from then on. Someone who can write to the register's file can also append an
entry to the audit log. That entry stays readable, with its time, and the chain's head that was
noted outside the register no longer matches.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from board import journal, storage
from board.journal import act_of, acts
from board.storage import JOURNAL

State = dict[str, Any]
LINES = "\n"  # Separates the roles, and the places, in a row of accounts.
ROWS = "select name, password, role, department, places, enabled from accounts"
# A hash written in letters only can't be mistaken for a citizen ID or a phone number.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class Difference:
    """An account that differs from the audit log; `recorded` or `held` is None if it lacks it."""

    name: str
    recorded: State | None = field(hash=False)
    held: State | None = field(hash=False)


def begin(connection: sqlite3.Connection) -> None:
    """Record the existing accounts in the audit log, once.

    It does nothing if the log already has entries of accounts: it would otherwise also accept
    changes that were made without the program.
    """
    if _recorded(connection):
        return
    rows = connection.execute(ROWS + " order by name").fetchall()
    who = storage.account()
    journal.write_entry(connection, who, "terminal", acts.AccountsBegun(len(rows)))
    for row in rows:
        journal.write_entry(connection, who, "terminal", account_state("taken over", row))


def note(
    connection: sqlite3.Connection, who: str, role: str, act: acts.AccountAct, name: str
) -> None:
    """Write an audit entry of what was done to an account, in the caller's transaction."""
    row = connection.execute(ROWS + " where name = ?", (name,)).fetchone()
    journal.write_entry(connection, who, role, account_state(act, row))


def account_state(act: acts.AccountAct, row: tuple[Any, ...]) -> acts.AccountState:
    """The audit log's form of an account's row (name, password hash, roles, …)."""
    name, password, roles, department, places, enabled = row
    roles, places = str(roles).split(LINES), str(places).split(LINES)
    return acts.AccountState(
        act=act,
        name=_loggable(name),
        roles=tuple(_loggable(role) for role in roles),
        department=_loggable(department),
        places=tuple(_loggable(place) for place in places if place),
        enabled=bool(enabled),
        password=None if password is None else _hash(str(password)),
    )


def state(entry: acts.AccountState) -> State:
    """The fields of an account, without what was done to it."""
    return {name: value for name, value in journal.fields_of(entry).items() if name != "act"}


def readable(text: Any) -> str:
    """A text of the audit log for display; a hash is shown as × and its first 8 characters."""
    return f"×{str(text.get('sha256'))[:8]}" if isinstance(text, dict) else str(text)


def differences(root: Path) -> list[Difference]:
    """The accounts that differ from the audit log, by name; the store is not changed.

    Empty for a store of an earlier version, which has no entries to compare with.
    """
    if not (root / JOURNAL).exists():
        return []
    with journal.copied(root) as folder, closing(sqlite3.connect(folder / JOURNAL)) as connection:
        recorded, stored = _recorded(connection), _stored(connection)
        # This table was added together with the first audit entry of accounts.
        tables = _rows(connection, "select 1 from sqlite_master where name = 'assignments'")
    if not recorded and not tables:
        return []
    return [
        Difference(readable(json.loads(name)), recorded.get(name), stored.get(name))
        for name in sorted((recorded.keys() | stored.keys()) - {BEGUN})
        if recorded.get(name) != stored.get(name)
    ]


BEGUN = ""  # The key of the first entry, AccountsBegun, in a replay: no account has it.


def _recorded(connection: sqlite3.Connection) -> dict[str, State]:
    """Account → its state by the audit log, replayed from the first entry."""
    replayed: dict[str, State] = {}
    statement = "select what from looks where kind = 'account' order by seq"
    for (what,) in _rows(connection, statement):
        match act_of("account", what):
            case acts.AccountsBegun(accounts=count):
                replayed[BEGUN] = {"accounts": count}
            case acts.AccountState() as entry:
                replayed[_key(entry.name)] = state(entry)
    return replayed


def _stored(connection: sqlite3.Connection) -> dict[str, State]:
    """Account → its state by its row in the table of accounts."""
    states = [state(account_state("change", row)) for row in _rows(connection, ROWS)]
    return {_key(account["name"]): account for account in states}


def _key(name: Any) -> str:
    return json.dumps(name, ensure_ascii=False)


def _rows(connection: sqlite3.Connection, statement: str) -> list[tuple[Any, ...]]:
    """The rows that a statement returns; none if its table is missing or has other columns."""
    try:
        return connection.execute(statement).fetchall()
    except sqlite3.OperationalError as error:
        # What else SQLite says is about the file: no account differs by that.
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return []


def _loggable(text: Any) -> acts.KeptText:
    """A text as the audit log may hold it: as it is, or its hash if it contains a number."""
    text = str(text)
    return text if journal.without_numbers(text) == text else {"sha256": _hash(text)}


def _hash(text: str) -> str:
    """The SHA-256 of a text, in the letters a to p."""
    return hashlib.sha256(text.encode()).hexdigest().translate(LETTERS)
