"""Choose the cells to hide: small ones, and further ones so that the small can't be computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from board.suppression.attack import NOISE, Flags, Numbers, Visible
from board.suppression.cells import Table

# A hidden number that is not small must be able to differ from its true value by this much.
APART = 1.0


@dataclass(frozen=True, eq=False)
class Exposed:
    """Numbers of a hidden cell that a reader may be able to compute in some periods.

    A `small` number must be able to reach the threshold, as far as a reader can tell.
    """

    numbers: tuple[Numbers, ...]
    periods: tuple[int, ...]
    small: bool

    @property
    def mark(self) -> tuple[Any, ...]:
        """A key that is equal for equal numbers."""
        return self.small, *(number.tobytes() for number in self.numbers)

    def halves(self) -> Iterator[Exposed]:
        """The same numbers in the first half of the periods, and in the second."""
        middle = len(self.periods) // 2
        yield replace(self, periods=self.periods[:middle])
        yield replace(self, periods=self.periods[middle:])


def hide(table: Table) -> Flags:
    """Which cells (rows) are hidden in which periods (columns).

    Cells with a small number are hidden first. Then each hidden small number is tested: can it,
    as far as a reader can tell, be as great as the threshold, so that even its being small is
    concealed? Where it can't, the cheapest further cells are hidden, until all numbers pass.
    """
    hidden = np.zeros((len(table.cells), table.periods), dtype=bool)
    for number, cell in enumerate(table.cells):
        for secret in cell.secret:
            _hide_cell(table, hidden, number, table.small(secret))
    safe: set[tuple[Any, ...]] = set()
    while _hide_further(table, hidden, safe):
        pass
    return hidden


def _hide_cell(table: Table, hidden: Flags, number: int, periods: Flags) -> None:
    """Hide a cell in some periods, or in all of them where it is hidden for good."""
    hidden[number] |= periods.any() if table.cells[number].for_good else periods


def _hide_further(table: Table, hidden: Flags, safe: set[tuple[Any, ...]]) -> bool:
    """Hide the further cells that exposed numbers need; returns whether there were any.

    `safe` collects what has passed the test. It stays safe, because no cell is shown again.
    """
    hidden_more = False
    for exposed in list(_exposed(table, hidden)):
        untested = [at for at in exposed.periods if (at, exposed.mark) not in safe]
        waiting = [replace(exposed, periods=tuple(untested))] if untested else []
        while waiting:
            part = waiting.pop()
            owners, visible = table.visible(hidden, list(part.periods))
            cells = {owners[row] for row in _numbers_to_hide(table, visible, part)}
            if not cells:
                safe.update((at, part.mark) for at in part.periods)
            elif len(part.periods) > 1:
                waiting += part.halves()
            for number in cells if len(part.periods) == 1 else ():
                _hide_cell(table, hidden, number, np.arange(table.periods) == part.periods[0])
                hidden_more = True
    return hidden_more


def _numbers_to_hide(table: Table, visible: Visible, exposed: Exposed) -> list[int]:
    """The visible numbers to hide so that an exposed one is safe; none where it already is.

    All periods are tested together with the smallest count of each group among them. That is
    stricter than a test of each period, so that what passes is safe in each.
    """
    counts = table.counts[list(exposed.periods)]
    fewest = counts.min(axis=0)
    costs = np.where(np.isfinite(visible.costs), visible.costs, 0.0)
    if exposed.small:
        secret = exposed.numbers[0]
        gain = table.least - float((counts @ secret).min())
        changes = visible.cheapest_changes(fewest, secret, gain)
        if float(costs @ (changes > 0)) <= table.cost_limit:
            return np.flatnonzero(changes).tolist()
    alternatives = []
    for number in exposed.numbers:
        for sign in (1.0, -1.0):
            changes = visible.cheapest_changes(fewest, sign * number, APART)
            if not changes.any():
                return []
            alternatives.append(changes)
    cheapest = min(alternatives, key=lambda changes: float(changes @ costs))
    return np.flatnonzero(cheapest).tolist()


def _exposed(table: Table, hidden: Flags) -> Iterator[Exposed]:
    """The hidden numbers, with their periods, that a quick test can't show to be safe.

    A small number is safe where it may reach the threshold. Of a cell that is hidden only to
    protect other cells or periods, it is enough that one number can't be computed. Empty cells
    need no protection.
    """
    for periods in _periods_by_hidden(hidden):
        counts, where = table.counts[periods], np.flatnonzero(periods)
        _, visible = table.visible(hidden, periods)
        for number, cell in enumerate(table.cells):
            if not hidden[number, where[0]]:
                continue
            has_small = np.zeros(len(where), dtype=bool)
            for secret in cell.secret:
                small = table.small(secret)[periods]
                has_small |= small
                low = small & (visible.possible_maximum(counts, secret) < table.least - NOISE)
                if low.any():
                    yield Exposed((secret,), tuple(where[low].tolist()), small=True)
            computable = ~has_small & (counts @ np.max(cell.shown, axis=0) > NOISE)
            for shown in cell.shown:
                true = counts @ shown
                computable &= visible.possible_maximum(counts, shown) < true + APART
                computable &= -visible.possible_maximum(counts, -shown) > true - APART
            if computable.any():
                yield Exposed(cell.shown, tuple(where[computable].tolist()), small=False)


def _periods_by_hidden(hidden: Flags) -> list[Flags]:
    """For each set of hidden cells that occurs, the periods in which just these are hidden."""
    _, kinds = np.unique(hidden, axis=1, return_inverse=True)
    kinds = kinds.reshape(-1)
    return [kinds == kind for kind in range(kinds.max(initial=-1) + 1)]
