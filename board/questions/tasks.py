"""Tasks at a month's end: their list, and their numbers by department and measure."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.metrics import Scope
from board.store import Queries


def tasks_led(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """The tasks begun and not cancelled at a month's end: overdue ones first, then by due date.

    A task that comes again has a row for each `occurrence`, such as 2024-03, null in other rows.
    The columns are `task_id, occurrence, measure, content, leads` (a list)`, starts, due, progress,
    problem, evidence, done_on, accepted_on, updated_on, overdue, due_today, days_late`. For a
    department they are the tasks that it leads.
    """
    return _led_by(snapshot.frame("tasks_led", month=month), scope)


def tasks_stale(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """The open tasks without an update for thirty days at a month's end, longest first.

    One row a task, whatever its occurrences; the columns are `task_id, measure, content, leads` (a
    list)`, due, updated_on, days_since`. For a department they are the tasks that it leads.
    """
    return _led_by(snapshot.frame("tasks_stale", month=month), scope)


def _led_by(tasks: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    if scope.department:
        return tasks.filter(pl.col("leads").list.contains(scope.department))
    return tasks


def deliveries(snapshot: Queries, month: date) -> pl.DataFrame:
    """Numbers of tasks by department and measure at a month's end.

    The columns are `department, measure, begun, due, done, on_time, accepted, overdue, due_today`
    and `oldest` (days). A task led by three departments counts once for each of them, so the columns
    sum to more than the settlement's figures.
    """
    return snapshot.frame("deliveries", month=month)
