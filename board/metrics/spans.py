"""The months whose rows a period includes, and the target at its end."""

from __future__ import annotations

from datetime import date

from board.ledgers import by_name
from board.metrics.figure import figure
from board.metrics.metric import Metric
from board.metrics.parts import history
from board.metrics.scopes import ledgers_held, span
from board.metrics.targets import Aim, aim, straight
from board.metrics.terms import Period, Scope, months_apart, shift
from board.store import Queries


def months_read(snapshot: Queries, metric: Metric, period: Period) -> list[date]:
    """The months whose rows the metric's figure for a period includes.

    A figure of a month's end has one month. Outside the months of `span` it is the nearest of
    them, in which nothing is reported either.
    """
    if metric.span == "period":
        return list(period.months)
    if metric.span == "year_to_date":
        return year_to_date(period)
    first, last = span(snapshot)
    if metric.span == "to_date":
        count = max(months_apart(first, period.last_month), 0)
        return [shift(period.last_month, -n) for n in reversed(range(count + 1))]
    return [min(max(period.last_month, first), last)]


def year_to_date(period: Period) -> list[date]:
    """January to the period's last month."""
    last = period.last_month
    return [shift(last, -n) for n in reversed(range(last.month))]


def aim_of(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> Aim | None:
    """The target and the path at the period's end, for this scope."""
    counted = metric.kind in ("count", "rounds")
    if not straight(metric.targets):
        return aim(metric.targets, period.last_month, counted=counted)
    parts = history(snapshot, metric)
    first = parts.first_reported(scope)
    value = figure(metric, parts.total([first], scope)).value if first else None
    start = (first, value) if first and value is not None else None
    return aim(metric.targets, period.last_month, start, counted)


def empty(snapshot: Queries, metric: Metric, period: Period) -> bool:
    """Whether a figure without any row has none because a ledger is missing.

    Before the first row of a ledger nothing is known. Of a ledger that is kept by month, quarter
    or term, each period needs a row of any place. One that is kept as things happen says that
    nothing happened; a single place without a row just has nothing to report.
    """
    if metric.events:
        parts, months = history(snapshot, metric), months_read(snapshot, metric, period)
        if any(by_name()[ledger].by_period() for ledger in metric.ledgers):
            return parts.total(months, Scope()).expected == 0
        first = parts.first_reported(Scope())
        return first is None or first > period.last_month
    held = [ledgers_held(snapshot)[ledger] for ledger in metric.ledgers]
    return any(rows == 0 or (first and first > period.last_month) for rows, first, _last in held)
