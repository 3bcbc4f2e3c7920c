"""The rows behind a figure, with the workbook row that each was read from."""

from __future__ import annotations

import polars as pl

from board.metrics import growth, rounds
from board.metrics.bound import bound
from board.metrics.metric import Metric, Part
from board.metrics.parts import SUMMED, within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope
from board.plans import of_scope
from board.store import Queries

ORIGIN = ("batch", "file", "sheet", "row")


def rows(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """The rows of a part of a figure; none where the figure has no such part.

    The columns are `period`, the place, `subject`, the columns that explain it, `amount`,
    `reason` (of excluded rows), and `batch, file, sheet, row`. The amounts sum to the numerator
    or to the denominator, those of unreported rows to the distance between the bounds.
    """
    snapshot = of_scope(snapshot, period.last_month, scope.settlement)
    metric = bound(snapshot, metric, period)
    if metric.kind in ("gap", "growth"):
        frame = _incomes(snapshot, metric, period, scope, part)
    elif metric.kind == "rounds" and part in ("numerator", "denominator"):
        frame = _months(snapshot, metric, period, scope, part)
    else:
        frame = _part(metric, _behind(snapshot, metric, metric.sql, period, scope), part)
        if part == "excluded" and metric.left_out:
            left_out = _behind(snapshot, metric, metric.left_out, period, scope)
            frame = _with_left_out(frame, left_out)
        if part == "excluded" and metric.kinds:
            every = _every(snapshot, metric, metric.sql, period, scope)
            frame = _with_left_out(frame, metric.of_other_kinds(every))
    return _ordered(frame, part)


def _behind(
    snapshot: Queries, metric: Metric, query: str, period: Period, scope: Scope
) -> pl.DataFrame:
    """The rows of a query that count, over the months that the metric reads, in the scope."""
    return metric.counted(_every(snapshot, metric, query, period, scope))


def _every(
    snapshot: Queries, metric: Metric, query: str, period: Period, scope: Scope
) -> pl.DataFrame:
    months = months_read(snapshot, metric, period)
    return within(snapshot.frame(query, since=months[0], until=months[-1]), scope)


def _part(metric: Metric, behind: pl.DataFrame, part: Part) -> pl.DataFrame:
    """The rows that belong to a part, with their `amount`."""
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


def _with_left_out(excluded: pl.DataFrame, left_out: pl.DataFrame) -> pl.DataFrame:
    """The rows that the metric's own query excludes, and further ones that are left out."""
    if excluded.is_empty():
        return left_out
    return pl.concat([excluded, left_out], how="diagonal_relaxed")


def _incomes(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """Income rows: this year's are the numerator, last year's the denominator."""
    now, before = growth.quarters(period)
    both = [*now, *before]
    if part == "excluded":
        left_out = [snapshot.frame(metric.left_out, since=q[0], until=q[-1]) for q in (before, now)]
        return within(pl.concat(left_out), scope)
    reports = within(growth.reports(snapshot), scope).filter(pl.col("period").is_in(both))
    if part == "unreported":
        return reports.filter(pl.col("unreported") > 0).with_columns(amount=pl.col("missing"))
    reports = reports.filter(pl.col("unreported") == 0)
    if metric.kind == "growth":
        reports = reports.filter(pl.len().over("subject") == len(both))
    quarters = now if part == "numerator" else before
    return reports.filter(pl.col("period").is_in(quarters)).with_columns(
        amount=pl.col("numerator"), members=pl.col("denominator")
    )


def _months(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, part: Part
) -> pl.DataFrame:
    """A row for each month that counts as a round, with the origin of its first monitored row."""
    behind = _behind(snapshot, metric, metric.sql, period, scope)
    monthly = rounds.months(snapshot, metric, period, scope) if part == "numerator" else []
    counted = [month for month, parts in monthly if rounds.is_round(metric, parts)]
    return (
        behind.filter(pl.col("denominator") > 0, pl.col("period").is_in(counted))
        .group_by("period")
        .agg(pl.len().alias("monitored"), pl.col(*ORIGIN).first())
        .with_columns(subject=pl.col("period").dt.strftime("%Y-%m"), amount=pl.lit(1))
        .sort("period")
    )


def _ordered(frame: pl.DataFrame, part: Part) -> pl.DataFrame:
    """The rows with their columns in order: period, place, subject, explanation, amount, origin."""
    first = [c for c in ("period", "building", "unit", "department", "subject") if c in frame]
    last = [c for c in ("amount", "reason", *ORIGIN) if c in frame]
    if part != "excluded":
        last = [c for c in last if c != "reason"]
    rest = [c for c in frame.columns if c not in {*first, *last, *SUMMED, "reason"}]
    return frame.select(*first, *rest, *last)
