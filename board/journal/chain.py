"""Where the chain of the journal's rows is broken, and which breaks somebody has acknowledged."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from board.journal.facts import GENESIS, Event, chained

# seq, kind, payload as text, recorded_at, entered_at, previous, hash
Row = tuple[int, str, str, str, str, str, str]
Break = tuple[int, str]  # a row's number and its own hash


def rows_of(connection: sqlite3.Connection) -> list[Row]:
    """The journal's rows as they are written, in order."""
    return connection.execute(
        "select seq, kind, payload, recorded_at, entered_at, previous, hash"
        " from journal order by seq"
    ).fetchall()


# Without these a row of its kind says nothing.
NEEDED = {
    "load": {"batch", "files", "rows", "note", "manifest_sha256"},
    "withdraw": {"batch", "reason"},
}
UNREADABLE = "unreadable"


def event_of(row: Row) -> Event:
    """What a row tells; one that was changed into nonsense is of the kind `unreadable`.

    Its chain is broken too, so that nothing is published until somebody has acknowledged it.
    """
    seq, kind, text, *rest = row
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    if not isinstance(payload, dict) or NEEDED.get(kind, set()) - payload.keys():
        return Event(seq, UNREADABLE, {}, *rest)
    return Event(seq, kind, payload, *rest)


def breaks(rows: Sequence[Row]) -> list[Break]:
    """The rows that do not follow the row before, or are not what their hash says."""
    found: list[Break] = []
    last, previous = 0, GENESIS
    for row in rows:
        own = chained(*row[:6])
        if (row[0], row[5], row[6]) != (last + 1, previous, own):
            found.append((row[0], row[6]))
        last, previous = row[0], row[6]
    return found


def acknowledged(events: Iterable[Event]) -> set[Break]:
    """The breaks that an administrator has acknowledged, as `repair` wrote them down."""
    return {
        (int(seq), str(hashed))
        for event in events
        if event.kind == "repair"
        for seq, hashed in event.payload.get("breaks", [])
    }
