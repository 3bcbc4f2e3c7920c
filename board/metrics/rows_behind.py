"""The rows behind a figure: from a number on a page to its cells in the workbooks."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.metrics import growth, rounds
from board.metrics.metric import Metric, Part
from board.metrics.parts import within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope
from board.store import Queries

WEIGHTS = (
    "numerator", "denominator", "missing", "unreported", "expected", "reported", "excluded",
)  # fmt: skip
ORIGIN = ("batch", "file", "sheet", "row")


def rows(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """The rows of a part of the figure: `period`, where, `subject`, what explains it, `amount`,
    `reason` where they are left out, and `batch, file, sheet, row`.

    The amounts sum to the numerator or the denominator (or to the bounds' width), and
    the rows left unreported count to `unreported`. A figure without that part has none.
    """
    if metric.kind in ("gap", "growth"):
        found = _incomes(snapshot, metric, period, scope, part)
    elif metric.kind == "rounds" and part in ("numerator", "denominator"):
        found = _months(snapshot, metric, period, scope, part)
    else:
        months = months_read(snapshot, metric, period)
        behind = _behind(snapshot, metric, months[0], months[-1], scope)
        found = _part(metric, behind, part)
        if part == "excluded" and metric.left_out:
            found = _left_out(snapshot, metric, months, scope)
    return _shown(found, part)


def _behind(
    snapshot: Queries, metric: Metric, first: date, last: date, scope: Scope
) -> pl.DataFrame:
    """Every row of the months that lies in the scope."""
    return within(snapshot.fresh(metric.sql, since=first, until=last), scope)


def _part(metric: Metric, behind: pl.DataFrame, part: Part) -> pl.DataFrame:
    counted = pl.lit(True)
    if "excluded" in behind.columns:
        counted = ~pl.col("excluded")
    if part == "excluded":
        return behind.filter(~counted)
    if part == "unreported":
        return behind.filter(counted, pl.col("unreported") > 0).with_columns(
            amount=pl.col("missing")
        )
    if part == "denominator" and metric.kind == "count":
        return behind.clear().with_columns(amount=pl.col("denominator"))
    by = "denominator" if metric.kind == "median" else part
    return behind.filter(counted, pl.col(by) != 0).with_columns(amount=pl.col(part))


def _left_out(snapshot: Queries, metric: Metric, months: list[date], scope: Scope) -> pl.DataFrame:
    """The rows that the metric's population leaves out, and those its own query marks."""
    found = snapshot.fresh(metric.left_out, since=months[0], until=months[-1])
    found = within(found, scope)
    own = _part(metric, _behind(snapshot, metric, months[0], months[-1], scope), "excluded")
    if own.is_empty() or "reason" not in own.columns:
        return found
    return pl.concat([own, found], how="diagonal_relaxed")


def _incomes(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """Income rows: this year's make the numerator, last year's the denominator."""
    now, before = growth.quarters(period)
    every = [*now, *before]
    if part == "excluded":
        found = [snapshot.fresh(metric.left_out, since=q[0], until=q[-1]) for q in (before, now)]
        return within(pl.concat(found), scope)
    own = within(growth.reports(snapshot), scope).filter(pl.col("period").is_in(every))
    if part == "unreported":
        return own.filter(pl.col("unreported") > 0).with_columns(amount=pl.col("missing"))
    own = own.filter(pl.col("unreported") == 0)
    if metric.kind == "growth":
        own = own.filter(pl.len().over("subject") == len(every))
    quarters = now if part == "numerator" else before
    return own.filter(pl.col("period").is_in(quarters)).with_columns(
        amount=pl.col("numerator"), members=pl.col("denominator")
    )


def _months(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """The months that count as a round, each with the first row monitored in it."""
    months = months_read(snapshot, metric, period)
    behind = _behind(snapshot, metric, months[0], months[-1], scope)
    known = rounds.months(snapshot, metric, period, scope)
    counted = [month for month, parts in known if rounds.is_round(parts)]
    if part == "denominator":
        counted = []
    return (
        behind.filter(pl.col("denominator") > 0, pl.col("period").is_in(counted))
        .group_by("period")
        .agg(pl.len().alias("monitored"), pl.col(*ORIGIN).first())
        .with_columns(subject=pl.col("period").dt.strftime("%Y-%m"), amount=pl.lit(1))
        .sort("period")
    )


def _shown(found: pl.DataFrame, part: Part) -> pl.DataFrame:
    """The columns in their order: when, where, who, what explains it, amount, reason, origin."""
    first = [c for c in ("period", "building", "unit", "department", "subject") if c in found]
    last = [c for c in ("amount", "reason", *ORIGIN) if c in found]
    if part != "excluded":
        last = [c for c in last if c != "reason"]
    rest = [c for c in found.columns if c not in {*first, *last, *WEIGHTS, "reason"}]
    return found.select(*first, *rest, *last)
