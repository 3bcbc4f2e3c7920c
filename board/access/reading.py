"""Read a metric for a reader: suppress small counts and refuse other departments' metrics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from board import metrics
from board.access.snapshot import ReaderSnapshot, whole_of
from board.metrics import Change, Metric, Period, Reading, Scope, Status
from board.plans import of_scope
from board.store import WithheldError
from board.suppression import suppressed


def read(
    snapshot: ReaderSnapshot,
    metric: Metric,
    period: Period,
    scope: Scope,
    by: Sequence[str] = (),
    companions: bool = True,
) -> Reading:
    """The reading of `metrics.read`, with what the reader may see of it.

    Its breakdowns have only the readings that the reader may see. Where the reader may not see
    small counts, a hidden reading has the status `suppressed` and no figure. WithheldError where
    the reader may not see the metric in this scope at all.
    """
    snapshot = of_scope(snapshot, period.last_month, scope.settlement)
    snapshot.guard.admit_metric(metric, scope)
    whole = whole_of(snapshot)
    reading = metrics.read(whole, metric, period, scope, by, companions)
    breakdowns = {axis: _visible(snapshot, parts, axis) for axis, parts in reading.by.items()}
    if not snapshot.sees_small(scope):
        reading = suppressed(whole, reading)
    return replace(reading, by=breakdowns) if breakdowns else reading


def trend(
    snapshot: ReaderSnapshot, metric: Metric, periods: Iterable[Period], scope: Scope
) -> list[Reading]:
    """The metric's reading for each period, in their order, without extra numbers."""
    return [read(snapshot, metric, period, scope, companions=False) for period in periods]


def change(
    snapshot: ReaderSnapshot, metric: Metric, period: Period, since: Period, scope: Scope
) -> Change:
    """The change of a figure, with what the reader may know of it.

    Nothing where the figure is hidden in one of the periods. Who sees no small counts is told of a
    figure about people only its difference and, of the whole alone, whether it moved and how many
    places reported nothing.
    """
    now, then = (read(snapshot, metric, p, scope, companions=False) for p in (period, since))
    if Status.SUPPRESSED in (now.status, then.status):
        return Change(since, movement=None)
    changed = metrics.change(whole_of(snapshot), metric, period, since, scope)
    if snapshot.sees_small(scope) or not metric.about_people:
        return changed
    if scope.building:
        return replace(changed.for_few, movement=None, places_silent=0)
    return changed.for_few


def may_read_rows(snapshot: ReaderSnapshot, metric: Metric) -> bool:
    """Whether the reader may see the rows behind a metric."""
    try:
        snapshot.guard.admit(metric.sql, {})
    except WithheldError:
        return False
    return True


def _visible(snapshot: ReaderSnapshot, parts: list[Reading], axis: str) -> list[Reading]:
    """The readings of a breakdown that the reader may see, with small counts suppressed."""
    visible = []
    for part in parts:
        with suppress(WithheldError):
            snapshot.guard.admit_metric(part.metric, part.scope)
            small = snapshot.sees_small(part.scope)
            visible.append(part if small else suppressed(whole_of(snapshot), part, axis))
    return visible
