"""The reference lists of data/reference as the program's own tables."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "reference"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/reference/<name>.csv, every value a text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def leads_of_measures() -> dict[str, tuple[str, ...]]:
    """Measure → its lead departments in the plan."""
    return {row["measure"]: tuple(row["leads"].split("、")) for row in table("measures")}


@cache
def site_plan() -> dict[str, Any]:
    """The settlement's building plan: data/reference/site.geojson, or no building without it."""
    path = FOLDER / "site.geojson"
    if not path.exists():
        return {"type": "FeatureCollection", "features": []}
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
