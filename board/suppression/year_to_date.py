"""Sums from January on, of which none may tell what few months brought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Whom
from board.suppression.hiding import hide

# A year's and a half's end are asked for more than a quarter's, and that more than a month.
COSTS = {12: 9.0, 6: 5.0, 9: 3.0, 3: 3.0}


def hidden_sums(months: Sequence[date], came: Sequence[float], whom: Whom) -> list[date]:
    """Of a year's months those whose sum is hidden; `came` is what each month brought.

    A month that brought few must not be what two visible sums differ by.
    """
    cells = []
    for n, month in enumerate(months):
        until = (np.arange(len(months)) <= n).astype(float)
        own = (np.arange(len(months)) == n).astype(float)
        cost = COSTS.get(month.month, 1.0)
        cells.append(Cell(month, (until,), (until, own), cost, for_good=False))
    counts = np.array([came], dtype=float)
    gone = hide(Table(counts, tuple(cells), LEAST[whom]))[:, 0]
    return [month for month, lost in zip(months, gone, strict=True) if lost]
