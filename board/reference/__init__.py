"""The reference lists in data/reference."""

from __future__ import annotations

import csv
from functools import cache

from board.reference.site import (
    FOLDER,
    SITE,
    SiteError,
    Stamp,
    site_file,
    site_of,
    site_plan,
    site_problem,
    site_stamp,
)

__all__ = [
    "SITE",
    "SiteError",
    "Stamp",
    "leads_of_measures",
    "site_file",
    "site_of",
    "site_plan",
    "site_problem",
    "site_stamp",
    "table",
]  # fmt: skip


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/reference/<name>.csv; every value is text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def leads_of_measures() -> dict[str, tuple[str, ...]]:
    """Measure → its lead departments in the plan."""
    return {row["measure"]: tuple(row["leads"].split("、")) for row in table("measures")}
