"""The target that applies at a month's end, and the value of the path by then."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from board.metrics.terms import MONTHS, months_apart
from board.plans import Target


@dataclass(frozen=True)
class Aim:
    """The target that applies, the value of the path to it, and whether it is due.

    `path` is None where none leads to it: of a milestone. `passed` is the month in
    which the target was due, where that lies in the past: what is reached now was reached late
    unless it was reached then.
    """

    of: Target
    path: float | None
    due: bool
    passed: date | None = None

    @property
    def target(self) -> float:
        """The target's value, in the metric's unit."""
        return self.of.value

    @property
    def milestone(self) -> bool:
        """Whether the target is reached at once, without a path."""
        return self.of.path == "milestone"


def aim(
    targets: Sequence[Target],
    month: date,
    start: tuple[date, float] | None = None,
    counted: bool = False,
) -> Aim | None:
    """The target among these and the path at the end of `month`; None without a target.

    `start` is the scope's first reported month and its value: a straight path leads from there
    to the first dated target. `counted` is true for numbers of things: a path that grows to a whole
    number of them is rounded down, because nobody is behind by half a meeting.
    """
    holding = [target for target in targets if target.holds(month)]
    if recurring := next((target for target in holding if target.every), None):
        return _recurring(recurring, month, counted)
    dated = sorted(((t.due, t) for t in holding if t.due), key=lambda pair: pair[0])
    if not dated:
        return None
    ahead = [target for due, target in dated if due >= month]
    if not ahead:
        due, last = dated[-1]
        return Aim(last, _path(last), True, due)
    of = ahead[0]
    if of.path == "milestone" or of.due == month:
        return Aim(of, _path(of), of.due == month)
    earlier = [(due, target.value) for due, target in dated if due < month]
    origin = earlier[-1] if earlier else start
    if of.path != "straight" or of.due is None or origin is None or origin[0] > month:
        return Aim(of, of.value, False)
    return Aim(of, _between(origin, (of.due, of.value), month), False)


def straight(targets: Sequence[Target]) -> bool:
    """Whether a straight path leads to one of these targets."""
    return any(target.path == "straight" and target.due for target in targets)


def _recurring(of: Target, month: date, counted: bool) -> Aim:
    """The aim of a target that comes every month, quarter, half or year."""
    length = MONTHS[of.every or "month"]
    passed = (month.month - 1) % length + 1
    due = passed == length
    path = _path(of)
    if of.path == "growing" and not due:
        path = of.value * passed / length
        if counted and float(of.value).is_integer():
            path = float(math.floor(path + 1e-9))
    return Aim(of, path, due)


def _path(of: Target) -> float | None:
    """The path where it stands at the target: at every month, or where the target is due."""
    return None if of.path == "milestone" else of.value


def _between(origin: tuple[date, float], goal: tuple[date, float], month: date) -> float:
    """The value at a month on the straight line between two months' values."""
    share = months_apart(origin[0], month) / months_apart(origin[0], goal[0])
    return origin[1] + (goal[1] - origin[1]) * share
