"""Decide which readings of a family are hidden: once for a snapshot, for all its periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from board.metrics import Metric
from board.store import Snapshot, derived
from board.suppression.attack import Numbers
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Family, Member, family_of
from board.suppression.groups import Groups, groups
from board.suppression.hiding import hide
from board.suppression.year_to_date import hidden_sums

# The cost of hiding a coverage or a total. A place or category costs little beside them, because
# readers look at the settlement's totals and coverage first.
COVERAGE, TOTAL = 1e4, 1e6
# Concealing that a group is small may hide cells with at most this share of all people.
COST_LIMIT_SHARE = 0.2


@dataclass(frozen=True)
class Hidden:
    """The hidden readings of a family.

    `ever` has metrics with a place (building, unit) or a category (axis, label); these are hidden
    in every period. `totals` and `coverage` have metrics with a month, for the settlement.
    """

    ever: frozenset[tuple[str, tuple[str, ...]]]
    totals: frozenset[tuple[str, date]]
    coverage: frozenset[tuple[str, date]]


def hidden(snapshot: Snapshot, family: Family) -> Hidden:
    """The hidden readings of a family, for all periods of the snapshot."""
    return derived(
        snapshot, ("hidden", family.people.name), lambda: decide(groups(snapshot, family), family)
    )


def hidden_categories(snapshot: Snapshot, metric: Metric, axis: str) -> frozenset[str]:
    """The hidden categories of a metric's axis, as its rows have them (empty where 未填)."""
    family = family_of(metric)
    ever = hidden(snapshot, family).ever if family else ()
    return frozenset(part[1] for key, part in ever if key == metric.key and part[0] == axis)


def decide(people: Groups, family: Family) -> Hidden:
    """The readings to hide of a family whose people are in these groups."""
    least = LEAST[family.whom]
    counts, step_of = np.unique(_steps(people, family), axis=0, return_inverse=True)
    cells = tuple(_cells(people, family))
    cost_limit = COST_LIMIT_SHARE * people.most
    table = Table(counts, cells, least, people.same, cost_limit, people.grid)
    hidden_cells = hide(table)[:, step_of.reshape(-1)[: len(people.months)]]
    ever: set[tuple[str, tuple[str, ...]]] = set()
    totals: set[tuple[str, date]] = set()
    coverage: set[tuple[str, date]] = set()
    for number, cell in enumerate(table.cells):
        kind, key, part = cell.key
        months = [people.months[at] for at in np.flatnonzero(hidden_cells[number])]
        if kind == "ever" and months:
            ever.add((key, part))
        elif kind == "coverage":
            coverage.update((key, month) for month in months)
        elif kind == "total" and family.people.grows != "months":
            totals.update((key, month) for month in months)
    if family.people.grows:
        for member in family.members:
            totals.update((member.key, month) for month in _hidden_months(people, family, member))
    return Hidden(frozenset(ever), frozenset(totals), frozenset(coverage))


def _steps(people: Groups, family: Family) -> Numbers:
    """The counts of every month; where rows accumulate also the increase in each month."""
    if family.people.grows != "rows":
        return people.counts
    increases = np.maximum(np.diff(people.counts, axis=0), 0.0)
    same_year = [a.year == b.year for a, b in zip(people.months, people.months[1:], strict=False)]
    return np.concatenate([people.counts, increases[np.array(same_year, dtype=bool)]])


def _cells(people: Groups, family: Family) -> Iterator[Cell]:
    """A cell for each reading that could be shown: totals, coverage, places and categories."""
    for member in family.members:
        total = _numbers(people, member, people.whole)
        reported = _reported(people, member)
        rest: tuple[Numbers, ...] = ()
        if reported:
            # A reader who knows how many reported also knows how many of these don't count.
            unreported, expected = reported
            rest = (expected - unreported - total[-1],)
            yield Cell(("coverage", member.key, ()), reported, (), COVERAGE, for_good=False)
        secret = (*total, *_rest(member, total), *rest)
        yield Cell(("total", member.key, ()), total, secret, TOTAL, for_good=False)
        for place in () if member.whole_only else people.places():
            yield _cell(people, member, place, people.inside(place))
        for axis in (*(axis for group in member.axes for axis in group), *member.asked_axes):
            column = f"axis:{member.key}:{axis}"
            for label in people.labels(column):
                yield _cell(people, member, (axis, label), people.among(column, label))


def _cell(people: Groups, member: Member, part: tuple[str, ...], within: Any) -> Cell:
    """The cell of a place or category, whose groups are `within`."""
    shown = _numbers(
        people, member, within, category=len(part) > 1 and part[0] in sum(member.axes, ())
    )
    size = float((people.counts @ shown[0]).mean())
    return Cell(("ever", member.key, part), shown, (*shown, *_rest(member, shown)), 1.0 + size)


def _numbers(
    people: Groups, member: Member, within: Any, category: bool = False
) -> tuple[Numbers, ...]:
    """The numbers that a reading shows, over some of the groups."""
    counted, considered = (people.of(f"{name}:{member.key}", within) for name in "nd")
    if member.kind == "rate":
        return counted, considered
    return (considered,) if member.splits_all and category else (counted,)


def _rest(member: Member, shown: tuple[Numbers, ...]) -> tuple[Numbers, ...]:
    """The denominator of a rate without its numerator, where the numerator is part of it."""
    if member.kind != "rate" or (shown[0] > shown[1]).any():
        return ()
    return (shown[1] - shown[0],)


def _reported(people: Groups, member: Member) -> tuple[Numbers, ...]:
    """The numbers of unreported and expected rows; empty where no month is reported in part.

    Then a reading shows no coverage: that all have reported does not say how many they are.
    """
    unreported, expected = (people.of(f"{name}:{member.key}", people.whole) for name in "ue")
    missing, due = people.counts @ unreported, people.counts @ expected
    return (unreported, expected) if ((missing > 0) & (missing < due)).any() else ()


def _hidden_months(people: Groups, family: Family, member: Member) -> Iterator[date]:
    """The months whose sum from January is hidden, so that no small increase can be computed."""
    weights = _numbers(people, member, people.whole)[0]
    sums = people.counts @ weights
    for year in sorted({month.year for month in people.months}):
        at = [n for n, month in enumerate(people.months) if month.year == year]
        increases = (
            sums[at]
            if family.people.grows == "months"
            else np.maximum(np.diff(sums[at], prepend=0.0), 0)
        )
        yield from hidden_sums([people.months[n] for n in at], increases.tolist(), family.whom)
