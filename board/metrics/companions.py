"""The numbers beside a figure, over the same rows: amounts, people reached, days it took."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.metrics.metric import Companion, Metric
from board.metrics.parts import within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope
from board.store import Queries


def companions_of(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope
) -> dict[str, Any]:
    """Key → number for everything the metric has beside it; null where no row says anything."""
    if not metric.companions:
        return {}
    rows = _rows(snapshot, metric, period, scope)
    return rows.select(*(_number(one) for one in metric.companions)).row(0, named=True)


def companions_by(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, axis: str
) -> dict[str | None, dict[str, Any]]:
    """The same numbers for each category of an axis that has rows."""
    if not metric.companions:
        return {}
    rows = _rows(snapshot, metric, period, scope)
    if isinstance(rows.schema[axis], pl.List):
        rows = rows.explode(axis)
    found = rows.group_by(axis).agg(*(_number(one) for one in metric.companions))
    return {row.pop(axis): row for row in found.iter_rows(named=True)}


def _rows(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> pl.DataFrame:
    months = months_read(snapshot, metric, period)
    return within(snapshot.frame(metric.sql, since=months[0], until=months[-1]), scope)


def _number(one: Companion) -> pl.Expr:
    column = pl.col(one.column or one.key).drop_nulls()
    known = pl.when(column.count() > 0)
    match one.how:
        case "distinct":
            number = known.then(column.n_unique())
        case "median":
            number = known.then(column.median())
        case "max":
            number = known.then(column.max())
        case _:
            number = known.then(column.sum())
    return number.alias(one.key)
