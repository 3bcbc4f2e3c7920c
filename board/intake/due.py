"""What keepers owe: for each ledger the periods not yet received, when they are due, the last load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from board.journal import Batch
from board.ledgers import by_name
from board.metrics import Period, containing, shift
from board.storage import HOURS_EAST
from board.store import Queries

Kind = Literal["month", "quarter"]
# What a ledger has rows for, by cadence; one of another cadence has no periods.
PERIODS: dict[str, Kind] = {"monthly": "month", "quarterly": "quarter"}
# A period is due by the 10th of the month after it (docs/metrics.md, ledger_timeliness).
DUE_DAY = 10
LOOK_BACK = 12


@dataclass(frozen=True)
class Due:
    """What is owed of a ledger, in months or quarters.

    `missing` are the ended periods of the last twelve months without rows, since the ledger's
    first, oldest first. `coming` is the period that runs today. Both are empty for a ledger that
    is kept as things happen, and after the last plan. `received` is the newest period with rows.
    `last` is the newest live batch with rows of the ledger or a note that it has not changed.
    """

    ledger: str
    missing: tuple[Period, ...] = ()
    coming: Period | None = None
    received: Period | None = None
    last: Batch | None = None

    @property
    def next(self) -> Period | None:
        """The period to report next: the oldest missing, else the one that runs today."""
        return self.missing[0] if self.missing else self.coming

    @property
    def due_on(self) -> date | None:
        """The last day on which the next period is received in time."""
        return shift(self.next.last_month, 1).replace(day=DUE_DAY) if self.next else None


def dues(
    ledgers: Iterable[str],
    snapshot: Queries,
    batches: Sequence[Batch],
    today: date,
    until: date | None = None,
) -> list[Due]:
    """What is owed of each of these ledgers on a day, the one due first at the beginning.

    Nothing is owed of months after `until`, the last month of the last plan.
    """
    kept: dict[str, list[date]] = {}
    for name, month, _rows in snapshot.frame("months_kept").iter_rows():
        kept.setdefault(name, []).append(month)
    received = snapshot.frame("ledgers_received", until=today.replace(day=1))
    monthly = set(received["ledger"])
    live = [batch for batch in batches if batch.state == "live"]
    owed = []
    for name in ledgers:
        ledger = by_name()[name]
        last = next((b for b in reversed(live) if b.rows.get(name) or name in b.unchanged), None)
        if ledger.cadence in PERIODS:
            due = _periodic(name, PERIODS[ledger.cadence], kept.get(name, []), last, today)
        elif ledger.cadence == "register" and name in monthly:
            due = _register(name, live, last, today)
        else:
            due = Due(name, last=last)
        owed.append(_within(due, until))
    return sorted(owed, key=lambda due: (due.due_on or date.max, position(due.ledger)))


def position(ledger: str) -> int:
    """The ledger's rank in the order of ledgers."""
    return list(by_name()).index(ledger)


def _within(due: Due, until: date | None) -> Due:
    """What is owed, without the periods that end after the last plan."""
    if until is None:
        return due
    missing = tuple(period for period in due.missing if period.last_month <= until)
    coming = due.coming if due.coming and due.coming.last_month <= until else None
    return replace(due, missing=missing, coming=coming)


def _periodic(name: str, kind: Kind, kept: Sequence[date], last: Batch | None, today: date) -> Due:
    """What is owed of a ledger with rows for every month or quarter."""
    coming = containing(today, kind)
    received = sorted({containing(month, kind) for month in kept})
    since = received[0] if received else coming.before()
    earlier = [coming.before(n) for n in range(LOOK_BACK // len(coming.months), 0, -1)]
    missing = tuple(each for each in earlier if each >= since and each not in received)
    return Due(name, missing, coming, received[-1] if received else None, last)


def _register(name: str, live: Sequence[Batch], last: Batch | None, today: date) -> Due:
    """What is owed of a register that is due every month.

    An earlier month can no longer be reported once a later one is: only the last one is missing.
    """
    coming = containing(today, "month")
    ended = coming.before()
    months = [month for batch in live if (month := month_of_batch(name, batch)) is not None]
    received = Period(max(months)) if months else None
    missing = () if received is not None and received >= ended else (ended,)
    return Due(name, missing, coming, received, last)


def month_of_batch(name: str, batch: Batch) -> date | None:
    """The month for which a batch brought a ledger, as `ledger_timeliness` counts registers.

    From the 11th to the 10th of the next month a batch with rows counts for that month; a note
    that nothing has changed counts for the month it names, from that month's 11th on.
    """
    day = (datetime.fromisoformat(batch.recorded_at) + timedelta(hours=HOURS_EAST)).date()
    if name in batch.unchanged:
        month = date.fromisoformat(f"{batch.month}-01")
        return month if day > month.replace(day=DUE_DAY) else None
    return (day - timedelta(days=DUE_DAY)).replace(day=1) if batch.rows.get(name) else None
