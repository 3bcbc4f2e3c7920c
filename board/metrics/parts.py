"""The parts of a metric, summed by month and place over the whole history and cached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from board.metrics.metric import Metric
from board.metrics.terms import Scope
from board.store import Queries, derived

EVER: dict[str, Any] = {"since": date(1, 1, 1), "until": date(9999, 12, 1)}
NEVER: dict[str, Any] = {"since": date(9999, 12, 1), "until": date(1, 1, 1)}
PLACES = ("building", "unit", "department")
WEIGHTS = ("numerator", "denominator", "missing", "unreported", "expected", "reported")
# The significant digits of a sum: hundredths are exact up to 10^12.
DIGITS = 14
SUMMED = (*WEIGHTS, "excluded")
Place = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Sums over the rows of some months and one place, from which a figure is computed."""

    numerator: float = 0.0
    denominator: float = 0.0
    missing: float = 0.0
    unreported: int = 0
    expected: int = 0
    reported: int = 0
    median: float | None = None

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            exact(self.numerator + other.numerator),
            exact(self.denominator + other.denominator),
            exact(self.missing + other.missing),
            self.unreported + other.unreported,
            self.expected + other.expected,
            self.reported + other.reported,
        )


NONE = Parts()


def exact(total: float) -> float:
    """A sum of amounts without the error of binary addition: 9981667.24, not …239999998."""
    return total if total.is_integer() else float(f"{total:.{DIGITS}g}")


def parts_of(row: Sequence[Any]) -> Parts:
    """The parts from a row of weights, followed by the median where there is one.

    Amounts are exact, so that they don't depend on the order of addition.
    """
    n, d, m = (exact(amount or 0.0) for amount in row[:3])
    u, e, r = (int(count or 0) for count in row[3:6])
    return Parts(n, d, m, u, e, r, *row[6:])


@dataclass(frozen=True)
class History:
    """A metric's parts by (month, place), and the months of each place in order."""

    sums: dict[tuple[date, Place], Parts]
    months: dict[Place, list[date]]

    def total(self, months: Iterable[date], scope: Scope) -> Parts:
        """The parts of some months, summed; the median only where there is one month."""
        at = place(scope)
        parts = [self.sums[key] for month in months if (key := (month, at)) in self.sums]
        return parts[0] if len(parts) == 1 else sum(parts, NONE)

    def first_reported(self, scope: Scope) -> date | None:
        """The first month in which the scope has a reported row; None without any."""
        at = place(scope)
        return next((m for m in self.months.get(at, []) if self.sums[m, at].reported > 0), None)


def place(scope: Scope) -> Place:
    """A scope as the key of a place in a history."""
    if scope.department:
        return ("department", scope.department)
    return (scope.building, scope.unit)[: 2 if scope.unit else 1 if scope.building else 0]


def history(snapshot: Queries, metric: Metric) -> History:
    """The metric's parts over all months of its ledgers."""
    return derived(
        snapshot, ("history", metric.sql, metric.only), lambda: _history(snapshot, metric)
    )


def categories(
    snapshot: Queries, metric: Metric, axis: str, months: Iterable[date], scope: Scope
) -> dict[str | None, Parts]:
    """The parts of some months by the categories of an axis; None is the unknown category."""
    frame = by_axis(snapshot, metric, axis, scope.department is not None)
    frame = frame.filter(pl.col("period").is_in(list(months)))
    for name in PLACES:
        if (value := getattr(scope, name)) is not None:
            frame = frame.filter(pl.col(name) == value)
    grouped = frame.group_by(axis).agg(pl.col(*WEIGHTS).sum())
    sums = {row[0]: parts_of(row[1:]) for row in grouped.iter_rows()}
    return _with_medians(snapshot, metric, axis, months, scope, sums)


