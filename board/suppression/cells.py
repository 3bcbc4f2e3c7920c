"""The cells to decide on: the numbers shown of one population, as sums over its groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from board.suppression.attack import NOISE, Flags, Numbers, Visible

LEAST = {"persons": 10, "households": 3}


@dataclass(frozen=True, eq=False)
class Cell:
    """Numbers that are shown together or not at all, such as a reading or a row of a table.

    Each number is a vector with the weight of every group. `shown` are the numbers it shows.
    `secret` are the numbers that must not be small: the shown ones and those that follow from
    them, such as the rest of a rate's denominator. `cost` is the loss of information when it is
    hidden. A cell `for_good` is hidden in every period if it must be hidden in one.
    """

    key: Any
    shown: tuple[Numbers, ...]
    secret: tuple[Numbers, ...]
    cost: float = 1.0
    for_good: bool = True


@dataclass(frozen=True, eq=False)
class Table:
    """The cells of a population and its `counts`, with a row a period and a column a group.

    A number above 0 and below `least` (the threshold) is small. `known_sums` are numbers that a
    reader knows whatever is hidden. A small number itself is always protected. That it is small
    is concealed too, unless that would cost more than `cost_limit`.
    """

    counts: Numbers
    cells: tuple[Cell, ...]
    least: float
    known_sums: tuple[Numbers, ...] = ()
    cost_limit: float = float("inf")

    @property
    def periods(self) -> int:
        """The number of periods."""
        return int(self.counts.shape[0])

    def small(self, numbers: Numbers) -> Flags:
        """In which periods the number with these weights is small."""
        sums = self.counts @ numbers
        return np.asarray((sums > NOISE) & (sums < self.least - NOISE))

    def visible(self, hidden: Flags, periods: Any) -> tuple[list[int], Visible]:
        """The numbers visible in any of some periods, and the cell of each (-1 for known sums)."""
        rows: list[Numbers] = list(self.known_sums)
        owners = [-1] * len(rows)
        hidden_in_all = np.asarray(hidden[:, periods].all(axis=1))
        for number, cell in enumerate(self.cells):
            if not hidden_in_all[number]:
                rows += cell.shown
                owners += [number] * len(cell.shown)
        costs = [np.inf if owner < 0 else self.cells[owner].cost for owner in owners]
        shape = (len(rows), self.counts.shape[1])
        return owners, Visible(np.array(rows).reshape(shape), np.array(costs))
