"""Who looked at what, and who took it away: append-only and hash-chained like the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from board import storage
from board.journal.act_text import struck, written
from board.journal.acts import Act, AuditKind
from board.journal.facts import GENESIS, AuditEntry, entry_hash
from board.journal.reading import has_table, reading
from board.journal.register_file import chain, last_entry, register
from board.storage import JOURNAL, passed


class AuditLog:
    """The record of looks of the store at `root`; it never waits for a load."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def record(self, who: str, role: str, act: Act, why: str = "") -> AuditEntry:
        """Write one row and return it: on the disk before what was asked for is shown.

        The fields of `act` are codes: never a name, an ID or a phone number. Numbers of that kind
        are struck out of them and of the reason.
        """
        with register(self.root) as connection:
            connection.execute("begin immediate")
            return noted(connection, who, role, act, why)

    def record_within(
        self,
        most: int,
        span: timedelta,
        alike: Callable[[AuditEntry], bool],
        who: str, role: str, act: Act,
    ) -> AuditEntry | None:  # fmt: skip
        """Write one row, unless `who` made `most` that are `alike` within the `span` before.

        Counting and writing are one transaction: two tabs, or a restart between, change nothing.
        """
        with register(self.root) as connection:
            connection.execute("begin immediate")
            if _count(connection, who, act.kind, span, alike) >= most:
                return None
            return noted(connection, who, role, act)

    def count(
        self, who: str, kind: AuditKind, span: timedelta, alike: Callable[[AuditEntry], bool]
    ) -> int:
        """How many rows of a kind that are `alike` somebody made within the `span` before now."""
        if not (self.root / JOURNAL).exists():
            return 0
        with reading(self.root) as connection:
            return (
                _count(connection, who, kind, span, alike) if has_table(connection, "looks") else 0
            )

    def take_in(self, looks: Sequence[AuditEntry]) -> None:
        """Write the looks of another record after this one's, as they were told there."""
        with register(self.root) as connection:
            connection.execute("begin immediate")
            for look in looks:
                chain(connection, look.at, look.who, look.role, look.kind, look.what, look.why)

    def all(self) -> list[AuditEntry]:
        """The rows in order; none where there is no record in today's form."""
        if not (self.root / JOURNAL).exists():
            return []
        with reading(self.root) as connection:
            return _rows(connection) if has_table(connection, "looks") else []

    def last(self) -> dict[str, object]:
        """The number and hash of the last row, 0 and zeros before the first."""
        if not (self.root / JOURNAL).exists():
            return {"rows": 0, "head": GENESIS}
        with reading(self.root) as connection:
            there = has_table(connection, "looks")
            return last_entry(connection) if there else {"rows": 0, "head": GENESIS}

    def verify(self) -> str | None:
        """Where the chain is broken: `looks 7`; none where it holds."""
        rows, previous = self.all(), GENESIS
        for seq, look in enumerate(rows, start=1):
            if (look.seq, look.previous, look.hash) != (seq, previous, entry_hash(look)):
                return f"looks {look.seq}"
            previous = look.hash
        return None if len(rows) >= self._given() else f"looks {len(rows) + 1}"

    def _given(self) -> int:
        """The greatest number ever given to a row."""
        if not (self.root / JOURNAL).exists():
            return 0
        with reading(self.root) as connection:
            if not has_table(connection, "sqlite_sequence", "seq"):
                return 0
            statement = "select seq from sqlite_sequence where name = 'looks'"
            row = connection.execute(statement).fetchone()
        return row[0] if row else 0

    def head(self) -> dict[str, Any]:
        """How many rows there are and the hash of the last: who notes it down can prove them."""
        rows = self.all()
        return {"looks": len(rows), "head": rows[-1].hash if rows else GENESIS}


def noted(
    connection: sqlite3.Connection, who: str, role: str, act: Act, why: str = ""
) -> AuditEntry:
    """Write one row inside a transaction that the caller has begun: it stands or falls with it."""
    look = chain(connection, storage.now(), who, role, act.kind, written(act), struck(why))
    passed("look written")
    return look


def _rows(connection: sqlite3.Connection) -> list[AuditEntry]:
    rows = connection.execute(
        "select seq, at, who, role, kind, what, why, previous, hash from looks order by seq"
    )
    return [AuditEntry(*row) for row in rows]


def _count(
    connection: sqlite3.Connection,
    who: str,
    kind: AuditKind,
    span: timedelta,
    alike: Callable[[AuditEntry], bool],
) -> int:
    since = (datetime.now(UTC) - span).strftime("%Y-%m-%dT%H:%M:%S")
    rows = connection.execute(
        "select seq, at, who, role, kind, what, why, previous, hash from looks"
        " where who = ? and kind = ? and at > ?",
        (who, kind, since),
    )
    return sum(alike(AuditEntry(*row)) for row in rows)
