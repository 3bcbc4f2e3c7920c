"""Every metric of the plan, declared once, and the plan's own measures.

A metric is one declaration in a file of this folder, one statement under queries/metrics
and its English in locale/en/metrics.po.
"""

from __future__ import annotations

import polars as pl

from board.catalogue import (
    _assets,
    _community,
    _delivery,
    _income,
    _industry,
    _ledgers,
    _money,
    _safeguards,
    _services,
    _work,
)
from board.metrics import Metric
from board.store import Snapshot

PARTS = (
    _work, _income, _assets, _delivery, _ledgers, _services, _industry, _safeguards, _community,
    _money,
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.key: metric for part in PARTS for metric in part.DECLARED}
HEADLINE: tuple[str, ...] = (
    "employment_destination",
    "income_growth_gap",
    "asset_occupancy",
    "zero_employment_households",
    "task_completion",
)


def measures(snapshot: Snapshot) -> pl.DataFrame:
    """The plan's overall goal, 29 measures and 3 work requirements, in its order."""
    return snapshot.frame("measures")
