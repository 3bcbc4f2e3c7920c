"""Tasks at a month's end: their list, and their numbers by department and measure."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.metrics import Scope
from board.store import Queries


def tasks_led(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """The tasks begun and not cancelled at a month's end: overdue ones first, then by due date.

    The columns are `task_id, measure, content, leads` (a list)`, starts, due, progress, problem,
    evidence, done_on, accepted_on, updated_on, overdue, stale, days_late, days_since`. For a
    department they are the tasks that it leads.
    """
    tasks = snapshot.frame("tasks_led", month=month)
    if scope.department:
        tasks = tasks.filter(pl.col("leads").list.contains(scope.department))
    return tasks


def deliveries(snapshot: Queries, month: date) -> pl.DataFrame:
    """Numbers of tasks by department and measure at a month's end.

    The columns are `department, measure, begun, due, done, on_time, accepted, overdue` and
    `oldest` (days). A task led by three departments counts once for each of them, so the columns
    sum to more than the settlement's figures.
    """
    return snapshot.frame("deliveries", month=month)
