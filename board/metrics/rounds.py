"""Monitoring rounds: months of the year in which enough of the able workers were monitored."""

from __future__ import annotations

from datetime import date

from board.metrics.metric import Metric
from board.metrics.parts import Parts, history
from board.metrics.spans import empty, year_to_date
from board.metrics.status import Figure
from board.metrics.terms import Period, Scope, Status
from board.store import Queries


def figure(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> Figure:
    """How many months of the year to date count as a round; both bounds equal the value."""
    monthly = [parts for _, parts in months(snapshot, metric, period, scope)]
    expected = sum(parts.expected for parts in monthly)
    unreported = sum(parts.unreported for parts in monthly)
    count = float(sum(is_round(metric, parts) for parts in monthly))
    if expected == 0 or unreported == expected:
        missing = expected or empty(snapshot, metric, period)
        standing = Status.NO_DATA if missing else Status.NOT_APPLICABLE
        bound = count if expected else None
        return Figure(
            numerator=None if missing else 0, low=bound, high=bound,
            unreported=unreported, expected=expected, standing=standing,
        )  # fmt: skip
    return Figure(
        value=count, numerator=count, low=count, high=count,
        unreported=unreported, expected=expected,
    )  # fmt: skip


def months(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope
) -> list[tuple[date, Parts]]:
    """The months of the year to date, each with its parts."""
    parts = history(snapshot, metric)
    return [(month, parts.total([month], scope)) for month in year_to_date(period)]


def is_round(metric: Metric, parts: Parts) -> bool:
    """Whether the plan's least coverage of the able workers was monitored."""
    return parts.expected > 0 and not metric.is_thin(parts.reported, parts.expected)
