"""The reference lists in data/reference."""

from __future__ import annotations

import csv
from functools import cache

from board.reference.shipped import (
    LISTS_OF_PLANS,
    Lists,
    lists_of,
    shipped_keepers,
    shipped_lists,
    shipped_plan,
)
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
    "LISTS_OF_PLANS",
    "SITE",
    "Lists",
    "SiteError",
    "Stamp",
    "lists_of",
    "shipped_keepers",
    "shipped_lists",
    "shipped_plan",
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
