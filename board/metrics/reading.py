"""Read a metric for a period and a scope: value, bounds, target, path and status."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from board.metrics import growth, rounds
from board.metrics.axes import UNKNOWN, categories
from board.metrics.bound import bound, given
from board.metrics.companions import companions_by
from board.metrics.extras import extras
from board.metrics.figure import figure
from board.metrics.metric import Metric, Reading
from board.metrics.parts import NONE, PLACES, Parts, by_axis, history
from board.metrics.parts import categories as split_by
from board.metrics.scopes import below, containing
from board.metrics.spans import aim_of, counts_nothing, empty, inhabited, kept, months_read
from board.metrics.status import Figure, judge
from board.metrics.targets import Aim
from board.metrics.terms import MONTHS, Period, Scope, Status
from board.plans import in_plan, of_scope, plan_of
from board.store import Queries, Snapshot, derived

CACHED_READINGS = 10_000
# The fields that a reading takes over from its figure.
FIGURES = ("value", "numerator", "denominator", "low", "high", "unreported", "expected")


class NotDefinedError(ValueError):
    """The metric is not defined for a kind of period or of scope; `what` is "period" or "scope"."""

    def __init__(self, metric: Metric, what: str) -> None:
        super().__init__(f"{metric.key} is not defined for this kind of {what}")
        self.metric = metric
        self.what = what


def defined(metric: Metric, period: Period, scope: Scope) -> bool:
    """Whether the metric is defined for the kind of a period and of a scope."""
    return period.kind in metric.periods and scope.kind in metric.scopes


def given_by_plan(snapshot: Queries, metric: Metric, period: Period) -> bool:
    """Whether the period's plan says what the metric needs; else it is left out."""
    return given(metric, plan_of(snapshot, period.last_month))


def read(
    snapshot: Snapshot,
    metric: Metric,
    period: Period,
    scope: Scope,
    by: Sequence[str] = (),
    companions: bool = True,
) -> Reading:
    """The metric's reading, broken down by the axes and places named in `by`.

    Every category of an axis appears, with 0 where it has no rows. Without `companions` the
    reading has no extra numbers (flow, pace and others). Raises NotDefinedError where the metric
    is not defined for this kind of period or scope. The latest readings are cached with the
    snapshot, because a page shows the same figure in several places. Nothing is suppressed here:
    pages call `access.read`, which hides what their reader may not see.
    """
    snapshot = of_scope(snapshot, period.last_month, scope.settlement)
    metric = bound(snapshot, metric, period)
    key = (metric.key, metric.filter, period, scope, tuple(by), companions)
    latest: OrderedDict[Any, Reading] = derived(snapshot, "readings", OrderedDict)
    reading = latest.get(key)
    if reading is None:
        reading = latest[key] = _fresh(snapshot, metric, period, scope, by, companions)
        while len(latest) > CACHED_READINGS:
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
    if not defined(metric, period, scope):
        raise NotDefinedError(metric, "scope" if period.kind in metric.periods else "period")
    if metric.kind in ("gap", "growth"):
        unjudged, extra = growth.figure(snapshot, metric, period, scope)
    elif metric.kind == "rounds":
        unjudged, extra = rounds.figure(snapshot, metric, period, scope), {}
    else:
        total = history(snapshot, metric).total(months_read(snapshot, metric, period), scope)
        unjudged = figure(
            metric, total, empty(snapshot, metric, period),
            kept=kept(snapshot, metric, period),
            counts=counts_nothing(metric) and inhabited(snapshot, metric, period, scope),
        )  # fmt: skip
        extra = extras(snapshot, metric, period, scope) if companions else {}
        if unjudged.standing is Status.NO_DATA:
            extra |= dict.fromkeys(one.key for one in metric.companions if one.key in extra)
            # Zeros would say that nothing moved.
            extra |= {"flow": {}} if "flow" in extra else {}
    reading = _reading(metric, period, scope, unjudged, aim_of(snapshot, metric, period, scope))
    if reading.status is Status.MET and _was_short(snapshot, reading):
        reading = replace(reading, status=Status.MET_LATE)
    if companions:
        for name, other in metric.beside.items():
            extra |= beside(name, read(snapshot, other, period, scope, companions=False))
    breakdowns = {axis: _breakdown(snapshot, reading, axis, unjudged) for axis in by}
    return replace(reading, by=breakdowns, extra=extra)


def beside(name: str, reading: Reading) -> dict[str, Any]:
    """The fields that say what a metric beside another reads: its value and its status."""
    return {name: reading.value, f"{name}_status": str(reading.status)}


