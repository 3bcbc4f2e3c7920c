"""The status of a figure, decided from its bounds and its target."""

from __future__ import annotations

from dataclasses import dataclass

from board.metrics.metric import Metric
from board.metrics.targets import Aim
from board.metrics.terms import Status
from board.plans.plan import Sign

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

    The bounds decide, or the value of a metric without bounds. A `thin` figure, of fewer
    of the rows it needs than the plan's least coverage, stays undetermined. A milestone is met as soon as it is reached, and
    not due before its date; neither is a path that still stands at nothing.
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
    if aim.milestone and not aim.due:
        reached = aim.of.due is not None and _compared(low, high, aim.target, aim.of.sign)
        return Status.MET if reached else Status.NOT_DUE
    if not aim.due and aim.of.path == "growing" and not aim.path:
        return Status.NOT_DUE
    goal = aim.target if aim.due or aim.path is None else aim.path
    compared = _compared(low, high, goal, aim.of.sign)
    if compared is None:
        return Status.UNDETERMINED
    if compared:
        return Status.MET if aim.due else Status.ON_PACE
    return Status.MISSED if aim.due else Status.BEHIND


def _compared(low: float, high: float, goal: float, sign: Sign) -> bool | None:
    """Whether every value between two bounds reaches a goal; None where only some do."""
    ends = {reaches(low, goal, sign), reaches(high, goal, sign)}
    if sign == "=" and low < high:
        return None if low - NOISE <= goal <= high + NOISE else False
    return ends.pop() if len(ends) == 1 else None


def reaches(value: float, goal: float, sign: Sign) -> bool:
    """Whether a value reaches a goal in the direction of its sign."""
    ahead = value - goal
    return {
        "≥": ahead >= -NOISE,
        ">": ahead > NOISE,
        "≤": ahead <= NOISE,
        "<": ahead < -NOISE,
        "=": abs(ahead) <= NOISE,
    }[sign]
