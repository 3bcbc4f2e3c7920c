"""The store the pages read: opened once a process, its snapshot looked up once a run."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from board import durable, metrics, publish
from board.access import Reader
from board.accounts import Sessions
from board.journal import Journal, LookKind, Looks
from board.store import NoSnapshotError, Snapshot, Store, open_store

OPEN = 4

_opening = threading.Lock()
_past: OrderedDict[tuple[Path, str, str], Snapshot] = OrderedDict()


def root() -> Path:
    """Where the store lies: BOARD_STORE, or data/store."""
    return durable.default_root()


def snapshot() -> Snapshot:
    """The snapshot in use; an empty store gets an empty one first."""
    where = root()
    with _opening:
        store = _opened(where)
    try:
        return store.snapshot()
    except NoSnapshotError:
        publish.up_to_date(where)
        return store.snapshot()


def as_known(at: str) -> Snapshot:
    """The snapshot of what was recorded by a time; built at its first use, then kept open."""
    key = root(), at, snapshot().house
    with _opening:
        if key in _past:
            _past.move_to_end(key)
            return _past[key]
    opened = publish.as_known(root(), at)
    with _opening:
        _past[key] = opened
        while len(_past) > OPEN:
            _past.popitem(last=False)
    return opened


def moments() -> list[str]:
    """The times something was recorded, newest first; the newest is what is known now."""
    return sorted({event.recorded_at for event in Journal(root()).events()}, reverse=True)


@cache
def _opened(where: Path) -> Store:
    publish.up_to_date(where)
    return open_store(where)


def waiting(snapshot: Snapshot) -> int:
    """Loads and withdrawals that were recorded but are not in what the pages show."""
    if snapshot.at is not None:
        return 0
    return len(Journal(root()).events()) - snapshot.events


def empty(snapshot: Snapshot) -> bool:
    """Whether no ledger holds a row."""
    return not any(held(snapshot).values())


def lacking(snapshot: Snapshot, needs: Sequence[str]) -> list[str]:
    """Those of the ledgers that hold no row."""
    return [name for name in needs if not held(snapshot).get(name)]


def held(snapshot: Snapshot) -> dict[str, int]:
    """Ledger → rows in force."""
    return {name: rows for name, (rows, _first, _last) in metrics.held(snapshot).items()}


def invented(snapshot: Snapshot) -> bool:
    """Whether the figures are the invented settlement's."""
    return bool(snapshot.frame("invented")["invented"][0])


def on_record(who: Reader, kind: LookKind, what: str, why: str = "") -> None:
    """Put on record what a reader saw, took away or changed, in the role they have now."""
    session = Sessions(root()).session(who.session, touch=False) if who.session else None
    role = session.role if session else who.role
    Looks(root()).record(who.name or durable.account(), role, kind, what, why)
