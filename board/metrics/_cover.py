"""A reading as it may be seen: what a guard withholds is gone from it, however it was asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from board.metrics._terms import Reading
from board.store import Guard, Snapshot, WithheldError


def covered(snapshot: Snapshot, reading: Reading, guard: Guard) -> Reading:
    """The reading as the guard lets it be seen; WithheldError where that is nothing.

    Of its breakdowns those readings stay that may be seen.
    """
    guard.admit_metric(reading.metric, reading.scope)
    by = {axis: _admitted(split, guard) for axis, split in reading.by.items()}
    return replace(reading, by=by)


def _admitted(split: list[Reading], guard: Guard) -> list[Reading]:
    kept = []
    for one in split:
        with suppress(WithheldError):
            guard.admit_metric(one.metric, one.scope)
            kept.append(one)
    return kept
