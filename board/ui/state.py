"""The store the pages read: opened once a process, its snapshot looked up once a run."""

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

OPEN = 4

_opening = threading.Lock()
_past: OrderedDict[tuple[Path, str, str], Snapshot] = OrderedDict()


def root() -> Path:
    """Where the store lies: BOARD_STORE, or data/store."""
    return storage.default_root()


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
    key = root(), at, snapshot().build_version
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


def damage() -> str:
    """What is wrong with the store, and what to do; empty where it is sound."""
    damages = condition(root()).damages
    if not damages:
        return ""
    return _("请告诉管理员。{what}", what=refusal(damages).message)


def waiting(snapshot: Snapshot) -> int:
    """Loads and withdrawals that were recorded but are not in what the pages show."""
    if snapshot.at is not None:
        return 0
    return len(Journal(root()).events()) - snapshot.events


def new() -> bool:
    """Whether nothing was ever loaded into the store."""
    return empty(snapshot()) and not Journal(root()).batches()


def empty(snapshot: Queries) -> bool:
    """Whether no ledger holds a row."""
    return not any(held(snapshot).values())


def lacking(snapshot: Queries, needs: Sequence[str]) -> list[str]:
    """Those of the ledgers that hold no row."""
    return [name for name in needs if not held(snapshot).get(name)]


def held(snapshot: Queries) -> dict[str, int]:
    """Ledger → rows in force."""
    return {name: rows for name, (rows, _first, _last) in metrics.ledgers_held(snapshot).items()}


def invented(snapshot: Queries) -> bool:
    """Whether the figures are the invented settlement's."""
    return bool(snapshot.frame("invented")["invented"][0])


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COMPARED_DAILY = 20
"""How many loads a day may ask another department's ledgers."""


def searches_left(who: Reader) -> bool:
    """Whether the reader's account may search by person again within this hour."""
    made = AuditLog(root()).count(name(who), "search", HOUR, by_person)
    return made < HOURLY


def search_on_record(who: Reader, search: acts.Search) -> bool:
    """Put a search by person on record; false, and not recorded, where the hour's are used up."""
    looks = AuditLog(root())
    done = looks.record_within(HOURLY, HOUR, by_person, name(who), role(who), search)
    return done is not None


def comparison_on_record(who: Reader, ledgers: Sequence[str]) -> bool:
    """Put on record that a load asks another department's ledgers; false where the day's are used up.

    Kept or refused, a load of one row answers whether that person is known: so they are few.
    """
    check = acts.Check(tuple(ledgers), compared=True)
    done = AuditLog(root()).record_within(
        COMPARED_DAILY, DAY, compared, name(who), role(who), check
    )
    return done is not None


def name(who: Reader) -> str:
    """By what name the record knows a reader: the account's, or who runs the program."""
    return who.name or storage.account()


def on_record(who: Reader, act: Act, why: str = "") -> None:
    """Put on record what a reader saw, took away or changed, in the role they have now."""
    AuditLog(root()).record(name(who), role(who), act, why)


def role(who: Reader) -> str:
    """The role a reader has at this moment."""
    session = Sessions(root()).session(who.session, touch=False) if who.session else None
    return session.role if session else who.role
