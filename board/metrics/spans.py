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
from board.store import Queries, derived


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

    A ledger that is kept as things happen is missing before its first row, and says afterwards that
    nothing happened where it has none. Of another, events are expected in every period.
    """
    if not metric.events:
        return any(
            ledgers_held(snapshot)[ledger][0] == 0 or not_begun(snapshot, ledger, period)
            for ledger in metric.ledgers
        )
    parts = history(snapshot, metric)
    if by_name()[metric.ledgers[0]].cadence != "as_held":
        return parts.total(months_read(snapshot, metric, period), Scope()).expected == 0
    months = parts.months.get((), [])
    return not months or months[0] > period.last_month


def not_begun(snapshot: Queries, ledger: str, period: Period) -> bool:
    """Whether a ledger that is kept as things happen has its first row after the period."""
    _rows, since, _until = ledgers_held(snapshot)[ledger]
    as_held = by_name()[ledger].cadence == "as_held"
    return as_held and since is not None and since > period.last_month


def silent(snapshot: Queries, metric: Metric, period: Period) -> bool:
    """Whether the metric's own ledger says nothing of the period, whatever its rows say of others.

    It had not begun yet, or it is to be kept every month and has no row in the period.
    """
    ledger = metric.ledgers[0]
    if not metric.monthly:
        return not_begun(snapshot, ledger, period)
    held = derived(
        snapshot,
        "ledger months held",
        lambda: set(snapshot.frame("ledger_months_held").iter_rows()),
    )
    return not any((ledger, month) in held for month in period.months)
