"""The status of a figure, decided from its bounds and its target."""

from __future__ import annotations

from dataclasses import dataclass

from board.metrics.metric import Metric
from board.metrics.targets import Aim
from board.metrics.terms import Status

ENOUGH = 0.90
NOISE = 1e-9


@dataclass(frozen=True)
class Figure:
    """A figure before its status is decided.

    `standing` is its status where it has no value that could be compared with a target. `thin`
    says that too few of the rows it needs were reported.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    unreported: int = 0
    expected: int = 0
    thin: bool = False
    standing: Status | None = None


def judge(metric: Metric, figure: Figure, aim: Aim | None) -> Status:
    """The status of a figure compared with its target, or with the path before it is due.

    The bounds decide, or the value of a metric without bounds. A `thin` figure, of less than
    90 % of the rows it needs, stays undetermined.
    """
    if figure.standing is not None:
        return figure.standing
    if aim is None:
        return Status.NO_TARGET
    if figure.thin:
        return Status.UNDETERMINED
    low, high = (figure.low, figure.high) if metric.bounded else (figure.value, figure.value)
    if low is None or high is None:
        return Status.NO_DATA
    worst, best = (high, low) if metric.better == "lower" else (low, high)
    goal = aim.target if aim.due else aim.path
    if reaches(worst, goal, metric):
        return Status.MET if aim.due else Status.ON_PACE
    if not reaches(best, goal, metric):
        return Status.MISSED if aim.due else Status.BEHIND
    return Status.UNDETERMINED


def reaches(value: float, goal: float, metric: Metric) -> bool:
    """Whether a value reaches a goal; strict goals must be exceeded."""
    ahead = goal - value if metric.better == "lower" else value - goal
    return ahead > NOISE if metric.strict else ahead >= -NOISE
