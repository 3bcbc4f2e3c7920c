"""Apply suppression to a reading: remove hidden figures and whatever would reveal them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from board.metrics import Reading, Status
from board.metrics.axes import UNKNOWN
from board.metrics.growth import quarters
from board.metrics.parts import PLACES
from board.metrics.reading import beside, read
from board.metrics.spans import months_read
from board.plans import of_scope
from board.store import Snapshot
from board.suppression.cells import LEAST
from board.suppression.decide import decision
from board.suppression.decision import Decision
from board.suppression.extras import unmatched_few, visible_extras
from board.suppression.families import family_of, hidden_as
from board.suppression.splits import OTHER, TOTAL, Split, name_of, rounded

# The parts of a growth are amounts of money; they are hidden with the growth.
COMPONENT = "component"


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
    snapshot = of_scope(snapshot, reading.period.last_month, reading.scope.settlement)
    decided = decision(snapshot, family)
    split = _split(decided, reading, category)
    if split is not None:
        split = split.within(months_read(snapshot, reading.metric, reading.period))
    if is_hidden(snapshot, reading, decided, split, category):
        return blanked(reading)
    threshold = LEAST[family.whom] if reading.metric.kind == "count" else 0
    extra = visible_extras(snapshot, reading, category) | _beside(snapshot, reading)
    shown = replace(reading, extra=extra, threshold=threshold)
    if split is None:
        split = _rounding(decided, reading, _months(snapshot, reading))
    if split:
        return _as_part(shown, split)
    if category or _coverage_hidden(snapshot, reading, decided):
        return replace(shown, low=None, high=None, unreported=0, expected=None)
    return shown if shown.unreported else replace(shown, expected=None)


def suppressed_parts(snapshot: Snapshot, parts: Sequence[Reading], axis: str) -> list[Reading]:
    """The parts of a breakdown as they may be shown; small categories are one part with others."""
    if not parts or axis in (*PLACES, COMPONENT):
        return [suppressed(snapshot, part, axis) for part in parts]
    family = family_of(parts[0].metric)
    if family is None:
        return [suppressed(snapshot, part, axis) for part in parts]
    inner = of_scope(snapshot, parts[0].period.last_month, parts[0].scope.settlement)
    split = decision(inner, family).split(parts[0].metric, axis)
    split = split.within(months_read(inner, parts[0].metric, parts[0].period))
    together = [part for part in parts if split.shown and _key(part) in split.together]
    if not together or not split.summed or parts[0].scope.building:
        return [suppressed(snapshot, part, axis) for part in parts]
    sums = _together(snapshot, together, axis)
    at = len(parts) if sums.label == OTHER else parts.index(together[0])
    return [
        *(suppressed(snapshot, part, axis) for part in parts[:at] if part not in together),
        sums,
        *(suppressed(snapshot, part, axis) for part in parts[at:] if part not in together),
    ]


def _together(snapshot: Snapshot, parts: Sequence[Reading], axis: str) -> Reading:
    """Categories as one part, with the sum of their figures."""
    values = [part.value for part in parts if part.value is not None]
    total = float(sum(values)) if values else None
    one = replace(parts[0], value=total, numerator=total, label=name_of([p.label for p in parts]))
    return suppressed(snapshot, one, axis)


def _key(part: Reading) -> str:
    """A category as the rows have it, empty where 未填."""
    return "" if part.label == UNKNOWN else part.label


def _split(decided: Decision, reading: Reading, category: str) -> Split | None:
    """How the parts are shown of which a reading is one; None for a total of the settlement."""
    if reading.metric.kind == "rounds" or category == COMPONENT:
        return None
    if reading.scope.building:
        return decided.split(reading.metric, "unit" if reading.scope.unit else "building")
    return decided.split(reading.metric, category) if category else None


def _rounding(decided: Decision, reading: Reading, months: Sequence[date]) -> Split | None:
    """How a total is rounded of which earlier editions showed another number; None where it isn't."""
    split = decided.splits.get((hidden_as(reading.metric), TOTAL))
    return split.within(months) if split and split.within(months).step else None


def _as_part(reading: Reading, split: Split) -> Reading:
    """A place or category: its figure, rounded where neighbouring months would tell few.

    Nothing where rounding leaves open on which side of a target the figure lies.
    """
    value, step = reading.value, split.step
    open_to_both = (
        value is not None and reading.target is not None and abs(value - reading.target) < step
    )
    if open_to_both and value != reading.target:
        return blanked(reading)
    shown = None if value is None else float(rounded(value, step))
    counted = reading.metric.kind == "count"
    return replace(
        reading, value=shown, numerator=shown if counted else None, denominator=None,
        low=None, high=None, unreported=0, expected=None,
        rounded_to=step if shown else 0.0,
    )  # fmt: skip


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


def is_hidden(
    snapshot: Snapshot,
    reading: Reading,
    decided: Decision,
    split: Split | None,
    category: str = "",
) -> bool:
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
    if scope.building and category:
        return True
    if split is not None:
        apart = bool(category) and not split.summed and _key(reading) in split.together
        return not split.shown or apart
    key = hidden_as(metric)
    if key not in decided.metrics:
        return True
    return reading.value is not None and any(
        (key, month) in decided.totals for month in _months(snapshot, reading)
    )


def _coverage_hidden(snapshot: Snapshot, reading: Reading, decided: Decision) -> bool:
    key = hidden_as(reading.metric)
    return any((key, month) in decided.coverage for month in _months(snapshot, reading))


def _months(snapshot: Snapshot, reading: Reading) -> list[date]:
    """The months whose totals the reading shows; of sums over several months only the last."""
    if reading.metric.kind in ("gap", "growth"):
        return [month for part in quarters(reading.period) for month in part]
    months = months_read(snapshot, reading.metric, reading.period)
    return months if reading.metric.kind == "rounds" else months[-1:]
