"""Read a metric for a period and a scope: the one place where value, bounds, path and status meet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from board.metrics import growth, rounds
from board.metrics.axes import UNKNOWN, categories
from board.metrics.companions import companions_by
from board.metrics.extras import extras
from board.metrics.figure import figure
from board.metrics.metric import Metric, Reading
from board.metrics.parts import NONE, PLACES, Parts, by_axis, history
from board.metrics.parts import categories as split_by
from board.metrics.scopes import below, containing
from board.metrics.spans import aim_of, empty, months_read
from board.metrics.status import Figure, judge
from board.metrics.targets import Aim
from board.metrics.terms import MONTHS, Period, Scope, Status
from board.store import Queries, Snapshot, derived

LATEST = 10_000


class NotDefinedError(ValueError):
    """The metric is not defined for this kind of period or scope; `what` says which."""

    def __init__(self, metric: Metric, what: str) -> None:
        super().__init__(f"{metric.key} is not defined for this kind of {what}")
        self.metric = metric
        self.what = what


def defined(metric: Metric, period: Period, scope: Scope) -> bool:
    """Is the metric defined for this kind of period and scope?"""
    return period.kind in metric.periods and scope.kind in metric.scopes


def read(
    snapshot: Snapshot,
    metric: Metric,
    period: Period,
    scope: Scope,
    by: Sequence[str] = (),
    companions: bool = True,
) -> Reading:
    """The metric's reading, broken down by the axes and places named in `by`.

    Every category of an axis appears, with 0 where it has no rows. What stands beside
    the figure (flow, pace and the like) is left out where `beside` is false. Raises
    NotDefinedError where the metric has no such period or scope. The latest readings are
    cached with the snapshot, since one page says the same figure in several places. Pages
    read by `access.read`, which leaves out what their reader may not see.
    """
    key = (metric.key, period, scope, tuple(by), companions)
    latest: OrderedDict[Any, Reading] = derived(snapshot, "readings", OrderedDict)
    reading = latest.get(key)
    if reading is None:
        reading = latest[key] = _fresh(snapshot, metric, period, scope, by, companions)
        while len(latest) > LATEST:
            latest.popitem(last=False)
    return reading


def _fresh(
    snapshot: Snapshot,
    metric: Metric,
    period: Period,
    scope: Scope,
    by: Sequence[str],
    companions: bool,
) -> Reading:
    if period.kind not in metric.periods:
        raise NotDefinedError(metric, "period")
    if scope.kind not in metric.scopes:
        raise NotDefinedError(metric, "scope")
    if metric.kind in ("gap", "growth"):
        found, extra = growth.figure(snapshot, metric, period, scope)
    elif metric.kind == "rounds":
        found, extra = rounds.figure(snapshot, metric, period, scope), {}
    else:
        without = empty(snapshot, metric, period)
        found = figure(metric, _total(snapshot, metric, period, scope), without)
        extra = extras(snapshot, metric, period, scope) if companions else {}
    reading = _reading(metric, period, scope, found, aim_of(snapshot, metric, period, scope))
    broken = {axis: _broken(snapshot, reading, axis, found) for axis in by}
    return replace(reading, by=broken, extra=extra)


def trend(
    snapshot: Snapshot, metric: Metric, periods: Iterable[Period], scope: Scope
) -> list[Reading]:
    """The metric's reading for each period, in their order, with nothing beside it."""
    return [read(snapshot, metric, period, scope, companions=False) for period in periods]


def _total(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> Parts:
    return history(snapshot, metric).total(months_read(snapshot, metric, period), scope)


def _reading(
    metric: Metric, period: Period, scope: Scope, found: Figure, wanted: Aim | None, label: str = ""
) -> Reading:
    return Reading(
        metric=metric,
        period=period,
        scope=scope,
        value=found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        low=found.low,
        high=found.high,
        unreported=found.unreported,
        expected=found.expected,
        target=wanted.target if wanted else None,
        path=wanted.path if wanted else None,
        status=judge(metric, found, wanted),
        label=label,
    )


def _broken(snapshot: Snapshot, whole: Reading, axis: str, found: Figure) -> list[Reading]:
    """The readings by the categories of one axis, or by the places below the scope."""
    metric, period, scope = whole.metric, whole.period, whole.scope
    if axis in PLACES:
        return [
            replace(read(snapshot, metric, period, inner, companions=False), label=_last(inner))
            for inner in below(snapshot, scope, axis)
            if inner.kind in metric.scopes
        ]
    if metric.kind in ("gap", "growth"):
        return growth.components(snapshot, whole)
    split = split_by(snapshot, metric, axis, months_read(snapshot, metric, period), scope)
    anywhere = split.get(None, NONE)
    # A rate holds for a category as it does for the whole; a count's target is the whole's alone.
    wanted = aim_of(snapshot, metric, period, scope) if metric.kind == "rate" else None
    companions = companions_by(snapshot, metric, period, scope, axis)
    return [
        replace(
            _reading(metric, period, scope, _category(metric, found, one, anywhere), wanted, label),
            extra=companions.get(key, dict.fromkeys((b.key for b in metric.companions), None)),
        )
        for label in categories(snapshot, metric, axis, _ever(snapshot, metric, axis))
        for key in ["" if label == UNKNOWN else label]
        for one in [split.get(key, NONE)]
    ]


def _ever(snapshot: Queries, metric: Metric, axis: str) -> list[str | None]:
    """Every category that the axis ever had."""
    return by_axis(snapshot, metric, axis)[axis].unique().to_list()


def _category(metric: Metric, whole: Figure, one: Parts, anywhere: Parts) -> Figure:
    """A category's figure: rows still missing whose category nobody knows may be any one's."""
    parts = replace(
        one,
        missing=one.missing + anywhere.missing,
        unreported=one.unreported + anywhere.unreported,
        expected=one.expected + anywhere.unreported,
    )
    if metric.kind in ("rate", "median"):
        return figure(metric, parts)
    if metric.splits == "denominator":
        parts = replace(parts, numerator=parts.denominator)
    if whole.standing is Status.NO_DATA:
        return replace(whole, low=0.0, high=parts.missing, unreported=parts.unreported)
    if whole.standing is Status.NOT_APPLICABLE:
        return whole
    return figure(metric, replace(parts, expected=max(parts.expected, 1), reported=1))


def _last(scope: Scope) -> str:
    return str(scope).rsplit("/", 1)[-1]


def fitting(metric: Metric, period: Period) -> Period:
    """The period itself where the metric is defined for its kind, else the one that holds its end.

    A month gives its quarter, say, and a year its second half.
    """
    if period.kind in metric.periods:
        return period
    longer = [kind for kind in metric.periods if MONTHS[kind] > MONTHS[period.kind]]
    return containing(period.last_month, longer[0] if longer else metric.periods[-1])
