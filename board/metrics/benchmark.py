"""The county's growth, on the basis the plan names and on no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from board.i18n import _
from board.metrics.scopes import settings
from board.metrics.terms import Period, shift
from board.store import Queries


def county_growth(snapshot: Queries, quarter: date) -> float | None:
    """The county's growth, year to date: its own when given, else from last year's amount."""
    frame = snapshot.frame("benchmark").select("quarter", "ytd_amount", "ytd_growth")
    known = {row[0]: row[1:] for row in frame.iter_rows()}
    if quarter not in known:
        return None
    amount, growth = known[quarter]
    if growth is not None:
        return float(growth)
    last = known.get(shift(quarter, -12), (None, None))[0]
    return amount / last - 1 if last else None


@dataclass(frozen=True)
class Refusal:
    """Why there is no growth to compare with; its text, in the reader's language, says it.

    `others` are the counties and bases that are there for the quarter and can't stand in.
    """

    quarter: Period
    county: str
    basis: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        facts = {"county": self.county, "basis": self.basis, "quarter": self.quarter}
        if not self.others:
            return _("{quarter}没有{county}{basis}的增速，不能对标。", **facts)
        found = "、".join(self.others)
        return _(
            "{quarter}没有{county}{basis}的增速；台账里的{found}不能代用。", found=found, **facts
        )


def refusal(snapshot: Queries, quarter: date) -> Refusal:
    """What is missing of the county's growth in a quarter, and what is there but not used."""
    wanted = settings(snapshot)
    others = snapshot.frame("benchmarks_other").filter(pl.col("quarter") == quarter)
    return Refusal(
        Period(quarter, "quarter"),
        wanted["county"],
        wanted["basis"],
        tuple(f"{county}{basis}" for _quarter, county, basis in others.rows()),
    )
