"""The households of a building in their rooms: floor and door out of what the register says."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import polars as pl

from board.metrics import Period
from board.metrics.terms import shift
from board.sections.section import View
from board.store import WithheldError

# 0502, 502, 1203, 0502室, 5层02室, 5-2: the floor, then the door on it.
TOGETHER = re.compile(r"(\d{1,2})(\d{2})(?:室|号|房)?")
APART = re.compile(r"(\d{1,2})(?:层|楼|#|-)(\d{1,2})(?:室|号|房)?")


def spot(room: str | None) -> tuple[int, str] | None:
    """Floor and door of a room: 0502 is (5, "02"); none where the text says neither, as 商铺3."""
    text = re.sub(r"[\s–—]", lambda found: "" if found[0].isspace() else "-",
                  unicodedata.normalize("NFKC", room or ""))  # fmt: skip
    found = APART.fullmatch(text) or TOGETHER.fullmatch(text)
    if found is None or int(found[1]) == 0:
        return None
    return int(found[1]), found[2].zfill(2)


def in_part(view: View) -> bool:
    """Whether the reader sees only some of the units of the view's building."""
    return not view.snapshot.contains(view.scope)


def quarter(view: View) -> Period:
    """The last quarter that has ended with the view's period."""
    last = view.period.last_month
    return Period(shift(last, -(last.month % 3) - 2), "quarter")


def month(view: View) -> date:
    """The month the rooms are shown for: the view's last."""
    return view.period.last_month


def households(view: View) -> pl.DataFrame:
    """The households of the view's building or unit; nobody's where the view has neither.

    Its incomes stand beside them: `now` and `before`, per head and year to date. WithheldError
    for a reader whose own places lie elsewhere: to them no house is empty.
    """
    building = view.scope.building or ""
    found = view.frame(
        "building_households", building=building, month=month(view), quarter=quarter(view).first
    )
    if view.scope.unit:
        found = found.filter(pl.col("unit") == view.scope.unit)
    if found.is_empty() and view.reader.permissions.places:
        raise WithheldError("building_households")
    until = quarter(view).first
    incomes = view.frame("household_incomes", since=until.replace(month=1), until=until)
    own = incomes.select("household_id", "now", "before")
    return found.join(own, on="household_id", how="left", maintain_order="left")
