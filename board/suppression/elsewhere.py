"""What a reader of some places can subtract: the whole settlement less the places read in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from board.metrics import HOUSEHOLDS, PERSONS, Reading, Scope
from board.metrics.parts import History, Parts, history, place
from board.metrics.spans import months_read
from board.plans import of_scope
from board.store import Snapshot, derived
from board.suppression.cells import LEAST
from board.suppression.families import family_of


def few_elsewhere(snapshot: Snapshot, reading: Reading, own: Iterable[Scope]) -> bool:
    """Whether what is left of a total, without the reader's own places, tells of few.

    So it does where the total is of few others, or where all others but few are counted; and where
    hardly any place is left, so that a month's step of the total is one place's, and it is few.
    """
    family = family_of(reading.metric)
    if family is None or reading.scope.building or reading.metric.kind == "rounds":
        return False
    snapshot = of_scope(snapshot, reading.period.last_month, reading.scope.settlement)
    months = months_read(snapshot, reading.metric, reading.period)
    sums = history(snapshot, reading.metric)
    places = tuple(scope for scope in own if place(scope) in sums.months)
    left = _left(reading, sums, months, places)
    if any(0 < abs(one) < LEAST[family.whom] for one in left):
        return True
    if not places or not _hardly_any(sums, months, places):
        return False
    steps = derived(
        snapshot,
        ("steps elsewhere", reading.metric.sql, reading.metric.only, places),
        lambda: _months_of_small_steps(reading, sums, places, LEAST[family.whom]),
    )
    return months[-1] in steps


def _left(
    reading: Reading, sums: History, months: Sequence[date], places: Sequence[Scope]
) -> list[float]:
    """The numbers that a reader computes of all others; none without places of his own."""
    numbers: tuple[Callable[[Parts], float], ...] = (_reported,)
    if reading.metric.kind == "rate":
        numbers = (_count, _rest)
    elif reading.metric.unit in (PERSONS, HOUSEHOLDS):
        numbers = (_count,)
    total = sums.total(months, reading.scope)
    parts = [sums.total(months, scope) for scope in places]
    return [number(total) - sum(map(number, parts)) for number in numbers] if parts else []


def _hardly_any(sums: History, months: Sequence[date], places: Sequence[Scope]) -> bool:
    """Whether one building is left, or others make up less than the reader's own places."""
    last = months[-1]
    inhabited = {at for (month, at), parts in sums.sums.items() if month == last and parts.expected}
    buildings = {at for at in inhabited if len(at) == 1}
    others = buildings - {place(scope)[:1] for scope in places}
    whole = sums.total([last], Scope()).expected
    mine = sum(sums.total([last], scope).expected for scope in places)
    return len(others) <= 1 or whole - mine < mine


def _months_of_small_steps(
    reading: Reading, sums: History, places: Sequence[Scope], least: float
) -> frozenset[date]:
    """The months in which the others differ by few from the last month that is told of them."""
    hidden: set[date] = set()
    shown: list[float] | None = None
    for month in sums.months.get((), []):
        left = _left(reading, sums, [month], places)
        steps = [abs(now - before) for now, before in zip(left, shown or left, strict=True)]
        if any(0 < step < least for step in steps):
            hidden.add(month)
        else:
            shown = left
    return frozenset(hidden)


def _count(parts: Parts) -> float:
    return parts.numerator


def _rest(parts: Parts) -> float:
    return parts.denominator - parts.numerator


def _reported(parts: Parts) -> float:
    return float(parts.reported)
