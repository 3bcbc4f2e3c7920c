"""Answer questions about people for a reader, in full or with small counts suppressed.

Where the reader may see small counts in the place, each function answers as the function of that
name in `board.questions`; elsewhere as the one in `board.suppression.questions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from board import questions
from board.access.reading import note_rounded
from board.access.snapshot import ReaderSnapshot, whole_of
from board.metrics import PERSONS, Scope
from board.store import Snapshot
from board.suppression import questions as suppressed


def movements(
    snapshot: ReaderSnapshot, since: date, until: date, scope: Scope, axis: str = "place"
) -> pl.DataFrame:
    """`origin, destination, people` of the able workers monitored in either of two months."""
    if snapshot.sees_small(scope):
        return questions.movements(snapshot, since, until, scope, axis)
    whole = _whole(snapshot, "movements")
    note_rounded(PERSONS, suppressed.rounding(whole, axis, since, until))
    return suppressed.movements(whole, since, until, scope, axis)


def wages(
    snapshot: ReaderSnapshot, month: date, scope: Scope, axis: str = "industry"
) -> pl.DataFrame:
    """`category, people, low, median, high`: quartiles of the monthly wage."""
    if snapshot.sees_small(scope):
        return questions.wages(snapshot, month, scope, axis)
    return suppressed.wages(_whole(snapshot, "wages"), month, scope, questions.known_axis(axis))


def county_flows(snapshot: ReaderSnapshot, month: date, scope: Scope) -> pl.DataFrame:
    """`home, county, province, longitude, latitude, here, people` of those at work."""
    if snapshot.sees_small(scope):
        return questions.county_flows(snapshot, month, scope)
    whole = _whole(snapshot, "county_flows")
    note_rounded(PERSONS, suppressed.rounding(whole, "away", month))
    return suppressed.county_flows(whole, month, scope)


def flow(snapshot: ReaderSnapshot, months: Sequence[date], scope: Scope) -> pl.DataFrame:
    """The flow of zero-employment households, one row a month."""
    if snapshot.sees_small(scope):
        return questions.flow(snapshot, months, scope)
    whole = _whole(snapshot, "zero_moves")
    suppressed.require_flow(whole, months, scope)
    return questions.flow(whole, months, scope)


def merged_incomes(
    snapshot: ReaderSnapshot, quarter: date, scope: Scope, step: float, bars: int
) -> pl.DataFrame:
    """`low, high, households`: bars of per-head income in yuan, small ones merged with the next."""
    whole = _whole(snapshot, "household_incomes")
    return suppressed.merged_incomes(whole, quarter, scope, step, bars)


def _whole(snapshot: ReaderSnapshot, query: str) -> Snapshot:
    """The whole snapshot, where the reader may see a suppressed answer of the query."""
    snapshot.guard.admit_suppressed(query)
    return whole_of(snapshot)
