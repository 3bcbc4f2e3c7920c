"""Extra numbers beside a figure: flows, states, pace, rent, jobs and days late."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from board.metrics import zero_employment
from board.metrics.bound import kinds_of
from board.metrics.companions import companions_of
from board.metrics.metric import Metric
from board.metrics.parts import Parts, exact, history, within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope, months_apart, shift
from board.plans import plan_of
from board.store import Queries

PACE_MONTHS = 6
GAINS = ("rent", "jobs", "relocated_jobs")


def extras(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> dict[str, Any]:
    """The fields that only this metric has; empty for metrics without any."""
    if metric.key == "zero_employment_households":
        return _households(snapshot, metric, period, scope)
    if metric.key in ("asset_occupancy", "asset_occupancy_count"):
        gains = _gains(snapshot, metric, period, scope)
        return {**gains, "pace": pace(snapshot, metric, period.last_month, scope)}
    if metric.key == "usable_changes":
        return {"occupancy_before": _occupancy_before(snapshot, metric, period, scope)}
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


def _at_end(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> pl.DataFrame:
    """The rows that a figure of a month's end counts, with those that it excludes."""
    month = months_read(snapshot, metric, period)[0]
    rows = snapshot.frame(metric.sql, since=month, until=month)
    return within(metric.counted(rows), scope)


def _gains(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> dict[str, Any]:
    """Rent in yuan and jobs in the assets of a scope in a month; None where none is reported.

    They are those of the kinds of assets that the metric counts, also of unusable ones.
    """
    rows = _at_end(snapshot, metric, period, scope)
    sums = {name: rows[name].sum() for name in GAINS if rows[name].count()}
    return {name: exact(float(sums[name])) if name in sums else None for name in GAINS}


def _occupancy_before(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope
) -> float | None:
    """The occupancy by area, a fraction, if what was usable when the year began still were.

    It counts the kinds of assets that the plan lets asset_occupancy count. None where no such
    asset with an area is reported.
    """
    kinds = kinds_of(metric, plan_of(snapshot, period.last_month), "asset_occupancy")
    rows = _at_end(snapshot, replace(metric, filter=None, kinds=kinds), period, scope)
    rows = rows.filter("usable_before", "told", pl.col("area").is_not_null())
    area = exact(float(rows["area"].sum()))
    return exact(float(rows["area_used"].sum())) / area if area else None


def pace(snapshot: Queries, metric: Metric, month: date, scope: Scope) -> dict[str, Any]:
    """How fast the metric approaches its next target, in its amounts (square metres or places).

    `net` is the change of the last six months and `a_month` a sixth of it; `target` and `by` are
    the next target and its month, `short` is what is missing to it, and `needed` the change per
    month that reaches it in time. `reached` is the month in which the present pace reaches it.
    Each is None where it can't be computed.
    """
    parts = history(snapshot, metric)
    now, then = (parts.total([shift(month, -n)], scope) for n in (0, PACE_MONTHS))
    net = round(now.numerator - then.numerator, 6) if now.reported and then.reported else None
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
    late = _at_end(snapshot, metric, period, scope).filter(pl.col("numerator") > 0)["days_late"]
    return {"days_late": sorted((int(days) for days in late), reverse=True)}
