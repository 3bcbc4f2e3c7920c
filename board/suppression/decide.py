"""Decide which readings of a family are hidden, once a snapshot and for every period it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from board.metrics import Metric
from board.store import Snapshot, derived
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Family, Member, family_of
from board.suppression.groups import Groups, Numbers, groups
from board.suppression.hiding import hide
from board.suppression.year_to_date import hidden_sums

# What hiding costs beside a place or a category: how much of the settlement is told and how
# much was reported are what everybody asks first.
COVERAGE, TOTAL = 1e4, 1e6
# For what share of all people in cells hidden may it be kept that a group is small.
WORTH = 0.2


@dataclass(frozen=True)
class Hidden:
    """What is hidden of a family's metrics.

    `ever`: a metric in a place (building, unit) or a category (axis, label), in every period;
    `totals` and `coverage`: a metric for the settlement in a month.
    """

    ever: frozenset[tuple[str, tuple[str, ...]]]
    totals: frozenset[tuple[str, date]]
    coverage: frozenset[tuple[str, date]]


def hidden(snapshot: Snapshot, family: Family) -> Hidden:
    """What is hidden of a family, for every period the snapshot holds."""
    return derived(
        snapshot, ("hidden", family.name), lambda: decide(groups(snapshot, family), family)
    )


def hidden_categories(snapshot: Snapshot, metric: Metric, axis: str) -> frozenset[str]:
    """The categories of an axis that are hidden of a metric, as its rows have them."""
    family = family_of(metric)
    ever = hidden(snapshot, family).ever if family else ()
    return frozenset(where[1] for key, where in ever if key == metric.key and where[0] == axis)


def decide(people: Groups, family: Family) -> Hidden:
    """What to hide of a family whose people stand in these groups."""
    least = LEAST[family.whom]
    counts, which = np.unique(_steps(people, family), axis=0, return_inverse=True)
    cells = tuple(_cells(people, family))
    table = Table(counts, cells, least, people.same, WORTH * people.most, people.homes)
    gone = hide(table)[:, which.reshape(-1)[: len(people.months)]]
    ever: set[tuple[str, tuple[str, ...]]] = set()
    totals: set[tuple[str, date]] = set()
    coverage: set[tuple[str, date]] = set()
    for number, cell in enumerate(table.cells):
        kind, key, where = cell.key
        months = [people.months[at] for at in np.flatnonzero(gone[number])]
        if kind == "ever" and months:
            ever.add((key, where))
        elif kind == "coverage":
            coverage.update((key, month) for month in months)
        elif kind == "total" and family.people.grows != "months":
            totals.update((key, month) for month in months)
    if family.people.grows:
        for member in family.members:
            totals.update((member.key, month) for month in _running(people, family, member))
    return Hidden(frozenset(ever), frozenset(totals), frozenset(coverage))


def _steps(people: Groups, family: Family) -> Numbers:
    """The counts of every month; of what adds up in its rows also what each month brought."""
    if family.people.grows != "rows":
        return people.counts
    more = np.maximum(np.diff(people.counts, axis=0), 0.0)
    same_year = [a.year == b.year for a, b in zip(people.months, people.months[1:], strict=False)]
    return np.concatenate([people.counts, more[np.array(same_year, dtype=bool)]])


def _cells(people: Groups, family: Family) -> Iterator[Cell]:
    """Every reading that could be shown: totals and what was reported, places, categories."""
    for member in family.members:
        total = _numbers(people, member, people.whole)
        reported = _reported(people, member)
        rest: tuple[Numbers, ...] = ()
        if reported:
            # Whoever knows how many were reported knows how many of them are not counted.
            unreported, expected = reported
            rest = (expected - unreported - total[-1],)
            yield Cell(("coverage", member.key, ()), reported, (), COVERAGE, for_good=False)
        secret = (*total, *_left(member, total), *rest)
        yield Cell(("total", member.key, ()), total, secret, TOTAL, for_good=False)
        for place in people.places():
            yield _cell(people, member, place, people.inside(place))
        for axis in (*(axis for group in member.axes for axis in group), *member.asked):
            column = f"axis:{member.key}:{axis}"
            for label in people.labels(column):
                yield _cell(people, member, (axis, label), people.among(column, label))


def _cell(people: Groups, member: Member, where: tuple[str, ...], within: Any) -> Cell:
    shown = _numbers(
        people, member, within, category=len(where) > 1 and where[0] in sum(member.axes, ())
    )
    size = float((people.counts @ shown[0]).mean())
    return Cell(("ever", member.key, where), shown, (*shown, *_left(member, shown)), 1.0 + size)


def _numbers(
    people: Groups, member: Member, within: Any, category: bool = False
) -> tuple[Numbers, ...]:
    """The numbers that a reading shows over some of the groups."""
    counted, looked_at = (people.of(f"{name}:{member.key}", within) for name in "nd")
    if member.kind == "rate":
        return counted, looked_at
    return (looked_at,) if member.every and category else (counted,)


def _left(member: Member, shown: tuple[Numbers, ...]) -> tuple[Numbers, ...]:
    """The rest of a rate's denominator, where whoever counts in the one counts in the other."""
    if member.kind != "rate" or (shown[0] > shown[1]).any():
        return ()
    return (shown[1] - shown[0],)


def _reported(people: Groups, member: Member) -> tuple[Numbers, ...]:
    """How many are unreported and expected; nothing where a month is always reported whole or not at all.

    Who is told that all are reported isn't told how many.
    """
    unreported, expected = (people.of(f"{name}:{member.key}", people.whole) for name in "ue")
    missing, due = people.counts @ unreported, people.counts @ expected
    return (unreported, expected) if ((missing > 0) & (missing < due)).any() else ()


def _running(people: Groups, family: Family, member: Member) -> Iterator[date]:
    """The months whose sum of the year to date is hidden, so that none tells what few months brought."""
    of = _numbers(people, member, people.whole)[0]
    sums = people.counts @ of
    for year in sorted({month.year for month in people.months}):
        at = [n for n, month in enumerate(people.months) if month.year == year]
        brought = (
            sums[at]
            if family.people.grows == "months"
            else np.maximum(np.diff(sums[at], prepend=0.0), 0)
        )
        yield from hidden_sums([people.months[n] for n in at], brought.tolist(), family.whom)
