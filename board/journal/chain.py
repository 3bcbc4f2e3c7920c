"""Find the breaks of the journal's hash chain, and which an administrator has acknowledged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from board.journal.facts import GENESIS, Event, chained

# seq, kind, payload as text, recorded_at, entered_at, previous, hash
Row = tuple[int, str, str, str, str, str, str]
Break = tuple[int, str]  # a row's number and its own hash


ROWS = (
    "select seq, kind, payload, recorded_at, entered_at, previous, hash from journal order by seq"
)

# The payload keys that a row of each kind must have.
NEEDED = {
    "load": {"batch", "files", "rows", "note", "manifest_sha256"},
    "plan": {"batch", "files", "rows", "note", "manifest_sha256", "plan"},
    "withdraw": {"batch", "reason"},
    "hidings": {"edition", "stays"},
}
UNREADABLE = "unreadable"


def event_of(row: Row) -> Event:
    """The event that a row describes; its kind is `unreadable` if the payload is not valid.

    The chain is broken at such a row too: nothing is published until someone acknowledges it.
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
    """The rows that do not follow the row before, or whose hash does not fit their contents."""
    broken: list[Break] = []
    last, previous = 0, GENESIS
    for row in rows:
        own = chained(*row[:6])
        if (row[0], row[5], row[6]) != (last + 1, previous, own):
            broken.append((row[0], row[6]))
        last, previous = row[0], row[6]
    return broken


def acknowledged_aside(events: Iterable[Event]) -> set[str]:
    """The names in `aside/` that the `repair` events list."""
    return {
        name
        for event in events
        if event.kind == "repair"
        for name in event.payload.get("aside", [])
    }


def acknowledged(events: Iterable[Event]) -> set[Break]:
    """The breaks that the `repair` events list: an administrator has acknowledged them."""
    return {
        (int(seq), str(hashed))
        for event in events
        if event.kind == "repair"
        for seq, hashed in event.payload.get("breaks", [])
    }
