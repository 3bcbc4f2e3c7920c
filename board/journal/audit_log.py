"""The audit log: who looked at what and who exported it, append-only and hash-chained."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from board import storage
from board.journal.act_text import as_json, without_numbers
from board.journal.acts import Act, AuditKind
from board.journal.facts import GENESIS, AuditEntry, entry_hash
from board.journal.reading import rows_of
from board.journal.register_file import LAST, chain, head_of, register
from board.storage import passed

ALL = "select seq, at, who, role, kind, what, why, previous, hash from looks"


class AuditLog:
    """The audit log of the store at `root`; writing to it never waits for a load."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def record(self, who: str, role: str, act: Act, why: str = "") -> AuditEntry:
        """Write one entry and return it once it is on the disk: show the data only after that.

        The fields of `act` hold codes, never a person's name. Citizen IDs and mobile numbers in
        them and in the reason are replaced by ×.
        """
        with register(self.root) as connection:
            connection.execute("begin immediate")
            return write_entry(connection, who, role, act, why)

    def record_within(
        self,
        most: int,
        span: timedelta,
        alike: Callable[[AuditEntry], bool],
        who: str, role: str, act: Act,
    ) -> AuditEntry | None:  # fmt: skip
        """Write one entry, unless `who` already made `most` similar ones within the last `span`.

        `alike` says which entries are similar. Counting and writing are one transaction, so that
        a second tab or a restart cannot get round the limit. None where nothing was written.
        """
        with register(self.root) as connection:
            connection.execute("begin immediate")
            recent = connection.execute(*_recent(who, act.kind, span))
            if sum(alike(AuditEntry(*row)) for row in recent) >= most:
                return None
            return write_entry(connection, who, role, act)

    def count(
        self, who: str, kind: AuditKind, span: timedelta, alike: Callable[[AuditEntry], bool]
    ) -> int:
        """How many entries of a kind that are `alike` `who` made within the last `span`."""
        rows = rows_of(self.root, "looks", *_recent(who, kind, span))
        return sum(alike(AuditEntry(*row)) for row in rows)

    def append_entries(self, entries: Sequence[AuditEntry]) -> None:
        """Append the entries of another store's log: same contents, new numbers and hashes."""
        with register(self.root) as connection:
            connection.execute("begin immediate")
            for entry in entries:
                chain(
                    connection, entry.at, entry.who, entry.role, entry.kind, entry.what, entry.why
                )

    def all(self) -> list[AuditEntry]:
        """The entries, oldest first; none where there is no hash-chained log yet."""
        return [AuditEntry(*row) for row in rows_of(self.root, "looks", ALL + " order by seq")]

    def last(self) -> dict[str, object]:
        """The number (`rows`) and hash (`head`) of the last entry; 0 and zeros if there is none."""
        return head_of(rows_of(self.root, "looks", LAST))

    def verify(self) -> str | None:
        """The entry where the hash chain is broken, as `looks 7`; None if it holds."""
        entries, previous = self.all(), GENESIS
        for seq, entry in enumerate(entries, start=1):
            if (entry.seq, entry.previous, entry.hash) != (seq, previous, entry_hash(entry)):
                return f"looks {entry.seq}"
            previous = entry.hash
        if len(entries) < self._highest_number():
            return f"looks {len(entries) + 1}"
        return None

    def _highest_number(self) -> int:
        """The highest number that SQLite has ever given to an entry, deleted ones included."""
        statement = "select seq from sqlite_sequence where name = 'looks'"
        numbers = rows_of(self.root, "sqlite_sequence", statement, column="seq")
        return numbers[0][0] if numbers else 0

    def head(self) -> dict[str, Any]:
        """How many entries there are (`looks`) and the hash of the last one (`head`).

        Someone who writes both down elsewhere can later prove that no entry was changed.
        """
        entries = self.all()
        return {"looks": len(entries), "head": entries[-1].hash if entries else GENESIS}


def write_entry(
    connection: sqlite3.Connection, who: str, role: str, act: Act, why: str = ""
) -> AuditEntry:
    """Write one entry as part of the transaction that the caller has begun."""
    entry = chain(
        connection, storage.now(), who, role, act.kind, as_json(act), without_numbers(why)
    )
    passed("look written")
    return entry


def _recent(who: str, kind: AuditKind, span: timedelta) -> tuple[str, tuple[str, ...]]:
    """The statement, with its parameters, for entries of a kind that someone made within `span`."""
    since = (datetime.now(UTC) - span).strftime("%Y-%m-%dT%H:%M:%S")
    return ALL + " where who = ? and kind = ? and at > ?", (who, kind, since)
