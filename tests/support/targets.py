"""Targets for tests, as a plan would state them."""

from __future__ import annotations

from datetime import date

from board.plans import Target
from board.plans.plan import Every, Path, Sign


def target(
    value: float,
    due: str = "",
    *,
    every: Every | None = None,
    sign: Sign = "≥",
    path: Path = "flat",
    since: date | None = None,
    until: date | None = None,
) -> Target:
    """A target of some metric: due at the end of a month (2024-12), or `every` so often."""
    month = date(int(due[:4]), int(due[5:7]), 1) if due else None
    return Target(
        "1", "some", "", value, sign, "应当", "方案", path, month, every, since, until, "如此"
    )
