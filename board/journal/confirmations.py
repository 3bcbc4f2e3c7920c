"""Ledgers marked as checked (已核对): a keeper says that the rows of a month are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from board.journal.facts import ADDING, CONFIRM, Event
from board.journal.journal import Journal


@dataclass(frozen=True)
class Confirmation:
    """A ledger's month (2024-03) was marked as checked; `at` is naive UTC.

    `later` is the newest batch with rows of the ledger, loaded or withdrawn after it; null where
    there is none. What was checked may then no longer be what is stored.
    """

    ledger: str
    month: str
    at: str
    later: int | None = None


def confirm(root: Path, ledgers: Sequence[str], month: str, at: str | None = None) -> Event:
    """Write that the rows of these ledgers in a month (2024-03) were checked, now or `at` (UTC).

    It changes no figure and needs no publishing. Raises RefusedError where the store is damaged.
    """
    return Journal(root).append(CONFIRM, {"ledgers": list(ledgers), "month": month}, at)


def confirmations(events: Sequence[Event]) -> dict[tuple[str, str], Confirmation]:
    """Ledger and month (2024-03) → its last confirmation."""
    last: dict[tuple[str, str], Confirmation] = {}
    rows: dict[int, list[str]] = {}
    for event in events:
        if event.kind == CONFIRM:
            month = event.payload["month"]
            for name in event.payload["ledgers"]:
                last[name, month] = Confirmation(name, month, event.recorded_at)
        elif event.kind in ADDING:
            batch = event.payload["batch"]
            rows[batch] = [name for name, count in event.payload["rows"].items() if count]
            _touched(last, rows[batch], batch)
        elif event.kind == "withdraw":
            _touched(last, rows.get(event.payload["batch"], []), event.payload["batch"])
    return last


def _touched(last: dict[tuple[str, str], Confirmation], ledgers: Sequence[str], batch: int) -> None:
    """Note a batch with every confirmation of these ledgers before it."""
    for key, done in last.items():
        if done.ledger in ledgers:
            last[key] = Confirmation(done.ledger, done.month, done.at, batch)
