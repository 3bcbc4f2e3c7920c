"""Compute a figure from its parts: value, bounds, and the status of figures without a value."""

from __future__ import annotations

from typing import Any

from board.metrics.metric import Metric
from board.metrics.parts import Parts, exact
from board.metrics.status import Figure
from board.metrics.terms import Status


def figure(
    metric: Metric, parts: Parts, empty: bool = False, kept: bool = True, counts: bool = False
) -> Figure:
    """The figure of some parts.

    `empty` says that a ledger of the metric has no rows, `kept` that the ledger it counts was kept
    in the period. `counts` says that nothing counted is a count of 0, because what could have
    happened is there (households, a ledger of events); else it does not apply.

    Bounds follow from what is missing: low = n ÷ (d + m), high = (n + m) ÷ (d + m);
    for counts low = n, high = n + m. Medians have none, nor has a figure without data of which
    nothing was expected.
    """
    standing = _standing(metric, parts, empty, kept, counts)
    low, high = _bounds(metric, parts)
    facts: dict[str, Any] = {"unreported": parts.unreported, "expected": parts.expected}
    if standing is Status.NO_DATA:
        if not parts.missing:
            low = high = None
        return Figure(low=low, high=high, standing=standing, **facts)
    if standing is Status.NOT_APPLICABLE:
        return Figure(
            numerator=None if metric.kind == "median" else parts.numerator,
            denominator=None if metric.kind == "count" else 0,
            standing=standing,
            **facts,
        )
    thin = not metric.bounded and metric.is_thin(parts.reported, parts.expected)
    return Figure(
        value=_value(metric, parts),
        numerator=None if metric.kind == "median" else parts.numerator,
        denominator=None if metric.kind == "count" else parts.denominator,
        low=None if standing and metric.kind == "rate" else low,
        high=None if standing and metric.kind == "rate" else high,
        thin=thin,
        standing=standing,
        **facts,
    )


def _standing(metric: Metric, parts: Parts, empty: bool, kept: bool, counts: bool) -> Status | None:
    if not kept:
        return Status.NO_DATA
    if parts.expected == 0:
        if metric.kind == "count" and counts:
            return None
        return Status.NO_DATA if empty else Status.NOT_APPLICABLE
    if parts.reported == 0 and not (metric.kind == "count" and counts):
        return Status.NO_DATA
    if parts.denominator == 0 and metric.kind != "count":
        if parts.unreported:
            return Status.NO_DATA
        return Status.NOT_DUE if metric.nothing_due else Status.NOT_APPLICABLE
    return None


def _value(metric: Metric, parts: Parts) -> float | None:
    if metric.kind == "median":
        return parts.median
    if metric.kind == "count":
        return parts.numerator
    return parts.numerator / parts.denominator if parts.denominator else None


def _bounds(metric: Metric, parts: Parts) -> tuple[float | None, float | None]:
    n, d, m = parts.numerator, parts.denominator, parts.missing
    if metric.kind == "median":
        return None, None
    if metric.kind == "count":
        return n, exact(n + m)
    return (n / (d + m), (n + m) / (d + m)) if d + m else (None, None)
