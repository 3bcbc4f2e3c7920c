"""What the plan is measured by: value, bounds, path and status, computed in one place."""

from board.metrics._terms import (
    DEPARTMENTS,
    HOUSEHOLDS,
    PERCENT,
    PERSONS,
    POINTS,
    ROUNDS,
    TASKS,
    TIMES,
    YUAN,
    Metric,
    Period,
    Reading,
    Scope,
    Status,
    Unit,
    shift,
)

__all__ = [
    "DEPARTMENTS", "HOUSEHOLDS", "PERCENT", "PERSONS", "POINTS", "ROUNDS", "TASKS", "TIMES",
    "YUAN", "Metric", "Period", "Reading", "Scope", "Status", "Unit", "shift",
]  # fmt: skip
