"""Which cells to hide: the small ones, and as many more as keep them from being worked out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from board.disclosure._attack import NOISE, Flags, Numbers, Visible
from board.disclosure._table import Table

APART = 1.0  # how far what is hidden without being small must be able to lie from what it is


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
    safe: set[tuple[bytes, int]] = set()
    while _wider(table, hidden, safe):
        pass
    return hidden


def _cover(table: Table, hidden: Flags, number: int, periods: Flags) -> None:
    hidden[number] |= periods.any() if table.cells[number].for_good else periods


def _wider(table: Table, hidden: Flags, safe: set[tuple[bytes, int]]) -> bool:
    """Hide what the numbers that can be worked out ask for; were there any?

    What is safe stays so: what is hidden only ever grows.
    """
    wider = False
    for secret, period in list(_exposed(table, hidden, safe)):
        owners, visible = table.visible(hidden, [period])
        more = {owners[row] for row in _asked(table, visible, secret, period)}
        if not more:
            safe.add((secret.tobytes(), period))
        for number in more:
            _cover(table, hidden, number, np.arange(table.periods) == period)
            wider = True
    return wider


def _asked(table: Table, visible: Visible, secret: Numbers, period: int) -> list[int]:
    """The visible numbers that must go for a secret's sake; none where it can't be worked out."""
    counts = table.counts[period]
    true = float(counts @ secret)
    if true < table.least:
        return np.flatnonzero(visible.cheapest(counts, secret, table.least)).tolist()
    more = visible.cheapest(counts, secret, true + APART)
    if not more.any():
        return []
    less = visible.cheapest(counts, -secret, APART - true)
    costs = np.where(np.isfinite(visible.costs), visible.costs, 0.0)
    return np.flatnonzero(min(more, less, key=lambda moves: float(moves @ costs))).tolist()


def _exposed(
    table: Table, hidden: Flags, safe: set[tuple[bytes, int]]
) -> Iterator[tuple[Numbers, int]]:
    """The numbers hidden, and when, that aren't plainly safe.

    Small ones should reach `least`; the others only need not be told exactly. A group that
    has no one in it has nothing to hide.
    """
    for periods in _alike(hidden):
        counts, where = table.counts[periods], np.flatnonzero(periods)
        _, visible = table.visible(hidden, periods)
        secrets = {
            secret.tobytes(): secret
            for number, cell in enumerate(table.cells)
            if hidden[number, where[0]]
            for secret in cell.secret
        }
        for mark, secret in secrets.items():
            true, far = counts @ secret, visible.reach(counts, secret)
            near = -visible.reach(counts, -secret)
            small = true < table.least
            told = np.where(small, far < table.least, (far < true + APART) & (near > true - APART))
            for at in np.flatnonzero(told & (true > NOISE)):
                if (mark, int(where[at])) not in safe:
                    yield secret, int(where[at])


def _alike(hidden: Flags) -> list[Flags]:
    """The periods in which the same cells are hidden, together."""
    _, kinds = np.unique(hidden, axis=1, return_inverse=True)
    kinds = kinds.reshape(-1)
    return [kinds == kind for kind in range(kinds.max(initial=-1) + 1)]
