"""Which cells to hide: the small ones, and as many more as keep them from being worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from board.suppression.attack import NOISE, Flags, Numbers, Visible
from board.suppression.cells import Table

APART = 1.0  # how far what is hidden without being small must be able to lie from what it is


@dataclass(frozen=True, eq=False)
class Exposed:
    """Numbers of a hidden cell that may be worked out in some periods; `small` ones must be able to be many."""

    numbers: tuple[Numbers, ...]
    periods: tuple[int, ...]
    small: bool

    @property
    def mark(self) -> tuple[Any, ...]:
        """The same for the same numbers."""
        return self.small, *(number.tobytes() for number in self.numbers)

    def halves(self) -> Iterator[Exposed]:
        """The same in the first periods, and in the rest."""
        middle = len(self.periods) // 2
        yield replace(self, periods=self.periods[:middle])
        yield replace(self, periods=self.periods[middle:])


def hide(table: Table) -> Flags:
    """Which cell (row) is hidden in which period (column).

    First the cells with a small number. Then, until nothing is left to do: can each number
    hidden be as great as `least` for all a reader knows, so that not even its smallness can
    be told? Where it can't, the cheapest further cells are hidden with it.
    """
    hidden = np.zeros((len(table.cells), table.periods), dtype=bool)
    for number, cell in enumerate(table.cells):
        for secret in cell.secret:
            _cover(table, hidden, number, table.small(secret))
    safe: set[tuple[Any, ...]] = set()
    while _wider(table, hidden, safe):
        pass
    return hidden


def _cover(table: Table, hidden: Flags, number: int, periods: Flags) -> None:
    hidden[number] |= periods.any() if table.cells[number].for_good else periods


def _wider(table: Table, hidden: Flags, safe: set[tuple[Any, ...]]) -> bool:
    """Hide what the numbers that can be worked out ask for; were there any?

    What is safe stays so: what is hidden only ever grows.
    """
    wider = False
    for exposed in list(_exposed(table, hidden)):
        left = [at for at in exposed.periods if (at, exposed.mark) not in safe]
        waiting = [replace(exposed, periods=tuple(left))] if left else []
        while waiting:
            one = waiting.pop()
            owners, visible = table.visible(hidden, list(one.periods))
            more = {owners[row] for row in _asked(table, visible, one)}
            if not more:
                safe.update((at, one.mark) for at in one.periods)
            elif len(one.periods) > 1:
                waiting += one.halves()
            for number in more if len(one.periods) == 1 else ():
                _cover(table, hidden, number, np.arange(table.periods) == one.periods[0])
                wider = True
    return wider


def _asked(table: Table, visible: Visible, exposed: Exposed) -> list[int]:
    """The visible numbers that must go for a hidden one's sake; none where it isn't exposed.

    What nobody can lose in any of the periods can't be lost in all of them: one program
    for all is stricter than one for each.
    """
    counts = table.counts[list(exposed.periods)]
    fewest = counts.min(axis=0)
    costs = np.where(np.isfinite(visible.costs), visible.costs, 0.0)
    if exposed.small:
        secret = exposed.numbers[0]
        moves = visible.cheapest(fewest, secret, table.least - float((counts @ secret).min()))
        if float(costs @ (moves > 0)) <= table.worth:
            return np.flatnonzero(moves).tolist()
    ways = []
    for number in exposed.numbers:
        for sign in (1.0, -1.0):
            moves = visible.cheapest(fewest, sign * number, APART)
            if not moves.any():
                return []
            ways.append(moves)
    return np.flatnonzero(min(ways, key=lambda moves: float(moves @ costs))).tolist()


def _exposed(table: Table, hidden: Flags) -> Iterator[Exposed]:
    """What is hidden, and when, that isn't plainly safe.

    Small numbers should be able to be `least`. Where a cell is hidden for other periods' or
    other cells' sake, one of the numbers it would show need only not be told. What nobody is
    in has nothing to hide.
    """
    for periods in _alike(hidden):
        counts, where = table.counts[periods], np.flatnonzero(periods)
        _, visible = table.visible(hidden, periods)
        for number, cell in enumerate(table.cells):
            if not hidden[number, where[0]]:
                continue
            held = np.zeros(len(where), dtype=bool)
            for secret in cell.secret:
                small = table.small(secret)[periods]
                held |= small
                low = small & (visible.reach(counts, secret) < table.least - NOISE)
                if low.any():
                    most = counts @ secret + visible.swapped(counts, secret)
                    low &= most < table.least - NOISE
                if low.any():
                    yield Exposed((secret,), tuple(where[low].tolist()), small=True)
            told = ~held & (counts @ np.max(cell.shown, axis=0) > NOISE)
            for one in cell.shown:
                true = counts @ one
                told &= visible.reach(counts, one) < true + APART
                told &= -visible.reach(counts, -one) > true - APART
            if told.any():
                yield Exposed(cell.shown, tuple(where[told].tolist()), small=False)


def _alike(hidden: Flags) -> list[Flags]:
    """The periods in which the same cells are hidden, together."""
    _, kinds = np.unique(hidden, axis=1, return_inverse=True)
    kinds = kinds.reshape(-1)
    return [kinds == kind for kind in range(kinds.max(initial=-1) + 1)]
