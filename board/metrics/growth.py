"""Income growth: per-head income compared with last year's and with the county's growth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from board.metrics.axes import COMPONENTS
from board.metrics.benchmark import county_growth, refusal
from board.metrics.metric import Metric, Reading
from board.metrics.parts import EVER, place, within
from board.metrics.spans import empty
from board.metrics.status import Figure
from board.metrics.terms import Period, Scope, Status, shift
from board.store import Queries, derived

LEVELS: tuple[tuple[str, ...], ...] = ((), ("building",), ("building", "unit"))
SUMS = ("numerator", "denominator", *COMPONENTS)


@dataclass(frozen=True)
class Quarter:
    """Sums over the households of a place that reported a quarter, and how many should report.

    `income` is in yuan, by component and in total ("numerator").
    """

    income: dict[str, float]
    members: float
    expected: int
    unreported: int

    def per_head(self, component: str) -> float:
        """Income per head in the quarter, in yuan."""
        return self.income[component] / self.members

    @property
    def reported(self) -> int:
        """How many households reported."""
        return self.expected - self.unreported


@dataclass(frozen=True)
class Growth:
    """Per-head income in yuan, total and components: this year to date, and last year to then."""

    now: dict[str, float]
    before: dict[str, float]

    @property
    def rate(self) -> float | None:
        """The growth as a fraction; None where last year's income was zero."""
        before = self.before["numerator"]
        return self.now["numerator"] / before - 1 if before else None

    def contribution(self, component: str) -> float | None:
        """The percentage points that a component contributes to the growth."""
        before = self.before["numerator"]
        return (self.now[component] - self.before[component]) / before * 100 if before else None


def quarters(period: Period) -> tuple[list[date], list[date]]:
    """First days of the quarters of the year to date, and of the same quarters last year."""
    last = period.last_month
    now = [date(last.year, month, 1) for month in range(1, last.month + 1, 3)]
    return now, [shift(quarter, -12) for quarter in now]


def figure(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope
) -> tuple[Figure, dict[str, Any]]:
    """The growth gap or the matched growth at a quarter's end, and the extra numbers beside it."""
    now, before = quarters(period)
    cells = [_quarters(snapshot).get((quarter, place(scope))) for quarter in (*now, *before)]
    reported = [quarter for quarter in cells if quarter is not None]
    expected = sum(quarter.expected for quarter in reported)
    unreported = sum(quarter.unreported for quarter in reported)
    growth = _growth(cells[: len(now)], cells[len(now) :])
    matched = _matched(snapshot, period, scope)
    county = county_growth(snapshot, now[-1])
    rate = growth.rate if growth else None
    matched_rate = matched.rate if matched else None
    facts: dict[str, Any] = {"unreported": unreported, "expected": expected}
    basis, value, extra = matched, matched_rate, dict[str, Any]()
    if metric.kind == "gap":
        basis, value = growth, _points_between(rate, county)
        composition = _points_between(rate, matched_rate)
        extra = {"growth": rate, "benchmark_growth": county, "composition": composition}
        if county is None:
            extra["refused"] = refusal(snapshot, now[-1])
    if value is None or basis is None:
        nothing = not expected and not empty(snapshot, metric, period)
        standing = Status.NOT_APPLICABLE if nothing else Status.NO_DATA
        return Figure(standing=standing, **facts), extra
    return Figure(
        value=value,
        numerator=basis.now["numerator"],
        denominator=basis.before["numerator"],
        thin=any(metric.is_thin(quarter.reported, quarter.expected) for quarter in reported),
        **facts,
    ), extra


def _points_between(rate: float | None, other: float | None) -> float | None:
    """How many percentage points a rate is above another; None where one of them is unknown."""
    return None if rate is None or other is None else (rate - other) * 100


def components(snapshot: Queries, whole: Reading) -> list[Reading]:
    """The four components' contributions to the growth, in percentage points; they sum to it."""
    now, before = quarters(whole.period)
    cells = _quarters(snapshot)
    at = place(whole.scope)
    growth = _growth([cells.get((q, at)) for q in now], [cells.get((q, at)) for q in before])
    standing = Status.NO_TARGET if growth else whole.status
    return [
        replace(
            whole,
            value=growth.contribution(component) if growth else None,
            numerator=growth.now[component] if growth else None,
            denominator=growth.before[component] if growth else None,
            target=None,
            path=None,
            status=standing,
            label=component,
        )
        for component in COMPONENTS
    ]


def _growth(now: list[Quarter | None], before: list[Quarter | None]) -> Growth | None:
    """The growth over some quarters; None where one of them has no report at all."""
    sums = [_per_head(part) for part in (now, before)]
    return Growth(*sums) if all(sums) else None  # type: ignore[arg-type]


def _per_head(part: list[Quarter | None]) -> dict[str, float] | None:
    """The per-head income summed over quarters; None where one of them has no report."""
    reported = [quarter for quarter in part if quarter is not None and quarter.members > 0]
    if len(reported) < len(part):
        return None
    names = ("numerator", *COMPONENTS)
    return {name: sum(quarter.per_head(name) for quarter in reported) for name in names}


def reports(snapshot: Queries) -> pl.DataFrame:
    """A row for every household and quarter that should report, with what it reported."""
    return snapshot.frame("metrics/income_growth_gap", **EVER)


def _quarters(snapshot: Queries) -> dict[tuple[date, tuple[str | None, ...]], Quarter]:
    """The sums of each quarter and place over the whole history."""
    return derived(snapshot, "income quarters", lambda: _sums(reports(snapshot)))


def _sums(rows: pl.DataFrame) -> dict[tuple[date, tuple[str | None, ...]], Quarter]:
    cells = {}
    for level in LEVELS:
        grouped = rows.group_by(["period", *level]).agg(
            pl.len().alias("expected"), pl.col("unreported").sum(), pl.col(*SUMS).sum()
        )
        for row in grouped.iter_rows(named=True):
            income = {name: row[name] for name in ("numerator", *COMPONENTS)}
            at = tuple(row[name] for name in level)
            cells[row["period"], at] = Quarter(
                income, row["denominator"], row["expected"], row["unreported"]
            )
    return cells


def _matched(snapshot: Queries, period: Period, scope: Scope) -> Growth | None:
    """The growth over those households of the scope that reported every quarter of both years."""
    return derived(
        snapshot,
        ("matched", period.last_month, place(scope)),
        lambda: _match(reports(snapshot), period, scope),
    )


def _match(rows: pl.DataFrame, period: Period, scope: Scope) -> Growth | None:
    now, before = quarters(period)
    both = [*now, *before]
    reports_within = within(rows, scope).filter(
        pl.col("period").is_in(both), pl.col("denominator").is_not_null()
    )
    complete = reports_within.filter(pl.len().over("subject") == len(both))
    cells = _sums(complete)
    return _growth([cells.get((q, ())) for q in now], [cells.get((q, ())) for q in before])
