"""The status of a figure: what its bounds say about the target, as a pure function."""

from __future__ import annotations

from dataclasses import dataclass

from board.metrics.metric import Metric
from board.metrics.targets import Aim
from board.metrics.terms import Status

ENOUGH = 0.90
NOISE = 1e-9


@dataclass(frozen=True)
class Figure:
    """A figure before it is judged; `standing` is set where there is none to judge."""

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
    """The status of a figure against its aim.

    Low and high decide; where a metric has no bounds its value does, unless it is
    `thin`: made of less than 90 % of the rows it needs.
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
    """Is the value good enough? Strict goals must be exceeded, the others reached."""
    ahead = goal - value if metric.better == "lower" else value - goal
    return ahead > NOISE if metric.strict else ahead >= -NOISE
