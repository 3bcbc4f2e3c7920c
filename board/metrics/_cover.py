"""A reading as it may be seen: what a guard withholds is gone from it, however it was asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from board.disclosure import LEAST
from board.metrics._few import companions, unmatched_few
from board.metrics._hidden import Hidden, hidden
from board.metrics._people import WITH, family_of
from board.metrics.axes import UNKNOWN
from board.metrics.growth import quarters
from board.metrics.parts import PLACES
from board.metrics.spans import months_read
from board.metrics.terms import Reading, Status
from board.store import Guard, Snapshot, WithheldError


def covered(snapshot: Snapshot, reading: Reading, guard: Guard) -> Reading:
    """The reading as the guard lets it be seen; WithheldError where that is nothing.

    Of its breakdowns those readings stay that may be seen. Where counts of few may not be
    seen, a hidden reading has its word alone.
    """
    guard.admit_metric(reading.metric, reading.scope)
    by = {axis: _split(snapshot, split, axis, guard) for axis, split in reading.by.items()}
    if guard.sees_small(reading.scope):
        return replace(reading, by=by)
    return replace(_seen(snapshot.whole, reading), by=by)


def _split(snapshot: Snapshot, split: list[Reading], axis: str, guard: Guard) -> list[Reading]:
    kept = []
    for one in split:
        with suppress(WithheldError):
            guard.admit_metric(one.metric, one.scope)
            small = guard.sees_small(one.scope)
            kept.append(one if small else _seen(snapshot.whole, one, axis))
    return kept


def _seen(snapshot: Snapshot, reading: Reading, axis: str = "") -> Reading:
    """What of a reading, or of one of its breakdown, may be seen by who may not see few."""
    family = family_of(reading.metric.key)
    category = axis if axis not in PLACES else ""
    if family is None:
        return replace(reading, extra=companions(snapshot, reading, category))
    found = hidden(snapshot, family)
    if is_hidden(snapshot, reading, found, category):
        return withheld(reading)
    few = LEAST[family.whom] if reading.metric.kind == "count" else 0
    told = replace(reading, extra=companions(snapshot, reading, category), few=few)
    if category or reading.scope.building or _coverage_hidden(snapshot, reading, found):
        return replace(told, low=None, high=None, unreported=0, expected=None)
    return told if told.unreported else replace(told, expected=None)


def withheld(reading: Reading) -> Reading:
    """A reading of which nothing is left but what was asked and what was aimed at."""
    return replace(
        reading, value=None, numerator=None, denominator=None, low=None, high=None, unreported=0,
        expected=None, status=Status.SUPPRESSED, by={}, extra={},
    )  # fmt: skip


def is_hidden(snapshot: Snapshot, reading: Reading, found: Hidden, axis: str = "") -> bool:
    """Whether a reading is among what is hidden of its family.

    Categories are shown for the settlement alone: crossed with places nearly all are of few.
    A place or category that is hidden says nothing of a month in which nobody was there, either.
    """
    metric, scope = reading.metric, reading.scope
    if metric.kind == "rounds":
        return False
    # Beside the growth of all, it would tell that of the few who didn't always report.
    matched = metric.kind == "growth"
    if matched and (scope.building or unmatched_few(snapshot, reading.period, scope)):
        return True
    key = WITH.get(metric.key, metric.key)
    if scope.building:
        place = (scope.building, scope.unit) if scope.unit else (scope.building,)
        return bool(axis) or (key, place) in found.ever
    if axis and axis != "component":
        label = "" if reading.label == UNKNOWN else reading.label
        return (key, (axis, label)) in found.ever
    told = reading.value is not None
    return told and any((key, month) in found.totals for month in _months(snapshot, reading))


def _coverage_hidden(snapshot: Snapshot, reading: Reading, found: Hidden) -> bool:
    key = WITH.get(reading.metric.key, reading.metric.key)
    return any((key, month) in found.coverage for month in _months(snapshot, reading))


def _months(snapshot: Snapshot, reading: Reading) -> list[Any]:
    """The months whose total tells the reading; of what adds up from January the last alone."""
    if reading.metric.kind in ("gap", "growth"):
        return [month for part in quarters(reading.period) for month in part]
    months = months_read(snapshot, reading.metric, reading.period)
    return months if reading.metric.kind == "rounds" else months[-1:]
