"""Tasks at a month's end: the list, and what each department delivers on each measure."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.metrics import Scope
from board.store import Queries


def led(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """The tasks begun and not cancelled at a month's end: the overdue first, then by due date.

    `task_id, measure, content, leads` (a list)`, starts, due, progress, problem, evidence, done_on,
    accepted_on, updated_on, overdue, stale, days_late, days_since`. A scope that is a
    department has the tasks it leads.
    """
    found = snapshot.frame("tasks_led", month=month)
    if scope.department:
        found = found.filter(pl.col("leads").list.contains(scope.department))
    return found


def deliveries(snapshot: Queries, month: date) -> pl.DataFrame:
    """`department, measure, begun, due, done, on_time, accepted, overdue, oldest` (days).

    A task led by three departments counts once for each, so the column sums are more
    than the settlement's figures.
    """
    return snapshot.frame("deliveries", month=month)
