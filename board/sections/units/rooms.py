"""The households of a building, and the floor and door of each from its room number."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from board.metrics import Period
from board.metrics.terms import shift
from board.sections.section import View
from board.store import WithheldError

# The floor, then the door on it: 0502, 502, 1203, 0502室; and 5层02室, 5-2.
TOGETHER = re.compile(r"(\d{1,2})(\d{2})(?:室|号|房)?")
APART = re.compile(r"(\d{1,2})(?:层|楼|#|-)(\d{1,2})(?:室|号|房)?")


def spot(room: str | None) -> tuple[int, str] | None:
    """Floor and door of a room: 0502 gives (5, "02"); None when the text has neither, as 商铺3."""
    text = re.sub(r"[\s–—]", lambda match: "" if match[0].isspace() else "-",
                  unicodedata.normalize("NFKC", room or ""))  # fmt: skip
    match = APART.fullmatch(text) or TOGETHER.fullmatch(text)
    if match is None or int(match[1]) == 0:
        return None
    return int(match[1]), match[2].zfill(2)


def quarter(view: View) -> Period:
    """The last quarter that has ended by the end of the view's period."""
    last = view.period.last_month
    return Period(shift(last, -(last.month % 3) - 2), "quarter")


def households(view: View) -> pl.DataFrame:
    """One row a household of the view's building or unit; no rows when the view has neither.

    `now` and `before` are its incomes per head (yuan), year to date and a year earlier. Raises
    WithheldError when the result is empty for a reader of some places only: to such a reader an
    empty building looks the same as one that they may not see.
    """
    building = view.scope.building or ""
    homes = view.frame(
        "building_households",
        building=building,
        month=view.period.last_month,
        quarter=quarter(view).first,
    )
    if view.scope.unit:
        homes = homes.filter(pl.col("unit") == view.scope.unit)
    if homes.is_empty() and view.reader.permissions.places:
        raise WithheldError("building_households")
    until = quarter(view).first
    incomes = view.frame("household_incomes", since=until.replace(month=1), until=until)
    per_head = incomes.select("household_id", "now", "before")
    return homes.join(per_head, on="household_id", how="left", maintain_order="left")
