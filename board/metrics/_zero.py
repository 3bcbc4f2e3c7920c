"""Zero-employment households as a flow: who came, who was cleared, who went, and how fast."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board.metrics._parts import history, kept, place
from board.metrics._terms import Metric, Period, Scope, shift
from board.store import Snapshot

CAME = ("new", "relapsed", "came_in")
WENT = ("cleared", "went_out")
FLOW = ("opening", *CAME, *WENT, "closing")


def moves(snapshot: Snapshot, scope: Scope) -> dict[date, dict[str, int]]:
    """Month → the seven terms of the scope's flow; months without a household are left out.

    opening + new + relapsed + came_in − cleared − went_out = closing, every month. A
    household that comes from another place or from an unknown state comes in, whatever
    it was there; one that leaves for another place or an unknown state goes out.
    """
    return kept(snapshot, ("moves", place(scope)), lambda: _moves(snapshot, scope))


def _moves(snapshot: Snapshot, scope: Scope) -> dict[date, dict[str, int]]:
    before, now = _inside(scope, "before"), _inside(scope, "now")
    was, is_zero = (
        before & (pl.col("state_before") == "zero"),
        now & (pl.col("state_now") == "zero"),
    )
    worked, works = (
        before & (pl.col("state_before") == "employed"),
        now & (pl.col("state_now") == "employed"),
    )
    terms = {
        "opening": was,
        "new": is_zero & worked & ~pl.col("relapsed"),
        "relapsed": is_zero & worked & pl.col("relapsed"),
        "came_in": is_zero & ~worked & ~was,
        "cleared": was & works,
        "went_out": was & ~works & ~is_zero,
        "closing": is_zero,
    }
    frame = snapshot.frame("zero_moves")
    counted = frame.group_by("month").agg(
        expression.fill_null(False).sum().cast(pl.Int64).alias(name)
        for name, expression in terms.items()
    )
    return {row.pop("month"): row for row in counted.iter_rows(named=True)}


def _inside(scope: Scope, when: str) -> pl.Expr:
    """Was the household in the scope, and in a known population, then?"""
    found = pl.col(f"state_{when}").is_not_null()
    if scope.building:
        found = found & (pl.col(f"building_{when}") == scope.building)
    if scope.unit:
        found = found & (pl.col(f"unit_{when}") == scope.unit)
    return found.fill_null(False)


def flow(snapshot: Snapshot, period: Period, scope: Scope) -> dict[str, int]:
    """The flow over a period: opening of its first month, closing of its last, the rest summed."""
    found = moves(snapshot, scope)
    none = dict.fromkeys(FLOW, 0)
    months = [found.get(month, none) for month in period.months]
    total = {name: sum(month[name] for month in months) for name in (*CAME, *WENT)}
    return {"opening": months[0]["opening"], **total, "closing": months[-1]["closing"]}


def states(snapshot: Snapshot, metric: Metric, month: date, scope: Scope) -> dict[str, int]:
    """How many households are in each of the three states in a month."""
    parts = history(snapshot, metric).total([month], scope)
    return {
        "employed": int(parts.denominator - parts.numerator),
        "zero": int(parts.numerator),
        "unknown": parts.unreported,
    }


def spells(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Every spell of zero employment of households last seen in the scope: since, cleared_on, gone_on."""
    frame = snapshot.frame("zero_spells")
    if scope.building:
        frame = frame.filter(pl.col("building") == scope.building)
    if scope.unit:
        frame = frame.filter(pl.col("unit") == scope.unit)
    return frame


def clearing(snapshot: Snapshot, period: Period, scope: Scope) -> dict[str, float | None]:
    """How fast spells are cleared, of those begun by the period's end.

    `median_months` is over the spells cleared by then; the shares are over the spells
    that began at least as many months before the period's end.
    """
    last = period.last_month
    begun = spells(snapshot, scope).filter(pl.col("since") <= last)
    took = (
        (pl.col("cleared_on").dt.year() - pl.col("since").dt.year()) * 12
        + pl.col("cleared_on").dt.month().cast(pl.Int32)
        - pl.col("since").dt.month().cast(pl.Int32)
    )
    begun = begun.with_columns(took=pl.when(pl.col("cleared_on") <= last).then(took))
    found: dict[str, Any] = {"median_months": begun["took"].median()}
    for months in (1, 2, 3):
        old = begun.filter(pl.col("since") <= shift(last, -months))
        quick = old.filter(pl.col("took") <= months).height
        found[f"within_{months}"] = quick / old.height if old.height else None
    return found


def months_open(snapshot: Snapshot, month: date, scope: Scope) -> list[int]:
    """How many months each household that is at zero in a month has been so, longest first."""
    now = snapshot.frame("zero_moves").filter(
        pl.col("month") == month, _inside(scope, "now"), pl.col("state_now") == "zero"
    )
    return sorted((int(months) for months in now["months_open"]), reverse=True)
