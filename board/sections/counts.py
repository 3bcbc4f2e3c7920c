"""Counts of verdicts in words, and what a reader is not shown among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from board.i18n import _
from board.metrics import Reading, Status
from board.sections.words import joined
from board.store import WithheldError


def not_shown(count: int) -> str:
    """另有 2 项不单独显示: that some of what is counted can't be told to this reader, and how many."""
    return _("另有 {n} 项不单独显示", n=count)


def verdicts(statuses: Sequence[Status]) -> str:
    """12 项已达标、3 项未达标、2 项未报: how many have each status, in the order of the legend."""
    return joined(
        [
            _("{n} 项{word}", n=statuses.count(status), word=_(status.word).lower())
            for status in Status
            if status in statuses
        ]
    )


def leaders(values: Sequence[float | None], most: int) -> int:
    """How many of some values, in order, may be named as the first ones: no more than `most`.

    Fewer where the next one is equal to the last named; 0 where all of them are.
    """
    for count in range(min(most, len(values)), 0, -1):
        if count == len(values) or values[count] != values[count - 1]:
            return count
    return 0


def first_named(values: Sequence[float | None], names: Sequence[str]) -> str:
    """The name of the first of some values in order: 7栋; 3 处 where several have that value."""
    equal = sum(1 for value in values if value == values[0])
    return names[0] if equal == 1 else _("{n} 处", n=equal)


def withheld(readings: Iterable[Reading]) -> int:
    """The number of readings hidden by suppression."""
    return sum(1 for reading in readings if reading.status is Status.SUPPRESSED)


def visible(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that are not hidden.

    Raises WithheldError when some are hidden and no other has a value above zero.
    """
    shown_readings = [reading for reading in readings if reading.status is not Status.SUPPRESSED]
    hidden = len(readings) - len(shown_readings)
    if hidden and not any(reading.value for reading in shown_readings):
        raise WithheldError(readings[0].metric.key)
    return shown_readings
