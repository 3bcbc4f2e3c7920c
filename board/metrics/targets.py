"""The target that applies at a month's end, and the value of the path by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board.metrics.metric import Metric
from board.metrics.terms import MONTHS, Period, months_apart


@dataclass(frozen=True)
class Aim:
    """A target, the value of the path towards it, and whether the target is due."""

    target: float
    path: float
    due: bool


def aim(metric: Metric, month: date, start: tuple[date, float] | None = None) -> Aim | None:
    """The target and the path of a metric at the end of `month`; None without a target.

    `start` is the scope's first reported month and its value: a straight path leads from there
    to the first dated target.
    """
    if metric.every:
        return _recurring(metric, month)
    if not metric.targets:
        return None
    dated = sorted((Period.parse(text).last_month, goal) for text, goal in metric.targets.items())
    ahead = [(at, goal) for at, goal in dated if at >= month]
    if not ahead:
        return Aim(dated[-1][1], dated[-1][1], True)
    at, goal = ahead[0]
    passed = [(at, goal) for at, goal in dated if at < month]
    origin = passed[-1] if passed else start
    if at == month or metric.path != "straight" or origin is None or origin[0] > month:
        return Aim(goal, goal, at == month)
    return Aim(goal, _between(origin, (at, goal), month), False)


def _recurring(metric: Metric, month: date) -> Aim:
    kind, goal = metric.every  # type: ignore[misc]
    length = MONTHS[kind]
    passed = (month.month - 1) % length + 1
    path = goal * passed / length if metric.path == "growing" else goal
    return Aim(goal, path, passed == length)


def _between(origin: tuple[date, float], goal: tuple[date, float], month: date) -> float:
    """The value at a month on the straight line between two months' values."""
    share = months_apart(origin[0], month) / months_apart(origin[0], goal[0])
    return origin[1] + (goal[1] - origin[1]) * share
