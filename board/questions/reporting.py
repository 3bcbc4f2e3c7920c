"""Whether the ledgers are complete and in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl

from board.storage import HOURS_EAST
from board.store import Queries


def completeness(snapshot: Queries, month: date) -> pl.DataFrame:
    """`building, workers, monitored, households, reported`: a row for each building.

    `workers` should be monitored in the month, and `monitored` of them were. `households`, those
    lifted out of poverty, should report the last quarter that ended by then; `reported` did.
    """
    return snapshot.frame("completeness", month=month)


def reports(snapshot: Queries, since: date, until: date) -> pl.DataFrame:
    """`ledger, month, rows, received_on, due_on, state`: a row for each monthly ledger and month.

    `state` is on_time, late or missing; it is not_due while nothing has been recorded after the
    due day.
    """
    known_on = date.max
    if snapshot.known_at:
        known_on = (datetime.fromisoformat(snapshot.known_at) + timedelta(hours=HOURS_EAST)).date()
    return snapshot.frame("reports", since=since, until=until, known=known_on)
