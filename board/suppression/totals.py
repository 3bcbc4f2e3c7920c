"""Decide in which months totals and coverage of the settlement are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl

from board.metrics import shift
from board.suppression import attack
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Family, Member
from board.suppression.hiding import hide
from board.suppression.numbers import Numbers
from board.suppression.year_to_date import hidden_sums

# The cost of hiding a coverage or a total: readers look at the totals first.
COVERAGE, TOTAL = 1.0, 100.0
Hidden = frozenset[tuple[str, date]]


class Kinds:
    """The kinds of people of a family: people of one kind add the same to every metric.

    `counts` has a row a month and a column a kind.
    """

    def __init__(self, numbers: Numbers) -> None:
        kinds = numbers.kinds.with_columns(pl.exclude("period", "count").fill_null(0))
        by = [name for name in kinds.columns if name not in ("period", "count")]
        self.months: tuple[date, ...] = tuple(sorted(kinds["period"].unique()))
        # Sorted, so that the decision is the same whenever and wherever it is made.
        wide = kinds.pivot("period", index=by, values="count", aggregate_function="sum").sort(by)
        months = [pl.col(str(month)).fill_null(0) for month in self.months]
        self.counts: attack.Numbers = wide.select(months).to_numpy().T.astype(np.float64)
        self._frame = wide.select(by)

    def of(self, number: str, member: Member) -> attack.Numbers:
        """What a person of each kind adds to a number (n, d, u, e) of a metric."""
        return self._frame[f"{number}:{member.key}"].to_numpy().astype(np.float64)


def hidden_totals(
    numbers: Numbers, family: Family, stocks: Mapping[str, Mapping[date, float]]
) -> tuple[Hidden, Hidden]:
    """The metrics and months of which the total is hidden, and those of which the coverage is.

    `stocks` has, by metric, the count by month of what becomes smaller by what the metric counts.
    """
    kinds = Kinds(numbers)
    if not kinds.months:
        return frozenset(), frozenset()
    counts, step_of = np.unique(_steps(kinds, family), axis=0, return_inverse=True)
    table = Table(counts, tuple(_cells(kinds, family)), LEAST[family.whom], cost_limit=0.0)
    hidden = hide(table)[:, step_of.reshape(-1)[: len(kinds.months)]]
    hidden_months: dict[str, set[tuple[str, date]]] = {"total": set(), "coverage": set()}
    for number, cell in enumerate(table.cells):
        what, key = cell.key
        if what == "coverage" or family.people.grows != "months":
            hidden_months[what] |= {
                (key, kinds.months[at]) for at in np.flatnonzero(hidden[number])
            }
    if family.people.grows:
        for member in family.members:
            stock = stocks.get(member.key, {})
            months = _hidden_months(kinds, family, member, stock)
            hidden_months["total"] |= {(member.key, month) for month in months}
    return frozenset(hidden_months["total"]), frozenset(hidden_months["coverage"])


def _steps(kinds: Kinds, family: Family) -> attack.Numbers:
    """The counts of every month; where rows accumulate also the increase in each month."""
    if family.people.grows != "rows":
        return kinds.counts
    increases = np.maximum(np.diff(kinds.counts, axis=0), 0.0)
    same_year = [a.year == b.year for a, b in zip(kinds.months, kinds.months[1:], strict=False)]
    return np.concatenate([kinds.counts, increases[np.array(same_year, dtype=bool)]])


def _cells(kinds: Kinds, family: Family) -> Iterator[Cell]:
    """A cell for the total and one for the coverage of each metric."""
    for member in family.members:
        counted, considered = kinds.of("n", member), kinds.of("d", member)
        total = (counted, considered) if member.kind == "rate" else (counted,)
        rest: tuple[attack.Numbers, ...] = ()
        if reported := _reported(kinds, member):
            # A reader who knows how many reported also knows how many of these don't count.
            unreported, expected = reported
            rest = (expected - unreported - total[-1],)
            yield Cell(("coverage", member.key), reported, (), COVERAGE, for_good=False)
        if member.kind == "rate" and (counted <= considered).all():
            rest = (*rest, considered - counted)
        yield Cell(("total", member.key), total, (*total, *rest), TOTAL, for_good=False)


def _reported(kinds: Kinds, member: Member) -> tuple[attack.Numbers, ...]:
    """The numbers of unreported and expected rows; empty where no month is reported in part.

    Then a reading shows no coverage: that all have reported does not say how many they are.
    """
    unreported, expected = kinds.of("u", member), kinds.of("e", member)
    missing, due = kinds.counts @ unreported, kinds.counts @ expected
    return (unreported, expected) if ((missing > 0) & (missing < due)).any() else ()


def _hidden_months(
    kinds: Kinds, family: Family, member: Member, stock: Mapping[date, float]
) -> Iterator[date]:
    """The months whose sum from January is hidden, so that no small increase can be computed."""
    sums = kinds.counts @ kinds.of("d" if member.kind == "median" else "n", member)
    for year in sorted({month.year for month in kinds.months}):
        at = [n for n, month in enumerate(kinds.months) if month.year == year]
        months = [kinds.months[n] for n in at]
        increases = (
            sums[at]
            if family.people.grows == "months"
            else np.maximum(np.diff(sums[at], prepend=0.0), 0)
        )
        series = [increases]
        if stock:
            held = [stock.get(month, 0.0) for month in (shift(months[0], -1), *months)]
            series.append(increases + np.diff(held))
        yield from hidden_sums(months, family.whom, *(one.tolist() for one in series))
