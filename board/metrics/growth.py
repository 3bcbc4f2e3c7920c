"""Income growth: the settlement's per-head income against last year's and against the county's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from board.metrics.axes import COMPONENTS
from board.metrics.benchmark import county_growth, refusal
from board.metrics.metric import Metric, Reading
from board.metrics.parts import EVER, place, within
from board.metrics.spans import empty
from board.metrics.status import ENOUGH, Figure
from board.metrics.terms import Period, Scope, Status, shift
from board.store import Queries, derived

LEVELS: tuple[tuple[str, ...], ...] = ((), ("building",), ("building", "unit"))
SUMS = ("numerator", "denominator", *COMPONENTS)


@dataclass(frozen=True)
class Quarter:
    """A quarter's sums over the reporting households of a place, and how many should report."""

    income: dict[str, float]
    members: float
    expected: int
    unreported: int

    def per_head(self, component: str) -> float:
        """Yuan a head in the quarter."""
        return self.income[component] / self.members

    @property
    def thin(self) -> bool:
        """Did less than 90 % of the households report?"""
        return self.expected - self.unreported < ENOUGH * self.expected - 1e-9


@dataclass(frozen=True)
class Growth:
    """Per-head income of the year to date, this year and last, whole and by component."""

    now: dict[str, float]
    before: dict[str, float]

    @property
    def rate(self) -> float | None:
        """This year's over last year's, less one; null when there was nothing last year."""
        before = self.before["numerator"]
        return self.now["numerator"] / before - 1 if before else None

    def contribution(self, component: str) -> float | None:
        """Percentage points of the growth that come from one component."""
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
    """The gap or the matched growth at a quarter's end, and what stands beside it."""
    now, before = quarters(period)
    found = [_quarters(snapshot).get((quarter, place(scope))) for quarter in (*now, *before)]
    known = [quarter for quarter in found if quarter is not None]
    expected = sum(quarter.expected for quarter in known)
    unreported = sum(quarter.unreported for quarter in known)
    growth = _growth(found[: len(now)], found[len(now) :])
    matched = _matched(snapshot, period, scope)
    county = county_growth(snapshot, now[-1])
    rate, same = growth.rate if growth else None, matched.rate if matched else None
    facts: dict[str, Any] = {"unreported": unreported, "expected": expected}
    of = growth if metric.kind == "gap" else matched
    value = same
    if metric.kind == "gap":
        value = (rate - county) * 100 if rate is not None and county is not None else None
    extra: dict[str, Any] = {}
    if metric.kind == "gap":
        extra = {
            "growth": rate,
            "benchmark_growth": county,
            "composition": (rate - same) * 100 if rate is not None and same is not None else None,
        }
        if county is None:
            extra["refused"] = refusal(snapshot, now[-1])
    if value is None or of is None:
        nothing = not expected and not empty(snapshot, metric, period)
        standing = Status.NOT_APPLICABLE if nothing else Status.NO_DATA
        return Figure(standing=standing, **facts), extra
    return Figure(
        value=value,
        numerator=of.now["numerator"],
        denominator=of.before["numerator"],
        thin=any(quarter.thin for quarter in known),
        **facts,
    ), extra


def components(snapshot: Queries, whole: Reading) -> list[Reading]:
    """The contributions in percentage points of the four components; they sum to the growth."""
    now, before = quarters(whole.period)
    cells = _quarters(snapshot)
    at = place(whole.scope)
    growth = _growth([cells.get((q, at)) for q in now], [cells.get((q, at)) for q in before])
    standing = Status.NO_TARGET if growth else whole.status
    return [
        Reading(
            metric=whole.metric,
            period=whole.period,
            scope=whole.scope,
            value=growth.contribution(component) if growth else None,
            numerator=growth.now[component] if growth else None,
            denominator=growth.before[component] if growth else None,
            unreported=whole.unreported,
            expected=whole.expected,
            status=standing,
            label=component,
        )
        for component in COMPONENTS
    ]


def _growth(now: list[Quarter | None], before: list[Quarter | None]) -> Growth | None:
    """The growth over quarters; null when one of them is missing altogether."""
    sums = [_per_head(part) for part in (now, before)]
    return Growth(*sums) if all(sums) else None  # type: ignore[arg-type]


def _per_head(part: list[Quarter | None]) -> dict[str, float] | None:
    found = [quarter for quarter in part if quarter is not None and quarter.members > 0]
    if len(found) < len(part):
        return None
    return {c: sum(quarter.per_head(c) for quarter in found) for c in ("numerator", *COMPONENTS)}


def reports(snapshot: Queries) -> pl.DataFrame:
    """Every household and quarter that should report, with what it reported."""
    return snapshot.frame("metrics/income_growth_gap", **EVER)


def _quarters(snapshot: Queries) -> dict[tuple[date, tuple[str | None, ...]], Quarter]:
    """(quarter, place) → its sums, for the whole history."""
    return derived(snapshot, "income quarters", lambda: _sums(reports(snapshot)))


def _sums(rows: pl.DataFrame) -> dict[tuple[date, tuple[str | None, ...]], Quarter]:
    found = {}
    for level in LEVELS:
        grouped = rows.group_by(["period", *level]).agg(
            pl.len().alias("expected"), pl.col("unreported").sum(), pl.col(*SUMS).sum()
        )
        for row in grouped.iter_rows(named=True):
            income = {name: row[name] for name in ("numerator", *COMPONENTS)}
            at = tuple(row[name] for name in level)
            found[row["period"], at] = Quarter(
                income, row["denominator"], row["expected"], row["unreported"]
            )
    return found


def _matched(snapshot: Queries, period: Period, scope: Scope) -> Growth | None:
    """The growth over the households of the scope that reported every entering quarter."""
    return derived(
        snapshot,
        ("matched", period.last_month, place(scope)),
        lambda: _match(reports(snapshot), period, scope),
    )


def _match(rows: pl.DataFrame, period: Period, scope: Scope) -> Growth | None:
    now, before = quarters(period)
    every = [*now, *before]
    own = within(rows, scope).filter(
        pl.col("period").is_in(every), pl.col("denominator").is_not_null()
    )
    full = own.filter(pl.len().over("subject") == len(every))
    cells = _sums(full)
    return _growth([cells.get((q, ())) for q in now], [cells.get((q, ())) for q in before])
