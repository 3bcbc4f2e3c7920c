"""Apply suppression to a reading: remove hidden figures and whatever would reveal them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from board.metrics import Metric, Reading, Status
from board.metrics.axes import UNKNOWN
from board.metrics.growth import quarters
from board.metrics.parts import PLACES
from board.metrics.reading import beside, read
from board.metrics.spans import months_read
from board.store import Snapshot
from board.suppression.cells import LEAST
from board.suppression.decide import Hidden, hidden
from board.suppression.extras import unmatched_few, visible_extras
from board.suppression.families import family_of, hidden_as, hidden_for_good_as


def suppressed(snapshot: Snapshot, reading: Reading, axis: str = "") -> Reading:
    """The reading as it may be shown to a reader who may not see small counts.

    For a part of a breakdown, `axis` is its axis or kind of place. The reading's own breakdowns
    are not changed. WithheldError where its metric is about people but does not say whom it
    counts.
    """
    family = family_of(reading.metric)
    category = axis if axis not in PLACES else ""
    if family is None:
        return replace(reading, extra=visible_extras(snapshot, reading, category))
    decision = hidden(snapshot, family)
    if is_hidden(snapshot, reading, decision, category):
        return blanked(reading)
    threshold = LEAST[family.whom] if reading.metric.kind == "count" else 0
    extra = visible_extras(snapshot, reading, category) | _beside(snapshot, reading)
    shown = replace(reading, extra=extra, threshold=threshold)
    if category or reading.scope.building or _coverage_hidden(snapshot, reading, decision):
        return replace(shown, low=None, high=None, unreported=0, expected=None)
    return shown if shown.unreported else replace(shown, expected=None)


def _beside(snapshot: Snapshot, reading: Reading) -> dict[str, Any]:
    """The fields of the metrics beside a reading, as they may be shown."""
    fields: dict[str, Any] = {}
    for name, metric in reading.metric.beside.items():
        if name in reading.extra:
            other = read(snapshot, metric, reading.period, reading.scope, companions=False)
            fields |= beside(name, suppressed(snapshot, other))
    return fields


def blanked(reading: Reading) -> Reading:
    """The reading with the status `suppressed`, its target and its path, but no figure."""
    return replace(
        reading, value=None, numerator=None, denominator=None, low=None, high=None, unreported=0,
        expected=None, status=Status.SUPPRESSED, by={}, extra={},
    )  # fmt: skip


def is_hidden(snapshot: Snapshot, reading: Reading, decision: Hidden, axis: str = "") -> bool:
    """Whether a reading is hidden by the decision for its metric's family.

    Categories are shown for the settlement only, because within buildings nearly all are small.
    A hidden place or category is hidden in every month, also in months without anybody in it.
    """
    metric, scope = reading.metric, reading.scope
    if metric.kind == "rounds":
        return False
    # The growth of all households and the growth of those that always reported reveal, together,
    # the growth of the others; so it is hidden where the others are few.
    matched = metric.kind == "growth"
    if matched and (scope.building or unmatched_few(snapshot, reading.period, scope)):
        return True
    if scope.building:
        place = (scope.building, scope.unit) if scope.unit else (scope.building,)
        return bool(axis) or metric.whole_only or _for_good(decision, metric, place)
    if axis and axis != "component":
        label = "" if reading.label == UNKNOWN else reading.label
        return _for_good(decision, metric, (axis, label))
    key = hidden_as(metric)
    return reading.value is not None and any(
        (key, month) in decision.totals for month in _months(snapshot, reading)
    )


def _for_good(decision: Hidden, metric: Metric, part: tuple[str, ...]) -> bool:
    """Whether a place or category of a metric is hidden in every period."""
    return any((key, part) in decision.ever for key in hidden_for_good_as(metric))


def _coverage_hidden(snapshot: Snapshot, reading: Reading, decision: Hidden) -> bool:
    key = hidden_as(reading.metric)
    return any((key, month) in decision.coverage for month in _months(snapshot, reading))


def _months(snapshot: Snapshot, reading: Reading) -> list[date]:
    """The months whose totals the reading shows; of sums over several months only the last."""
    if reading.metric.kind in ("gap", "growth"):
        return [month for part in quarters(reading.period) for month in part]
    months = months_read(snapshot, reading.metric, reading.period)
    return months if reading.metric.kind == "rounds" else months[-1:]
