"""Every metric, declared once, and the state of each measure of a plan.

A metric consists of a declaration in a file of this folder, a query in queries/metrics, and its
English in locale/en/metrics.po. To which measures it belongs and what it is to reach, a plan says.
"""

from board.catalogue.declared import HEADLINE, METRICS
from board.catalogue.measures import (
    WORST_FIRST,
    MeasureState,
    Tasks,
    counts,
    filtered,
    indicators,
    measure_states,
    tasks_by_measure,
)

__all__ = [
    "HEADLINE", "METRICS", "WORST_FIRST", "MeasureState", "Tasks", "counts", "filtered", "indicators",
    "measure_states", "tasks_by_measure",
]  # fmt: skip
