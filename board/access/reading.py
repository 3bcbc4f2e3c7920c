"""Read a metric for a reader: suppress small counts and refuse other departments' metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial

from board import metrics
from board.access import texts
from board.access.snapshot import ReaderSnapshot, whole_of
from board.catalogue import MeasureState
from board.catalogue import measure_states as states_of
from board.metrics import Change, Metric, Period, Reading, Scope, Status, Unit
from board.plans import of_scope
from board.store import WithheldError
from board.suppression import blanked, few_elsewhere, suppressed, suppressed_parts


@dataclass(frozen=True)
class Unsaid:
    """What a panel's figures don't say: which are hidden, and to what others are rounded.

    `rounded` has the greatest step of each unit.
    """

    hidden: set[str] = field(default_factory=set)
    rounded: dict[Unit, float] = field(default_factory=dict)


# What `noting_unsaid` collects in; None outside of it.
_collecting: ContextVar[Unsaid | None] = ContextVar("unsaid figures", default=None)


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
    small counts, a hidden reading has the status `suppressed` and no figure; so it is where what
    is left without the reader's own places is small. WithheldError where
    the reader may not see the metric in this scope at all.
    """
    snapshot = of_scope(snapshot, period.last_month, scope.settlement)
    snapshot.guard.admit_metric(metric, scope)
    whole = whole_of(snapshot)
    reading = metrics.read(whole, metric, period, scope, by, companions)
    breakdowns = {axis: _visible(snapshot, parts, axis) for axis, parts in reading.by.items()}
    if not snapshot.sees_small(scope):
        own = snapshot.guard.own_places
        reading = suppressed(whole, reading)
        if own and few_elsewhere(whole, reading, own):
            reading = blanked(reading)
    note_hidden(reading)
    if snapshot.permissions.suppressed:
        breakdowns = texts.labels_shown(whole, snapshot.queries, metric.sql, breakdowns)
    return replace(reading, by=breakdowns) if breakdowns else reading


def read_or_hidden(
    snapshot: ReaderSnapshot, metric: Metric, period: Period, scope: Scope
) -> Reading:
    """The reading without companion numbers; without its figure where the reader may not see it.

    Whoever counts verdicts reads so: then there are as many of them for every reader. That nothing
    was reported, or nothing is there to judge, stays known.
    """
    try:
        return read(snapshot, metric, period, scope, companions=False)
    except WithheldError:
        snapshot = of_scope(snapshot, period.last_month, scope.settlement)
        reading = metrics.read(whole_of(snapshot), metric, period, scope, companions=False)
        without = reading.value is None and reading.status is not Status.UNDETERMINED
        return replace(blanked(reading), status=reading.status if without else Status.SUPPRESSED)


def measure_states(snapshot: ReaderSnapshot, period: Period) -> list[MeasureState]:
    """The state of every measure of the period's plan, from all tasks, whoever reads them.

    A hidden indicator leaves a state open that it could make worse.
    """
    return states_of(whole_of(snapshot), period, partial(read_or_hidden, snapshot))


@contextmanager
def noting_unsaid() -> Iterator[Unsaid]:
    """Collects which of the figures read inside are hidden, and to what they are rounded."""
    unsaid = Unsaid()
    token = _collecting.set(unsaid)
    try:
        yield unsaid
    finally:
        _collecting.reset(token)


def note_hidden(reading: Reading) -> None:
    """Add a figure to what `noting_unsaid` collects, if it is hidden or rounded."""
    unsaid = _collecting.get()
    if unsaid is not None and reading.status is Status.SUPPRESSED:
        unsaid.hidden.add(f"{reading.metric.key} {reading.period} {reading.scope} {reading.label}")
    note_rounded(reading.metric.unit, reading.rounded_to)


def note_rounded(unit: Unit, step: float) -> None:
    """Add that figures of a unit are rounded to multiples of `step`; nothing where it is 0."""
    unsaid = _collecting.get()
    if unsaid is not None and step:
        unsaid.rounded[unit] = max(step, unsaid.rounded.get(unit, 0.0))


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
    if now.rounded_to and now.value is not None and then.value is not None:
        changed = replace(changed, difference=now.value - then.value)
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
    admitted = []
    for part in parts:
        with suppress(WithheldError):
            snapshot.guard.admit_metric(part.metric, part.scope)
            admitted.append(part)
    covered = [part for part in admitted if not snapshot.sees_small(part.scope)]
    if len(covered) == len(admitted):
        visible = suppressed_parts(whole_of(snapshot), admitted, axis)
    else:
        visible = [
            suppressed(whole_of(snapshot), part, axis) if part in covered else part
            for part in admitted
        ]
    for part in visible:
        note_hidden(part)
    return visible
