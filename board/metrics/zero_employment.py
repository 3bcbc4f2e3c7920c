"""Zero-employment households as a flow: who came, who was cleared, who went, and how fast."""

from __future__ import annotations

from datetime import date
from statistics import median

import polars as pl

from board.metrics.metric import Metric
from board.metrics.parts import history, place
from board.metrics.terms import Period, Scope, shift
from board.store import Queries, derived

CAME = ("new", "relapsed", "came_in")
WENT = ("cleared", "went_out")
FLOW = ("opening", *CAME, *WENT, "closing")


def moves(snapshot: Queries, scope: Scope) -> dict[date, dict[str, int]]:
    """Month → the seven terms of the scope's flow; months without a household are left out.

    opening + new + relapsed + came_in − cleared − went_out = closing, every month. A
    household that comes from another place or from an unknown state comes in, whatever
    it was there; one that leaves for another place or an unknown state goes out.
    """
    return derived(snapshot, ("moves", place(scope)), lambda: _moves(snapshot, scope))


def _moves(snapshot: Queries, scope: Scope) -> dict[date, dict[str, int]]:
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


def flow(snapshot: Queries, period: Period, scope: Scope) -> dict[str, int]:
    """The flow over a period: opening of its first month, closing of its last, the rest summed."""
    found = moves(snapshot, scope)
    none = dict.fromkeys(FLOW, 0)
    months = [found.get(month, none) for month in period.months]
    total = {name: sum(month[name] for month in months) for name in (*CAME, *WENT)}
    return {"opening": months[0]["opening"], **total, "closing": months[-1]["closing"]}


def states(snapshot: Queries, metric: Metric, month: date, scope: Scope) -> dict[str, int]:
    """How many households are in each of the three states in a month."""
    parts = history(snapshot, metric).total([month], scope)
    return {
        "employed": int(parts.denominator - parts.numerator),
        "zero": int(parts.numerator),
        "unknown": parts.unreported,
    }


def spells(snapshot: Queries, scope: Scope) -> pl.DataFrame:
    """Every spell of zero employment of households last seen in the scope: since, cleared_on, gone_on."""
    frame = snapshot.frame("zero_spells")
    if scope.building:
        frame = frame.filter(pl.col("building") == scope.building)
    if scope.unit:
        frame = frame.filter(pl.col("unit") == scope.unit)
    return frame


def clearing(snapshot: Queries, period: Period, scope: Scope) -> dict[str, float | None]:
    """How fast spells are cleared, of those begun by the period's end.

    `median_months` is over the spells cleared by then; the shares cleared within one, two
    and three months are those of `waiting`, null where no spell was seen so long.
    """
    last = period.last_month
    took = [months for months, done in lengths(snapshot, last, scope) if done]
    still = {months: share for months, share, _ in waiting(snapshot, last, scope)}
    found: dict[str, float | None] = {"median_months": median(took) if took else None}
    for months in (1, 2, 3):
        found[f"within_{months}"] = 1 - still[months] if months in still else None
    return found


def waiting(
    snapshot: Queries, until: date, scope: Scope, longest: int = 24
) -> list[tuple[int, float, int]]:
    """Months, the share of spells not yet cleared after them, spells that lasted so long (Kaplan–Meier).

    A spell still open at `until`, or one whose household left or became unknown, counts
    as long as it was seen.
    """
    seen = lengths(snapshot, until, scope)
    rows, share = [], 1.0
    for months in range(1, min(max((n for n, _ in seen), default=0), longest) + 1):
        at_risk = sum(n >= months for n, _ in seen)
        cleared = sum(n == months and done for n, done in seen)
        share *= 1 - cleared / at_risk
        rows.append((months, share, at_risk))
    return rows


def lengths(snapshot: Queries, until: date, scope: Scope) -> list[tuple[int, bool]]:
    """How many months each spell begun by `until` was seen, and whether it ended by being cleared."""
    found = spells(snapshot, scope).filter(pl.col("since") <= until)
    rows = found.select("since", "cleared_on", "gone_on").rows()
    return [_length(since, cleared, gone, until) for since, cleared, gone in rows]


def _length(
    since: date, cleared_on: date | None, gone_on: date | None, until: date
) -> tuple[int, bool]:
    if cleared_on and cleared_on <= until:
        return _months(since, cleared_on), True
    seen = min(gone_on or shift(until, 1), shift(until, 1))
    return _months(since, seen) - 1, False


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def months_open(snapshot: Queries, month: date, scope: Scope) -> list[int]:
    """How many months each household that is at zero in a month has been so, longest first."""
    now = snapshot.frame("zero_moves").filter(
        pl.col("month") == month, _inside(scope, "now"), pl.col("state_now") == "zero"
    )
    return sorted((int(months) for months in now["months_open"]), reverse=True)