def by_axis(snapshot: Queries, metric: Metric, axis: str, department: bool = False) -> pl.DataFrame:
    """The weights by month, smallest place and category of an axis, over the whole history.

    With `department` the place is the department.
    """

    def make() -> pl.DataFrame:
        levels = _levels(snapshot, metric)
        by = ["period", *levels[-1 if department else -1 - (["department"] in levels)], axis]
        lists = [axis] if isinstance(schema_of(snapshot, metric)[axis], pl.List) else []
        spread = [*lists, *(["department"] if department else [])]
        return weighed(snapshot.summed(metric.sql, by, SUMMED, spread, only=metric.only, **EVER))

    return derived(snapshot, ("axis", metric.sql, metric.only, axis, department), make)


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
    """The parts with each category's median, computed from the rows: medians can't be summed."""
    if metric.kind != "median":
        return sums
    at = list(months)
    rows = metric.counted(snapshot.frame(metric.sql, since=at[0], until=at[-1]))
    rows = within(rows, scope)
    middle = dict(rows.group_by(axis).agg(pl.col("numerator").median()).iter_rows())
    return {name: replace(parts, median=middle.get(name)) for name, parts in sums.items()}


def _history(snapshot: Queries, metric: Metric) -> History:
    sums: dict[tuple[date, Place], Parts] = {}
    for level, frame in _sums(snapshot, metric):
        for row in frame.iter_rows():
            at, weights = row[1 : 1 + len(level)], row[1 + len(level) :]
            sums[row[0], ("department", *at) if level == ["department"] else at] = parts_of(weights)
    months: dict[Place, list[date]] = {}
    for month, at_place in sorted(sums, key=lambda cell: cell[0]):
        months.setdefault(at_place, []).append(month)
    return History(sums, months)


def _sums(snapshot: Queries, metric: Metric) -> Iterable[tuple[list[str], pl.DataFrame]]:
    """The weights by month at every level of places, the smallest places first.

    Larger places are sums of smaller ones. Departments and medians are queried at each level:
    a task with several departments counts once in the total, and medians can't be summed.
    """
    median = "numerator" if metric.kind == "median" else ""
    finest: pl.DataFrame | None = None
    for level in reversed(_levels(snapshot, metric)):
        keys = ["period", *level]
        if finest is None or median or finest.columns[1] == "department":
            spread = [name for name in level if name == "department"]
            frame = snapshot.summed(metric.sql, keys, SUMMED, spread, median, metric.only, **EVER)
            finest = weighed(frame).select(*keys, *WEIGHTS, *(["median"] if median else []))
        else:
            finest = finest.group_by(keys).agg(pl.col(*WEIGHTS).sum())
        yield level, finest


def _levels(snapshot: Queries, metric: Metric) -> list[list[str]]:
    """The columns of each level of places that the rows have, starting with the settlement."""
    columns = schema_of(snapshot, metric)
    levels: list[list[str]] = [[], ["building"], ["building", "unit"]]
    levels = levels[: 1 + sum(column in columns for column in PLACES[:2])]
    return [*levels, ["department"]] if "department" in columns else levels


def schema_of(snapshot: Queries, metric: Metric) -> pl.Schema:
    """The columns of the metric's rows and their types."""
    # A build version makes the same tables in every snapshot, and asking is a quarter of a history.
    known = (snapshot.queries, snapshot.build_version, metric.sql)
    if known not in _schemas:
        _schemas[known] = snapshot.frame(metric.sql, **NEVER).schema
    return _schemas[known]


_schemas: dict[tuple[Path, str, str], pl.Schema] = {}


def weighed(sums: pl.DataFrame) -> pl.DataFrame:
    """Sums with the columns `expected` and `reported`, computed where the query has none.

    A row is then expected unless it is excluded, and reported unless it is unreported.
    """
    if "expected" not in sums.columns:
        left_out = pl.col("excluded") if "excluded" in sums.columns else pl.lit(0.0)
        sums = sums.with_columns(expected=pl.col("rows") - left_out.fill_null(0))
    if "reported" not in sums.columns:
        sums = sums.with_columns(reported=pl.col("expected") - pl.col("unreported"))
    return sums
