"""What a reader of some places can subtract: the whole settlement less the places read in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from board.metrics import HOUSEHOLDS, PERSONS, Reading, Scope
from board.metrics.parts import Parts, history, place
from board.metrics.spans import months_read
from board.plans import of_scope
from board.store import Snapshot
from board.suppression.cells import LEAST
from board.suppression.families import family_of


def few_elsewhere(snapshot: Snapshot, reading: Reading, own: Iterable[Scope]) -> bool:
    """Whether what is left of a total, without the reader's own places, is small.

    So it is where the total is of few others, or where all others but few are counted.
    """
    family = family_of(reading.metric)
    if family is None or reading.scope.building or reading.metric.kind == "rounds":
        return False
    snapshot = of_scope(snapshot, reading.period.last_month, reading.scope.settlement)
    months = months_read(snapshot, reading.metric, reading.period)
    sums = history(snapshot, reading.metric)
    total = sums.total(months, reading.scope)
    parts = [sums.total(months, scope) for scope in own if place(scope) in sums.months]
    numbers: tuple[Callable[[Parts], float], ...] = (_reported,)
    if reading.metric.kind == "rate":
        numbers = (_count, _rest)
    elif reading.metric.unit in (PERSONS, HOUSEHOLDS):
        numbers = (_count,)
    left = [number(total) - sum(map(number, parts)) for number in numbers]
    return bool(parts) and any(0 < abs(one) < LEAST[family.whom] for one in left)


def _count(parts: Parts) -> float:
    return parts.numerator


def _rest(parts: Parts) -> float:
    return parts.denominator - parts.numerator


def _reported(parts: Parts) -> float:
    return float(parts.reported)
