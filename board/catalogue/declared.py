"""Every metric, declared once, and those of the overview."""

from __future__ import annotations

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
