"""The months and places that a page lists: the last months of a ledger, the places of a scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from board import metrics
from board.metrics import Period, Reading, Scope, Status, shift
from board.sections.section import View


def last_months(view: View, count: int) -> list[date]:
    """Up to `count` months that end with the view's last, none before work was first monitored.

    Oldest first; the view's last month alone when the employment ledger has no rows.
    """
    last = view.period.last_month
    first = metrics.ledgers_held(view.snapshot).get("employment", (0, None, None))[1] or last
    months = [shift(last, -n) for n in reversed(range(count))]
    return [month for month in months if month >= first] or [last]


def month_of(month: date) -> Period:
    """A month as a period."""
    return Period(month, "month")


def inside(view: View) -> list[Scope]:
    """The buildings of the settlement, or the units when the view has a building."""
    level = "unit" if view.scope.building else "building"
    return metrics.below(view.snapshot, view.scope, level)


def compared(view: View, key: str) -> list[Reading]:
    """A metric for each building or unit inside the scope that has anything to report."""
    level = "unit" if view.scope.building else "building"
    readings = view.read(key, by=(level,)).by[level]
    return [reading for reading in readings if due(reading)]


def by_place_and_month(
    view: View, key: str, count: int, value: Callable[[list[Reading]], list[float | None]]
) -> pl.DataFrame:
    """`building, month, value`: the last `count` months of each place that has anything to report.

    `value` gives the values of one place's readings, a reading a month.
    """
    months = last_months(view, count)
    rows: list[tuple[str, date, float | None]] = []
    for scope in inside(view):
        readings = view.read_all(key, [month_of(when) for when in months], scope)
        if any(map(due, readings)):
            label = str(scope).rsplit("/", 1)[-1]
            rows += [(label, m, v) for m, v in zip(months, value(readings), strict=True)]
    schema = {"building": pl.String, "month": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def due(reading: Reading) -> bool:
    """Whether anything is expected; when that number is unknown, whether the metric applies."""
    if reading.expected is None:
        return reading.status is not Status.NOT_APPLICABLE
    return reading.expected > 0
