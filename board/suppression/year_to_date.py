"""Hide sums from January on whose differences would reveal a small increase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Whom
from board.suppression.hiding import hide

# The cost of hiding a month: readers use year ends most, then half-year and quarter ends.
COSTS = {12: 9.0, 6: 5.0, 9: 3.0, 3: 3.0}


def hidden_sums(months: Sequence[date], increases: Sequence[float], whom: Whom) -> list[date]:
    """The months of a year whose sum from January is hidden; `increases` has one for each month.

    No small increase may follow from the difference of two visible sums.
    """
    cells = []
    for n, month in enumerate(months):
        until = (np.arange(len(months)) <= n).astype(float)
        increase = (np.arange(len(months)) == n).astype(float)
        cost = COSTS.get(month.month, 1.0)
        cells.append(Cell(month, (until,), (until, increase), cost, for_good=False))
    counts = np.array([increases], dtype=float)
    hidden = hide(Table(counts, tuple(cells), LEAST[whom]))[:, 0]
    return [month for month, is_hidden in zip(months, hidden, strict=True) if is_hidden]
