"""How complete and how timely the ledgers are."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.store import Queries


def completeness(snapshot: Queries, month: date) -> pl.DataFrame:
    """`building, workers, monitored, households, reported`: who was due, and who was heard of.

    Workers are those of the month, households those lifted out of poverty at the end of
    the last quarter ended by then.
    """
    return snapshot.frame("completeness", month=month)


def reports(snapshot: Queries, since: date, until: date) -> pl.DataFrame:
    """`ledger, month, rows, received_on, due_on, state` of the monthly ledgers.

    The state is on_time, late, missing, or not_due where the board knows of no day after
    the due one.
    """
    known = (snapshot.known_at or "9999-12-31")[:10]
    return snapshot.frame("reports", since=since, until=until, known=known)
