"""The store that the pages read: opened once a process, its snapshot looked up once a run."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from board import metrics, publish, storage
from board.access import Reader
from board.accounts import Sessions
from board.i18n import _
from board.journal import (
    HOURLY,
    REMARKS,
    Act,
    AuditLog,
    Journal,
    acts,
    by_person,
    compared,
    condition,
    refusal,
)
from board.store import NoSnapshotError, Queries, Snapshot, Store, open_store

MAX_EARLIER = 4

_opening = threading.Lock()
_earlier: OrderedDict[tuple[Path, str, str], Snapshot] = OrderedDict()


def root() -> Path:
    """The store's folder: BOARD_STORE, or data/store."""
    return storage.default_root()


def snapshot() -> Snapshot:
    """The published snapshot; a store without one gets an empty snapshot first."""
    store_root = root()
    with _opening:
        store = _store_at(store_root)
    try:
        return store.snapshot()
    except NoSnapshotError:
        publish.up_to_date(store_root)
        return store.snapshot()


def as_known(at: str) -> Snapshot:
    """The snapshot as of a time in the journal; built at its first use, the last few kept open.

    What a later snapshot newly hides is hidden in it as well, so it belongs to the one in use.
    """
    key = root(), at, snapshot().name
    with _opening:
        if key in _earlier:
            _earlier.move_to_end(key)
            return _earlier[key]
    built = publish.as_known(root(), at)
    with _opening:
        _earlier[key] = built
        while len(_earlier) > MAX_EARLIER:
            _earlier.popitem(last=False)
    return built


def moments() -> list[str]:
    """The times of all changes in the journal, newest first."""
    changing = (event for event in Journal(root()).events() if event.kind not in REMARKS)
    return sorted({event.recorded_at for event in changing}, reverse=True)


@cache
def _store_at(store_root: Path) -> Store:
    publish.up_to_date(store_root)
    return open_store(store_root)


def damage() -> str:
    """What is damaged in the store, and what to do; empty where nothing is."""
    damages = condition(root()).damages
    if not damages:
        return ""
    return _("请告诉管理员。{what}", what=refusal(damages).message)


def unpublished_changes(snapshot: Snapshot) -> int:
    """How many loads and withdrawals in the journal are not in the snapshot; 0 for an earlier one."""
    if snapshot.at is not None:
        return 0
    later = (event for event in Journal(root()).events() if event.seq > snapshot.events)
    return sum(event.kind not in REMARKS for event in later)


def new() -> bool:
    """Whether the store never had a batch."""
    return empty(snapshot()) and all(batch.plan for batch in Journal(root()).batches())


def empty(snapshot: Queries) -> bool:
    """Whether no ledger holds a row."""
    return not any(row_counts(snapshot).values())


def without_rows(snapshot: Queries, needs: Sequence[str]) -> list[str]:
    """Those of the ledgers that hold no row."""
    return [name for name in needs if not row_counts(snapshot).get(name)]


def row_counts(snapshot: Queries) -> dict[str, int]:
    """The number of rows in force of each ledger."""
    return {name: rows for name, (rows, _first, _last) in metrics.ledgers_held(snapshot).items()}


def invented(snapshot: Queries) -> bool:
    """Whether the snapshot is of the invented settlement."""
    return bool(snapshot.frame("invented")["invented"][0])


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COMPARED_DAILY = 20
"""How many loads a day may be compared with another department's ledgers."""


def searches_left(who: Reader) -> bool:
    """Whether the account may search by person again within this hour."""
    searches = AuditLog(root()).count(name(who), "search", HOUR, by_person)
    return searches < HOURLY


def search_on_record(who: Reader, search: acts.Search) -> bool:
    """Record a search by person; False, and nothing recorded, beyond the hour's limit."""
    log = AuditLog(root())
    entry = log.record_within(HOURLY, HOUR, by_person, name(who), role(who), search)
    return entry is not None


def comparison_on_record(who: Reader, ledgers: Sequence[str]) -> bool:
    """Record that a load is compared with other departments' ledgers; False beyond the limit.

    Whether a load of one row is refused shows whether that person is in the ledger, hence a limit.
    """
    check = acts.Check(tuple(ledgers), compared=True)
    entry = AuditLog(root()).record_within(
        COMPARED_DAILY, DAY, compared, name(who), role(who), check
    )
    return entry is not None


def name(who: Reader) -> str:
    """The reader's name in the audit log: the account, or the user who runs the program."""
    return who.name or storage.account()


def on_record(who: Reader, act: Act, why: str = "") -> None:
    """Record in the audit log what a reader saw, exported or changed, with their current role."""
    AuditLog(root()).record(name(who), role(who), act, publish.words_struck(root(), why))


def role(who: Reader) -> str:
    """The reader's role at this moment."""
    session = Sessions(root()).session(who.session, touch=False) if who.session else None
    return session.role if session else who.role
