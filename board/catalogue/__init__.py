"""Every metric of the plan, declared once, and the plan's own measures.

A metric consists of a declaration in a file of this folder, a query in queries/metrics, and its
English in locale/en/metrics.po.
"""

from __future__ import annotations

import polars as pl

from board.catalogue import (
    assets,
    community,
    delivery,
    income,
    industry,
    ledgers,
    money,
    safeguards,
    services,
    work,
)
from board.metrics import Metric
from board.store import Queries

PARTS = (
    work, income, assets, delivery, ledgers, services, industry, safeguards, community,
    money,
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.key: metric for part in PARTS for metric in part.DECLARED}
HEADLINE: tuple[str, ...] = (
    "employment_destination",
    "income_growth_gap",
    "asset_occupancy",
    "zero_employment_households",
    "task_completion",
)


def measures(snapshot: Queries) -> pl.DataFrame:
    """The plan's overall goal, 29 measures and 3 work requirements, in the plan's order."""
    return snapshot.frame("measures")
