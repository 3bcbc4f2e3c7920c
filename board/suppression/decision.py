"""What is hidden of the figures of a family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from board.metrics import Metric
from board.suppression.families import split_as
from board.suppression.splits import HIDDEN, Split


@dataclass(frozen=True)
class Decision:
    """What is hidden of a family's figures.

    `splits` says how each metric is shown by building, by unit and by each of its axes; one that
    is missing is not shown. `totals` and `coverage` have metrics with a month, for the settlement.
    """

    splits: dict[tuple[str, str], Split]
    totals: frozenset[tuple[str, date]]
    coverage: frozenset[tuple[str, date]]
    metrics: frozenset[str]

    def split(self, metric: Metric, axis: str) -> Split:
        """How a metric is shown by an axis or a kind of place."""
        return self.splits.get((split_as(metric), axis), HIDDEN)
