"""The parts of a metric, summed by month and place for the whole history, kept with the snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import polars as pl

from board.metrics._terms import Metric, Scope
from board.store import Snapshot

EVER = {"since": date(1, 1, 1), "until": date(9999, 12, 1)}
Place = tuple[str | None, ...]
T = TypeVar("T")
_kept: WeakKeyDictionary[Snapshot, dict[Any, Any]] = WeakKeyDictionary()


def kept(snapshot: Snapshot, key: Any, make: Callable[[], T]) -> T:
    """What `make` gives, made once a snapshot and remembered as long as the snapshot lives."""
    known = _kept.setdefault(snapshot, {})
    if key not in known:
        known[key] = make()
    found: T = known[key]
    return found


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


@dataclass(frozen=True)
class History:
    """A metric's parts: `sums` by (month, place); `axes` by axis, (month, place), category."""

    sums: dict[tuple[date, Place], Parts]
    axes: dict[str, dict[tuple[date, Place], dict[str | None, Parts]]]
    months: dict[Place, list[date]]

    def total(self, months: Iterable[date], scope: Scope) -> Parts:
        """The parts of some months together; the median only where it is one month."""
        at = place(scope)
        found = [self.sums[key] for month in months if (key := (month, at)) in self.sums]
        return found[0] if len(found) == 1 else sum(found, NONE)

    def categories(
        self, axis: str, months: Iterable[date], scope: Scope
    ) -> dict[str | None, Parts]:
        """The parts of some months by the categories of an axis; null where none is known."""
        at = place(scope)
        found: dict[str | None, Parts] = {}
        for month in months:
            for category, parts in self.axes[axis].get((month, at), {}).items():
                found[category] = found[category] + parts if category in found else parts
        return found

    def first_reported(self, scope: Scope) -> date | None:
        """The first month in which the scope has a reported row."""
        at = place(scope)
        return next((m for m in self.months.get(at, []) if self.sums[m, at].reported > 0), None)


def place(scope: Scope) -> Place:
    """The key of a scope in a history."""
    if scope.department:
        return ("department", scope.department)
    return (scope.building, scope.unit)[: 2 if scope.unit else 1 if scope.building else 0]


def history(snapshot: Snapshot, metric: Metric) -> History:
    """The metric's parts over everything the ledgers hold."""
    return kept(snapshot, ("history", metric.sql, metric.kind), lambda: _sum(snapshot, metric))


def _sum(snapshot: Snapshot, metric: Metric) -> History:
    rows = weighed(snapshot.fresh(metric.sql, **EVER)).filter(~pl.col("excluded"))
    median = metric.kind == "median"
    sums: dict[tuple[date, Place], Parts] = {}
    axes: dict[str, dict[tuple[date, Place], dict[str | None, Parts]]] = {}
    own = [axis for axis in metric.axes if axis in rows.columns and axis not in PLACES]
    for level in _levels(rows):
        at = rows if "department" not in level else rows.explode("department")
        for *key, parts in _grouped(at, level, [], median):
            sums[key[0], _place(level, key[1:])] = parts
        for axis in own:
            split = at.explode(axis) if isinstance(at.schema[axis], pl.List) else at
            cells = axes.setdefault(axis, {})
            for *key, category, parts in _grouped(split, level, [axis], False):
                cells.setdefault((key[0], _place(level, key[1:])), {})[category] = parts
    months: dict[Place, list[date]] = {}
    for month, at_place in sorted(sums, key=lambda cell: cell[0]):
        months.setdefault(at_place, []).append(month)
    return History(sums, axes, months)


PLACES = ("building", "unit", "department")
WEIGHTS = ("numerator", "denominator", "missing", "unreported", "expected", "reported")


def weighed(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with every weight: `excluded`, `expected` and `reported` follow where not given."""
    if "excluded" not in rows.columns:
        rows = rows.with_columns(excluded=pl.lit(False))
    if "expected" not in rows.columns:
        rows = rows.with_columns(expected=(~pl.col("excluded")).cast(pl.Int32))
    else:
        # A row that is left out of the sums may be expected all the same: a task begun, not due.
        rows = rows.with_columns(excluded=pl.col("excluded") & (pl.col("expected") == 0))
    if "reported" not in rows.columns:
        rows = rows.with_columns(reported=pl.col("expected") - pl.col("unreported"))
    return rows


def _levels(rows: pl.DataFrame) -> list[list[str]]:
    """The grains to sum at: the settlement, and the places below it the rows know."""
    known: list[list[str]] = [[], ["building"], ["building", "unit"]]
    known = known[: 1 + sum(column in rows.columns for column in PLACES[:2])]
    return [*known, ["department"]] if "department" in rows.columns else known


def _place(level: list[str], values: list[Any]) -> Place:
    return ("department", *values) if level == ["department"] else tuple(values)


def _grouped(
    rows: pl.DataFrame, level: list[str], more: list[str], median: bool
) -> Iterable[list[Any]]:
    """The groups of rows, each as its key's values and its Parts."""
    key = ["period", *level, *more]
    wanted = [pl.col(weight).sum() for weight in WEIGHTS]
    if median:
        wanted.append(pl.col("numerator").median().alias("median"))
    for row in rows.group_by(key).agg(wanted).iter_rows():
        at = len(key)
        n, d, m, u, e, r, *mid = row[at:]
        yield [*row[:at], Parts(float(n), float(d), float(m), int(u), int(e), int(r), *mid)]
