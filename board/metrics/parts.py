"""The parts of a metric, summed by month and place for the whole history, kept with the snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from board.metrics.metric import Metric
from board.metrics.terms import Scope
from board.store import Queries, derived

EVER: dict[str, Any] = {"since": date(1, 1, 1), "until": date(9999, 12, 1)}
NEVER: dict[str, Any] = {"since": date(9999, 12, 1), "until": date(1, 1, 1)}
PLACES = ("building", "unit", "department")
WEIGHTS = ("numerator", "denominator", "missing", "unreported", "expected", "reported")
EXACT = 9
SUMMED = (*WEIGHTS, "excluded")
Place = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a figure is made of: sums over the rows of some months and one place."""

    numerator: float = 0.0
    denominator: float = 0.0
    missing: float = 0.0
    unreported: int = 0
    expected: int = 0
    reported: int = 0
    median: float | None = None

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.missing + other.missing,
            self.unreported + other.unreported,
            self.expected + other.expected,
            self.reported + other.reported,
        )


NONE = Parts()


def parts_of(row: Sequence[Any]) -> Parts:
    """Parts from a row of weights, and the median where there is one.

    Amounts lose what adding in another order could change.
    """
    n, d, m = (round(amount or 0.0, EXACT) for amount in row[:3])
    u, e, r = (int(count or 0) for count in row[3:6])
    return Parts(n, d, m, u, e, r, *row[6:])


@dataclass(frozen=True)
class History:
    """A metric's parts by (month, place), and the months each place has."""

    sums: dict[tuple[date, Place], Parts]
    months: dict[Place, list[date]]

    def total(self, months: Iterable[date], scope: Scope) -> Parts:
        """The parts of some months together; the median only where it is one month."""
        at = place(scope)
        found = [self.sums[key] for month in months if (key := (month, at)) in self.sums]
        return found[0] if len(found) == 1 else sum(found, NONE)

    def first_reported(self, scope: Scope) -> date | None:
        """The first month in which the scope has a reported row."""
        at = place(scope)
        return next((m for m in self.months.get(at, []) if self.sums[m, at].reported > 0), None)


def place(scope: Scope) -> Place:
    """The key of a scope in a history."""
    if scope.department:
        return ("department", scope.department)
    return (scope.building, scope.unit)[: 2 if scope.unit else 1 if scope.building else 0]


def history(snapshot: Queries, metric: Metric) -> History:
    """The metric's parts over everything the ledgers hold."""
    return derived(snapshot, ("history", metric.sql), lambda: _history(snapshot, metric))


def categories(
    snapshot: Queries, metric: Metric, axis: str, months: Iterable[date], scope: Scope
) -> dict[str | None, Parts]:
    """The parts of some months by the categories of an axis; null where none is known."""
    frame = by_axis(snapshot, metric, axis, scope.department is not None)
    frame = frame.filter(pl.col("period").is_in(list(months)))
    for name in PLACES:
        if (value := getattr(scope, name)) is not None:
            frame = frame.filter(pl.col(name) == value)
    found = frame.group_by(axis).agg(pl.col(*WEIGHTS).sum())
    sums = {row[0]: parts_of(row[1:]) for row in found.iter_rows()}
    return _with_medians(snapshot, metric, axis, months, scope, sums)


def by_axis(snapshot: Queries, metric: Metric, axis: str, department: bool = False) -> pl.DataFrame:
    """The weights by month, finest place and category of an axis, for the whole history."""

    def make() -> pl.DataFrame:
        levels = _levels(snapshot, metric)
        by = ["period", *levels[-1 if department else -1 - (["department"] in levels)], axis]
        lists = [axis] if isinstance(_schema(snapshot, metric)[axis], pl.List) else []
        spread = [*lists, *(["department"] if department else [])]
        return _weighed(snapshot.summed(metric.sql, by, SUMMED, spread, **EVER))

    return derived(snapshot, ("axis", metric.sql, axis, department), make)


def within(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """The rows of a scope's building and unit, or of its department."""
    if scope.building:
        rows = rows.filter(pl.col("building") == scope.building)
    if scope.unit:
        rows = rows.filter(pl.col("unit") == scope.unit)
    if scope.department:
        rows = rows.filter(pl.col("department").list.contains(scope.department))
    return rows


def _with_medians(
    snapshot: Queries,
    metric: Metric,
    axis: str,
    months: Iterable[date],
    scope: Scope,
    sums: dict[str | None, Parts],
) -> dict[str | None, Parts]:
    """The parts with each category's median: medians are none of the finer ones', so the rows are asked."""
    if metric.kind != "median":
        return sums
    at = list(months)
    rows = within(snapshot.fresh(metric.sql, since=at[0], until=at[-1]), scope)
    middle = dict(rows.group_by(axis).agg(pl.col("numerator").median()).iter_rows())
    return {name: replace(parts, median=middle.get(name)) for name, parts in sums.items()}


def _history(snapshot: Queries, metric: Metric) -> History:
    sums: dict[tuple[date, Place], Parts] = {}
    for level, found in _sums(snapshot, metric):
        for row in found.iter_rows():
            at, weights = row[1 : 1 + len(level)], row[1 + len(level) :]
            sums[row[0], ("department", *at) if level == ["department"] else at] = parts_of(weights)
    months: dict[Place, list[date]] = {}
    for month, at_place in sorted(sums, key=lambda cell: cell[0]):
        months.setdefault(at_place, []).append(month)
    return History(sums, months)


def _sums(snapshot: Queries, metric: Metric) -> Iterable[tuple[list[str], pl.DataFrame]]:
    """The weights by month at every grain; the coarse ones are sums of the finest.

    A task counts once for each department and once in the total, and a median of medians
    is none: these are asked for again.
    """
    median = "numerator" if metric.kind == "median" else ""
    finest: pl.DataFrame | None = None
    for level in reversed(_levels(snapshot, metric)):
        keys = ["period", *level]
        if finest is None or median or finest.columns[1] == "department":
            spread = [name for name in level if name == "department"]
            found = snapshot.summed(metric.sql, keys, SUMMED, spread, median, **EVER)
            finest = _weighed(found).select(*keys, *WEIGHTS, *(["median"] if median else []))
        else:
            finest = finest.group_by(keys).agg(pl.col(*WEIGHTS).sum())
        yield level, finest


def _levels(snapshot: Queries, metric: Metric) -> list[list[str]]:
    """The grains to sum at: the settlement, and the places below it the rows know."""
    columns = _schema(snapshot, metric)
    known: list[list[str]] = [[], ["building"], ["building", "unit"]]
    known = known[: 1 + sum(column in columns for column in PLACES[:2])]
    return [*known, ["department"]] if "department" in columns else known


def _schema(snapshot: Queries, metric: Metric) -> pl.Schema:
    """The columns of the metric's rows and their types."""
    return snapshot.frame(metric.sql, **NEVER).schema


def _weighed(sums: pl.DataFrame) -> pl.DataFrame:
    """Sums with every weight.

    A row is expected unless it is excluded, and reported unless it is unreported, where
    its query says nothing else.
    """
    if "expected" not in sums.columns:
        left_out = pl.col("excluded") if "excluded" in sums.columns else pl.lit(0.0)
        sums = sums.with_columns(expected=pl.col("rows") - left_out.fill_null(0))
    if "reported" not in sums.columns:
        sums = sums.with_columns(reported=pl.col("expected") - pl.col("unreported"))
    return sums
