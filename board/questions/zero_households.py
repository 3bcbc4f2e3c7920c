"""Zero-employment households: which, for how long, and how fast they are cleared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import polars as pl

from board.metrics import FLOW, Scope, moves, waiting
from board.metrics import months_open as open_for
from board.store import Queries

LONGEST = 24


def open_households(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """The households at zero or unknown in a month, longest open first, without names.

    The columns are `household_id, building, unit, room, state, months_open, workers`, of these
    workers `idle` (willing, monitored, not employed), `unwilling` and `unmonitored`, and
    `cleared_on`, the last month in which the household was cleared before.
    """
    return snapshot.frame("households_open", month=month, building=scope.building, unit=scope.unit)


def months_open(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """`months, households`: how many of a month's households have been at zero for how long."""
    counted = sorted(Counter(open_for(snapshot, month, scope)).items())
    return pl.DataFrame(
        counted, schema={"months": pl.Int64(), "households": pl.Int64()}, orient="row"
    )


def flow(snapshot: Queries, months: Iterable[date], scope: Scope) -> pl.DataFrame:
    """`month, opening, new, relapsed, came_in, cleared, went_out, closing`, one row a month."""
    months = list(months)
    flows, none = moves(snapshot, scope), dict.fromkeys(FLOW, 0)
    rows = [{"month": month, **flows.get(month, none)} for month in months]
    return pl.DataFrame(rows, schema={"month": pl.Date(), **dict.fromkeys(FLOW, pl.Int64())})


def clearing(snapshot: Queries, until: date, scope: Scope) -> pl.DataFrame:
    """`months, share, at_risk`: the share of spells not cleared after some months (Kaplan–Meier).

    A spell still open at `until`, or whose household left or became unknown, counts for the
    months in which it was observed. `at_risk` is the number of spells that lasted that long.
    """
    schema = {"months": pl.Int64(), "share": pl.Float64(), "at_risk": pl.Int64()}
    rows = waiting(snapshot, until, scope, LONGEST)
    return pl.DataFrame(rows, schema=schema, orient="row")
