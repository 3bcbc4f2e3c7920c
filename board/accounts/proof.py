"""The accounts are proven: each change is a row of the record of looks, and the rows must equal it.

A row says what was done and what the account is afterwards, without a secret: see
`board.journal.acts.AccountState`. Of the password's hash there is a hash, or null. A text that
the record would not keep as it is (a name that is a telephone number) stands as its hash, too,
as {"sha256": "…"}.

What was there before the first such row is taken over as it was, row by row, on record: it is
proven from then on, not before. Whoever can write to the register's file can also add a row to
the end of the record: such a row stays to be read, with its time, and the chain's head that was
noted down outside the register no longer fits.
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
LINES = "\n"  # What separates roles, and places, in a row of accounts.
ROWS = "select name, password, role, department, places, enabled from accounts"
# A hash in letters: nothing that looks for a person's numbers can take it for one.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class Difference:
    """An account that is not what the record says of it; a side that has none is null."""

    name: str
    recorded: State | None = field(hash=False)
    held: State | None = field(hash=False)


def begin(connection: sqlite3.Connection) -> None:
    """Take over, once, what stands in the accounts before any of it is proven.

    Never again where the record has begun: a change past the program would be taken over too.
    """
    if _recorded(connection):
        return
    rows = connection.execute(ROWS + " order by name").fetchall()
    who = storage.account()
    journal.noted(connection, who, "terminal", acts.AccountsBegun(len(rows)))
    for row in rows:
        journal.noted(connection, who, "terminal", account_state("taken over", row))


def note(
    connection: sqlite3.Connection, who: str, role: str, act: acts.AccountAct, name: str
) -> None:
    """Put on record what was done to an account and what it is now, in the caller's transaction."""
    row = connection.execute(ROWS + " where name = ?", (name,)).fetchone()
    journal.noted(connection, who, role, account_state(act, row))


def account_state(act: acts.AccountAct, row: tuple[Any, ...]) -> acts.AccountState:
    """What the record says of an account's row."""
    name, password, roles, department, places, enabled = row
    roles, places = str(roles).split(LINES), str(places).split(LINES)
    return acts.AccountState(
        act=act,
        name=_kept(name),
        roles=tuple(_kept(role) for role in roles),
        department=_kept(department),
        places=tuple(_kept(place) for place in places if place),
        enabled=bool(enabled),
        password=None if password is None else _hash(str(password)),
    )


def state(done: acts.AccountState) -> State:
    """What an account is, whatever was done to it."""
    return {name: value for name, value in journal.fields_of(done).items() if name != "act"}


def readable(text: Any) -> str:
    """A text of the record for a person: of one that is told by its hash, the beginning of it."""
    return f"×{str(text.get('sha256'))[:8]}" if isinstance(text, dict) else str(text)


def differences(root: Path) -> list[Difference]:
    """The accounts that are not what the record says; not a byte of the store is changed.

    A store whose accounts were never written in this form has nothing to be compared with.
    """
    if not (root / JOURNAL).exists():
        return []
    with journal.copied(root) as folder, closing(sqlite3.connect(folder / JOURNAL)) as connection:
        recorded, held = _recorded(connection), _held(connection)
        # Made together with the first row of this form.
        known = _asked(connection, "select 1 from sqlite_master where name = 'assignments'")
    if not recorded and not known:
        return []
    return [
        Difference(readable(json.loads(name)), recorded.get(name), held.get(name))
        for name in sorted((recorded.keys() | held.keys()) - {BEGUN})
        if recorded.get(name) != held.get(name)
    ]


BEGUN = ""  # The key under which the record's first row is replayed: no account's.


def _recorded(connection: sqlite3.Connection) -> dict[str, State]:
    """Account → what the record says it is, by replaying the record from its start."""
    replayed: dict[str, State] = {}
    rows = "select what from looks where kind = 'account' order by seq"
    for (what,) in _asked(connection, rows):
        match act_of("account", what):
            case acts.AccountsBegun(accounts=count):
                replayed[BEGUN] = {"accounts": count}
            case acts.AccountState() as done:
                replayed[_key(done.name)] = state(done)
    return replayed


def _held(connection: sqlite3.Connection) -> dict[str, State]:
    """Account → what its row is."""
    states = [state(account_state("change", row)) for row in _asked(connection, ROWS)]
    return {_key(one["name"]): one for one in states}


def _key(name: Any) -> str:
    return json.dumps(name, ensure_ascii=False)


def _asked(connection: sqlite3.Connection, statement: str) -> list[tuple[Any, ...]]:
    """The rows a statement finds; none where the table is gone or is no longer of that form."""
    try:
        return connection.execute(statement).fetchall()
    except sqlite3.DatabaseError:
        return []


def _kept(text: Any) -> acts.KeptText:
    """A text as the record may keep it: as it is, or its hash."""
    text = str(text)
    return text if journal.struck(text) == text else {"sha256": _hash(text)}


def _hash(text: str) -> str:
    """The SHA-256 of a text, in the letters a to p."""
    return hashlib.sha256(text.encode()).hexdigest().translate(LETTERS)
