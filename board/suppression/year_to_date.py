"""Hide sums from January on whose differences would reveal a small increase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from board.suppression.cells import LEAST
from board.suppression.families import Whom

# What a month is worth to a reader: year ends most, then half-year and quarter ends.
WORTH = {12: 9.0, 6: 5.0, 9: 3.0, 3: 3.0}


def hidden_sums(months: Sequence[date], whom: Whom, *increases: Sequence[float]) -> list[date]:
    """The months of a year whose sum from January is hidden, so that the most useful stay.

    `increases` has a number for each month, of the sum itself and of whatever follows from it.
    From one visible month to the next, and from January to the first, each of them grows by
    nothing or by at least the threshold; so the months between tell nothing of few either.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for last in range(len(months)):
        worth = WORTH.get(months[last].month, 1.0)
        ends = [
            (total + worth, (*shown, last))
            for total, shown in best
            if all(_many(one[shown[-1] + 1 if shown else 0 : last + 1], whom) for one in increases)
        ]
        if ends:
            best.append(max(ends))
    _, shown = max(best)
    return [month for at, month in enumerate(months) if at not in shown]


def _many(increases: Sequence[float], whom: Whom) -> bool:
    """Whether some months together bring nothing, or at least the threshold."""
    total = abs(sum(increases))
    return total == 0 or total >= LEAST[whom]