def _was_short(snapshot: Snapshot, reading: Reading) -> bool:
    """Whether a target whose date has passed was not reached on that date."""
    aim = reading.aim
    if aim is None or aim.passed is None:
        return False
    due = containing(aim.passed, "month" if "month" in reading.metric.periods else "quarter")
    due = fitting(reading.metric, due)
    then = read(snapshot, reading.metric, due, reading.scope, companions=False)
    return then.status is not Status.MET


def _reading(
    metric: Metric, period: Period, scope: Scope, unjudged: Figure, aim: Aim | None, label: str = ""
) -> Reading:
    return Reading(
        metric=metric,
        period=period,
        scope=scope,
        **{name: getattr(unjudged, name) for name in FIGURES},
        target=aim.target if aim else None,
        path=aim.path if aim else None,
        status=judge(metric, unjudged, aim),
        aim=aim,
        label=label,
    )


def _place_label(snapshot: Queries, inner: Scope, scope: Scope) -> str:
    """A place's name inside a scope: with its settlement in a plan that has several."""
    name = str(inner).rpartition("/")[2]
    several = scope.kind == "plan" and len(in_plan(snapshot).settlements) > 1
    return f"{inner.settlement}/{name}" if several and inner.kind == "building" else name


def _breakdown(snapshot: Snapshot, whole: Reading, axis: str, unjudged: Figure) -> list[Reading]:
    """The readings by the categories of one axis, or by the places below the scope."""
    metric, period, scope = whole.metric, whole.period, whole.scope
    if axis in PLACES:
        return [
            replace(
                read(snapshot, metric, period, inner, companions=axis == "department"),
                label=_place_label(snapshot, inner, scope),
            )
            for inner in below(snapshot, scope, axis)
            if inner.kind in metric.scopes
        ]
    if metric.kind in ("gap", "growth"):
        return growth.components(snapshot, whole)
    split = split_by(snapshot, metric, axis, months_read(snapshot, metric, period), scope)
    unknown = split.get(None, NONE)
    # The target of a rate applies to each category too; that of a count or of what shares the
    # denominator of the whole only to the total.
    of_each = metric.kind == "rate" and axis not in metric.shares
    aim = aim_of(snapshot, metric, period, scope) if of_each else None
    # Every category that occurs in any month.
    ever = by_axis(snapshot, metric, axis)[axis].unique().to_list()
    companions = companions_by(snapshot, metric, period, scope, axis)
    category = partial(_category, metric, unjudged, unknown=unknown)
    if axis in metric.shares:
        total = history(snapshot, metric).total(months_read(snapshot, metric, period), scope)
        category = partial(_share, metric, total)
    return [
        replace(
            _reading(metric, period, scope, category(parts), aim, label),
            extra=companions.get(key, dict.fromkeys((c.key for c in metric.companions), None)),
        )
        for label in categories(snapshot, metric, axis, ever)
        for key in ["" if label == UNKNOWN else label]
        for parts in [split.get(key, NONE)]
    ]


def _category(metric: Metric, whole: Figure, category: Parts, unknown: Parts) -> Figure:
    """A category's figure. Missing rows of unknown category may belong to it, so they count."""
    parts = replace(
        category,
        missing=category.missing + unknown.missing,
        unreported=category.unreported + unknown.unreported,
        expected=category.expected + unknown.unreported,
    )
    if metric.kind in ("rate", "median"):
        return figure(metric, parts)
    if metric.splits == "denominator":
        parts = replace(parts, numerator=parts.denominator)
    if whole.standing is Status.NO_DATA:
        bounds = (0.0, parts.missing) if parts.missing else (None, None)
        return replace(whole, low=bounds[0], high=bounds[1], unreported=parts.unreported)
    if whole.standing is Status.NOT_APPLICABLE:
        return whole
    return figure(metric, replace(parts, expected=max(parts.expected, 1), reported=1))


def _share(metric: Metric, total: Parts, category: Parts) -> Figure:
    """A category's figure where it shares the denominator of the whole."""
    return figure(metric, replace(total, numerator=category.numerator))


def fitting(metric: Metric, period: Period) -> Period:
    """The period to read a metric for: the given one, or the one of a defined kind at its end.

    Where the metric has no months, a month gives its quarter; a year may give its second half.
    """
    if period.kind in metric.periods:
        return period
    longer = [kind for kind in metric.periods if MONTHS[kind] > MONTHS[period.kind]]
    return containing(period.last_month, longer[0] if longer else metric.periods[-1])
