"""Extra numbers beside a figure: flows, states, pace, rent, jobs and days late."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import polars as pl

from board.metrics import zero_employment
from board.metrics.companions import companions_of
from board.metrics.metric import Metric
from board.metrics.parts import Parts, history, within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope, months_apart, shift
from board.store import Queries

PACE_MONTHS = 6


def extras(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> dict[str, Any]:
    """The fields that only this metric has; empty for metrics without any."""
    if metric.key == "zero_employment_households":
        return _households(snapshot, metric, period, scope)
    if metric.key in ("asset_occupancy", "asset_occupancy_count"):
        gains = _gains(snapshot, period.last_month, scope)
        return {**gains, "pace": pace(snapshot, metric, period.last_month, scope)}
    if metric.key == "overdue_tasks":
        return _days_late(snapshot, metric, period, scope)
    return companions_of(snapshot, metric, period, scope)


def _households(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> dict[str, Any]:
    month = months_read(snapshot, metric, period)[0]
    return {
        "flow": zero_employment.flow(snapshot, period, scope),
        "states": zero_employment.states(snapshot, metric, month, scope),
        "months_open": zero_employment.months_open(snapshot, month, scope),
        "clearing": zero_employment.clearing(snapshot, period, scope),
    }


def _gains(snapshot: Queries, month: date, scope: Scope) -> dict[str, Any]:
    """Rent in yuan and jobs in the assets of a scope in a month; None where none is reported."""
    rows = snapshot.frame("asset_gains").filter(pl.col("month") == month)
    if scope.building:
        rows = rows.filter(pl.col("building") == scope.building)
    return {
        name: rows[name].sum() if rows[name].count() else None
        for name in ("rent", "jobs", "relocated_jobs")
    }


def pace(snapshot: Queries, metric: Metric, month: date, scope: Scope) -> dict[str, Any]:
    """How fast the metric approaches its next target, in its amounts (square metres or places).

    `net` is the change of the last six months and `a_month` a sixth of it; `target` and `by` are
    the next target and its month, `short` is what is missing to it, and `needed` the change per
    month that reaches it in time. `reached` is the month in which the present pace reaches it.
    Each is None where it can't be computed.
    """
    parts = history(snapshot, metric)
    now, then = (parts.total([shift(month, -n)], scope) for n in (0, PACE_MONTHS))
    net = now.numerator - then.numerator if now.reported and then.reported else None
    a_month = net / PACE_MONTHS if net is not None else None
    ahead = [(Period.parse(t).last_month, goal) for t, goal in metric.goals.items()]
    due, goal = next(((due, goal) for due, goal in ahead if due > month), (None, None))
    short = _short(now, goal)
    return {
        "net": net,
        "a_month": a_month,
        "target": goal,
        "by": f"{due:%Y-%m}" if due else None,
        "short": short,
        "needed": short / months_apart(month, due) if due and short is not None else None,
        "reached": _reached(month, short, a_month),
    }


def _short(now: Parts, goal: float | None) -> float | None:
    """How much more must be in use to reach a goal; None without a goal or a report."""
    if goal is None or not now.reported:
        return None
    return max(0.0, goal * (now.denominator + now.missing) - now.numerator)


def _reached(month: date, short: float | None, a_month: float | None) -> str | None:
    """The month, as 2024-09, in which what is short is made up at a pace; None where never."""
    if short is None or (short > 0 and (a_month is None or a_month <= 0)):
        return None
    months = math.ceil(short / a_month - 1e-9) if short > 0 and a_month else 0
    return f"{shift(month, months):%Y-%m}"


def _days_late(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> dict[str, Any]:
    """The days late of each task that is overdue at the period's end, longest first."""
    month = months_read(snapshot, metric, period)[0]
    rows = snapshot.frame(metric.sql, since=month, until=month).filter(pl.col("numerator") > 0)
    late = within(rows, scope)["days_late"]
    return {"days_late": sorted((int(days) for days in late), reverse=True)}
