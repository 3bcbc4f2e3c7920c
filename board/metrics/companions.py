"""Companions of a figure, computed over the same rows: amounts, people reached, days taken."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.metrics.metric import Companion, Metric
from board.metrics.parts import exact, within
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope
from board.store import Queries


def companions_of(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope
) -> dict[str, Any]:
    """The key and the number of each of the metric's companions; None where no row has a value."""
    if not metric.companions:
        return {}
    rows = _rows(snapshot, metric, period, scope)
    numbers = rows.select(*(_number(companion) for companion in metric.companions))
    return _exact(numbers.row(0, named=True))


def companions_by(
    snapshot: Queries, metric: Metric, period: Period, scope: Scope, axis: str
) -> dict[str | None, dict[str, Any]]:
    """The companions of each category of an axis that has rows, by category."""
    if not metric.companions:
        return {}
    rows = _rows(snapshot, metric, period, scope)
    if isinstance(rows.schema[axis], pl.List):
        rows = rows.explode(axis)
    numbers = rows.group_by(axis).agg(*(_number(companion) for companion in metric.companions))
    return {row.pop(axis): _exact(row) for row in numbers.iter_rows(named=True)}


def _exact(numbers: dict[str, Any]) -> dict[str, Any]:
    return {
        name: exact(number) if isinstance(number, float) else number
        for name, number in numbers.items()
    }


def _rows(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> pl.DataFrame:
    months = months_read(snapshot, metric, period)
    rows = snapshot.frame(metric.sql, since=months[0], until=months[-1])
    return within(metric.counted(rows), scope)


def _number(companion: Companion) -> pl.Expr:
    column = pl.col(companion.column or companion.key).drop_nulls()
    if_any = pl.when(column.count() > 0)
    match companion.how:
        case "distinct":
            number = if_any.then(column.n_unique())
        case "median":
            number = if_any.then(column.median())
        case "max":
            number = if_any.then(column.max())
        case _:
            number = if_any.then(column.sum())
    return number.alias(companion.key)
