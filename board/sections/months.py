"""Months and places that pages step through: the last ones held, what lies inside a scope."""

from __future__ import annotations

from datetime import date

from board import metrics
from board.metrics import Period, Reading, Scope, Status, shift
from board.sections.section import View


def last_months(view: View, ledger: str, count: int) -> list[date]:
    """The view's last month and those before it that the ledger may hold, oldest first."""
    last = view.period.last_month
    first = metrics.ledgers_held(view.snapshot).get(ledger, (0, None, None))[1] or last
    months = [shift(last, -n) for n in reversed(range(count))]
    return [month for month in months if month >= first] or [last]


def month_of(month: date) -> Period:
    """A month as a period."""
    return Period(month, "month")


def inside(view: View) -> list[Scope]:
    """The buildings of the settlement, or the units of the view's building."""
    level = "unit" if view.scope.building else "building"
    return metrics.below(view.snapshot, view.scope, level)


def compared(view: View, key: str) -> list[Reading]:
    """A metric in each place inside the scope that has anything to report, in their order."""
    level = "unit" if view.scope.building else "building"
    found = view.read(key, by=(level,)).by[level]
    return [reading for reading in found if due(reading)]


def due(reading: Reading) -> bool:
    """Whether anything is to be reported; where it isn't told how much, whether there is a figure."""
    if reading.expected is None:
        return reading.status is not Status.NOT_APPLICABLE
    return reading.expected > 0
