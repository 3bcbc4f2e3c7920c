"""Everything that would be shown of one population: cells over the finest groups there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from board.suppression.attack import NOISE, Flags, Homes, Numbers, Visible

LEAST = {"persons": 10, "households": 3}


@dataclass(frozen=True, eq=False)
class Cell:
    """What is shown together or not at all: a reading, a row of a table.

    `shown` are the numbers it shows and `secret` those that must not be small, each as the
    weight of every group in it; `secret` are the shown ones and what can be told from them,
    such as the rest of a rate's denominator. `cost` is what is lost when it is hidden, and a
    cell `for_good` is hidden in every period once it must be hidden in one.
    """

    key: Any
    shown: tuple[Numbers, ...]
    secret: tuple[Numbers, ...]
    cost: float = 1.0
    for_good: bool = True


@dataclass(frozen=True, eq=False)
class Table:
    """Cells over groups: `counts` has a row a period and a column a group.

    No group is less than nobody. `known` are sums that a reader knows whatever is hidden.
    A number above nothing and below `least` is small. That it is small may be told where
    keeping it would cost more than `worth`; what it is may never be.
    """

    counts: Numbers
    cells: tuple[Cell, ...]
    least: float
    known: tuple[Numbers, ...] = ()
    worth: float = float("inf")
    homes: Homes | None = None

    @property
    def periods(self) -> int:
        """How many periods it has."""
        return int(self.counts.shape[0])

    def small(self, numbers: Numbers) -> Flags:
        """In which periods the sum of these weights is small."""
        sums = self.counts @ numbers
        return np.asarray((sums > NOISE) & (sums < self.least - NOISE))

    def visible(self, hidden: Flags, periods: Any) -> tuple[list[int], Visible]:
        """What is shown in any of some periods, and whose cell each number is (-1: known)."""
        rows: list[Numbers] = list(self.known)
        owners = [-1] * len(rows)
        for number, cell in enumerate(self.cells):
            if not hidden[number, periods].all():
                rows += cell.shown
                owners += [number] * len(cell.shown)
        costs = [np.inf if owner < 0 else self.cells[owner].cost for owner in owners]
        shape = (len(rows), self.counts.shape[1])
        return owners, Visible(np.array(rows).reshape(shape), np.array(costs), self.homes)
