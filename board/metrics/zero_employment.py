"""Zero-employment households over time: how many came and went, and how fast they are cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import median

import polars as pl

from board.metrics.metric import Metric
from board.metrics.parts import history, place, within
from board.metrics.terms import Period, Scope, months_apart, shift
from board.store import Queries, derived

CAME = ("new", "relapsed", "came_in")
WENT = ("cleared", "went_out")
FLOW = ("opening", *CAME, *WENT, "closing")


def moves(snapshot: Queries, scope: Scope) -> dict[date, dict[str, int]]:
    """By month the seven terms of the scope's flow; months without a household are left out.

    opening + new + relapsed + came_in − cleared − went_out = closing, every month. `came_in` are
    households from another place or from an unknown state, `went_out` those that left for another
    place or whose state became unknown.
    """
    return derived(snapshot, ("moves", place(scope)), lambda: _moves(snapshot, scope))


def _moves(snapshot: Queries, scope: Scope) -> dict[date, dict[str, int]]:
    before, now = _inside(scope, "before"), _inside(scope, "now")
    was, worked = (before & (pl.col("state_before") == state) for state in ("zero", "employed"))
    is_zero, works = (now & (pl.col("state_now") == state) for state in ("zero", "employed"))
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
    """Whether a household was in the scope and counted, before or now (`when`)."""
    inside = pl.col(f"state_{when}").is_not_null()
    if scope.building:
        inside = inside & (pl.col(f"building_{when}") == scope.building)
    if scope.unit:
        inside = inside & (pl.col(f"unit_{when}") == scope.unit)
    return inside.fill_null(False)


def flow(snapshot: Queries, period: Period, scope: Scope) -> dict[str, int]:
    """The flow of a period: its first month's opening, its last one's closing, the rest summed."""
    flows = moves(snapshot, scope)
    none = dict.fromkeys(FLOW, 0)
    months = [flows.get(month, none) for month in period.months]
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
    """The spells of zero employment of households last in the scope: since, cleared_on, gone_on."""
    return within(snapshot.frame("zero_spells"), replace(scope, department=""))


def clearing(snapshot: Queries, period: Period, scope: Scope) -> dict[str, float | None]:
    """How fast spells begun by the period's end are cleared.

    `median_months` is the median length of the spells cleared by then. `within_1` to `within_3`
    are the shares cleared within that many months, from `waiting`; None where no spell was
    observed so long.
    """
    last = period.last_month
    lengths_cleared = [months for months, done in lengths(snapshot, last, scope) if done]
    waiting_shares = {months: share for months, share, _ in waiting(snapshot, last, scope)}
    median_months = median(lengths_cleared) if lengths_cleared else None
    cleared_within: dict[str, float | None] = {
        f"within_{months}": 1 - waiting_shares[months] if months in waiting_shares else None
        for months in (1, 2, 3)
    }
    return {"median_months": median_months, **cleared_within}


def waiting(
    snapshot: Queries, until: date, scope: Scope, longest: int = 24
) -> list[tuple[int, float, int]]:
    """By number of months: the share of spells not cleared by then, and the spells still at risk.

    The Kaplan–Meier estimate: a spell still open at `until`, or whose household left or became
    unknown, counts for the months in which it was observed.
    """
    spell_lengths = lengths(snapshot, until, scope)
    rows, share = [], 1.0
    for months in range(1, min(max((n for n, _ in spell_lengths), default=0), longest) + 1):
        at_risk = sum(n >= months for n, _ in spell_lengths)
        cleared = sum(n == months and done for n, done in spell_lengths)
        share *= 1 - cleared / at_risk
        rows.append((months, share, at_risk))
    return rows


def lengths(snapshot: Queries, until: date, scope: Scope) -> list[tuple[int, bool]]:
    """For each spell begun by `until`: the months observed, and whether it was cleared."""
    begun = spells(snapshot, scope).filter(pl.col("since") <= until)
    rows = begun.select("since", "cleared_on", "gone_on").rows()
    return [_length(since, cleared, gone, until) for since, cleared, gone in rows]


def _length(
    since: date, cleared_on: date | None, gone_on: date | None, until: date
) -> tuple[int, bool]:
    if cleared_on and cleared_on <= until:
        return months_apart(since, cleared_on), True
    observed_until = min(gone_on or shift(until, 1), shift(until, 1))
    return months_apart(since, observed_until) - 1, False


def months_open(snapshot: Queries, month: date, scope: Scope) -> list[int]:
    """How many months each household at zero in a month has been at zero, longest first."""
    now = snapshot.frame("zero_moves").filter(
        pl.col("month") == month, _inside(scope, "now"), pl.col("state_now") == "zero"
    )
    return sorted((int(months) for months in now["months_open"]), reverse=True)
