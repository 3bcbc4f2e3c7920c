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
    """The target and the path at the period's end, for this scope.

    None for the income of a building or unit: the plan compares the settlement's with the county's.
    """
    if metric.kind in ("gap", "growth") and scope.building:
        return None
    counted = metric.kind in ("count", "rounds")
    if not straight(metric.targets):
        return aim(metric.targets, period.last_month, counted=counted)
    parts = history(snapshot, metric)
    first = parts.first_reported(scope)
    value = figure(metric, parts.total([first], scope)).value if first else None
    start = (first, value) if first and value is not None else None
    return aim(metric.targets, period.last_month, start, counted)


def empty(snapshot: Queries, metric: Metric, period: Period) -> bool:
    """Whether a ledger of the metric has no row at all."""
    return any(ledgers_held(snapshot)[ledger][0] == 0 for ledger in metric.ledgers)


def kept(snapshot: Queries, metric: Metric, period: Period) -> bool:
    """Whether the ledger that the metric counts was kept in the period, so that 0 means 0.

    A ledger kept by month or quarter needs a row in the period; one kept as things happen needs
    a row by then. A register, and a ledger whose rows have no date, needs any row.
    """
    ledger = by_name()[metric.ledgers[0]]
    if ledgers_held(snapshot)[ledger.name][0] == 0:
        return False
    months = months_kept(snapshot).get(ledger.name, [])
    if not months:
        return True
    if ledger.cadence == "as_held":
        return months[0] <= period.last_month
    if metric.yearly:
        asked = year_to_date(period)
    else:
        # What an update says holds on, so any month of the period tells.
        updated = period.months if ledger.dated_by else ()
        asked = [*months_read(snapshot, metric, period), *updated]
    return not set(asked).isdisjoint(months)


def counts_nothing(metric: Metric) -> bool:
    """Whether no row means a count of 0: what the metric counts stands in rows only if it happened."""
    return metric.events or by_name()[metric.ledgers[0]].cadence == "as_held"


def months_kept(snapshot: Queries) -> dict[str, list[date]]:
    """By the name of a ledger: the months in which it has rows, in order; no registers."""

    def make() -> dict[str, list[date]]:
        months: dict[str, list[date]] = {}
        for ledger, month, _rows in snapshot.frame("months_kept").iter_rows():
            months.setdefault(ledger, []).append(month)
        return months

    return derived(snapshot, "months kept", make)


def rows_by(snapshot: Queries, ledger: str, last: date) -> int:
    """How many rows of a ledger are dated in a month or before; 0 for a register."""
    rows = snapshot.frame("months_kept")
    return sum(count for name, month, count in rows.iter_rows() if name == ledger and month <= last)


def inhabited(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> bool:
    """Whether a building or unit has a household in register in the months that the figure includes.

    True for every larger scope, and for metrics that are not about households. What a household
    has had since January stays counted where it stood, though it has left since.
    """
    if not scope.building or "households" not in metric.ledgers:
        return True

    def make() -> set[tuple[date, str, str | None]]:
        units = list(snapshot.frame("places_lived").iter_rows())
        return {*units, *((month, building, None) for month, building, _ in units)}

    months = year_to_date(period) if metric.yearly else months_read(snapshot, metric, period)
    homes = derived(snapshot, "inhabited", make)
    return any((month, scope.building, scope.unit) in homes for month in months)
