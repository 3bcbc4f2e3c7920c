"""The county's income growth, for the county and the basis that the plan names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from board.i18n import _
from board.metrics.terms import Period, shift
from board.plans import in_plan
from board.store import Queries


def county_growth(snapshot: Queries, quarter: date) -> float | None:
    """The county's growth in the year to date, as a fraction; None where it can't be computed.

    The ledger's own growth is used where it gives one, else the amounts of this year and last.
    """
    frame = snapshot.frame("benchmark").select("quarter", "ytd_amount", "ytd_growth")
    by_quarter = {row[0]: row[1:] for row in frame.iter_rows()}
    if quarter not in by_quarter:
        return None
    amount, growth = by_quarter[quarter]
    if growth is not None:
        return float(growth)
    last_year = by_quarter.get(shift(quarter, -12), (None, None))[0]
    return amount / last_year - 1 if last_year else None


@dataclass(frozen=True)
class Refusal:
    """Why there is no growth to compare with; `str` gives the reason in the reader's language.

    `others` are the counties and bases that the ledger has for the quarter. They are not the
    plan's, so they can't be used instead.
    """

    quarter: Period
    county: str
    basis: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        facts = {"county": self.county, "basis": self.basis, "quarter": self.quarter}
        if not self.others:
            return _("{quarter}没有{county}{basis}的增速，不能对标。", **facts)
        others = "、".join(self.others)
        return _(
            "{quarter}没有{county}{basis}的增速；台账里的{found}不能代用。", found=others, **facts
        )


def refusal(snapshot: Queries, quarter: date) -> Refusal:
    """The refusal for a quarter without the county's growth, with the other rows of the quarter."""
    plan = in_plan(snapshot)
    others = snapshot.frame("benchmarks_other").filter(pl.col("quarter") == quarter)
    return Refusal(
        Period(quarter, "quarter"),
        plan.county,
        plan.basis,
        tuple(f"{county}{basis}" for _quarter, county, basis in others.rows()),
    )
