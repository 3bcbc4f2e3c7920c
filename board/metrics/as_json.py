"""A reading as the JSON of the command line: absent values are null."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board.metrics.benchmark import Refusal
from board.metrics.change import Change
from board.metrics.metric import Reading

FIGURES = (
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
    "unreported",
    "target",
    "path",
)


CHANGES = ("difference", "real", "entered", "left", "newly_reported", "fell_silent", "rest")


def answer(reading: Reading, changed: Change | None = None) -> dict[str, Any]:
    """The JSON object of a reading: name, period, scope, figures, breakdowns (`by`) and extras.

    `change` is that of `changed`; null without.
    """
    metric = reading.metric
    return {
        "metric": metric.key,
        "measures": list(metric.measures),
        "period": str(reading.period),
        "scope": str(reading.scope),
        **_figures(reading),
        "unit": metric.unit.key,
        "firmness": reading.aim.of.firmness if reading.aim else None,
        "basis": reading.aim.of.basis if reading.aim else None,
        "filter": str(metric.filter) if metric.filter else None,
        "by": {
            axis: [{"key": part.label, **_figures(part), **_extra(part)} for part in readings]
            for axis, readings in reading.by.items()
        },
        **_extra(reading),
        "change": _change(changed) if changed else None,
    }


def _change(changed: Change) -> dict[str, Any]:
    parts = {name: _plain(getattr(changed, name)) for name in CHANGES}
    return {"from": str(changed.since), **parts, "comparable": changed.comparable}


def _extra(reading: Reading) -> dict[str, Any]:
    return {name: _plain(value) for name, value in reading.extra.items()}


def _figures(reading: Reading) -> dict[str, Any]:
    figures = {name: _plain(getattr(reading, name)) for name in FIGURES}
    return {**figures, "status": str(reading.status)}


def _plain(value: Any) -> Any:
    """A value that JSON can hold: whole floats become integers, a refusal becomes its text."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Refusal):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
