"""The readings of the site plan (a metric by building) and of the comparison of places."""

from __future__ import annotations

from dataclasses import replace

from board import metrics
from board.catalogue import HEADLINE, METRICS
from board.metrics import Reading, Scope, Status
from board.sections.section import Options, View
from board.sections.words import standing

LAYER, FORM = "layer", "form"
FLAT, RAISED = "flat", "raised"
# Rounds are counted for the whole settlement: every building would have the same.
NOT_BY_BUILDING = ("monitoring_rounds",)
COMPARED = (
    "employment_destination", "employment_rate", "median_wage", "zero_employment_households",
    "income_growth_gap",
)  # fmt: skip


def layers(view: View) -> Options:
    """The metrics to colour the plan by, (key, label), those of the overview first.

    These are the metrics defined for buildings that the reader may see and whose ledgers have rows.
    """
    by_ledger = metrics.ledgers_held(view.snapshot)
    keys = [
        key
        for key, metric in METRICS.items()
        if "building" in metric.scopes
        and key not in NOT_BY_BUILDING
        and view.may_read(key)
        and all(by_ledger.get(name, (0,))[0] for name in metric.ledgers)
    ]
    keys.sort(key=lambda key: key not in HEADLINE)
    return [(key, METRICS[key].label) for key in keys]


def layer(view: View) -> str:
    """The key of the metric that colours the plan."""
    keys = [key for key, _label in layers(view)]
    return view.choice(LAYER) or next(iter(keys), HEADLINE[0])


def buildings(view: View) -> list[Reading]:
    """The chosen metric for every building, by number."""
    return view.read(layer(view), by=("building",), scope=view.settlement).by["building"]


def in_order(view: View) -> list[Reading]:
    """The same from best to worst (from the greatest when neither is better), unknown ones last."""
    sign = -1 if METRICS[layer(view)].better != "lower" else 1
    return sorted(buildings(view), key=lambda r: (r.value is None, sign * (r.value or 0)))


def readable(view: View) -> list[str]:
    """The metrics to compare that the reader may see.

    When the reader may see none, all are returned: reading them raises the right WithheldError.
    """
    return [key for key in COMPARED if view.may_read(key)] or list(COMPARED)


def columns(view: View) -> list[str]:
    """Those of them that the reader may see for some place; all where there are none."""
    scope = building(view)
    level = "unit" if scope.building else "building"
    hidden = {
        key
        for key in readable(view)
        if (parts := view.read(key, by=(level,), scope=scope).by[level])
        and all(one.status is Status.SUPPRESSED for one in parts)
    }
    return [key for key in readable(view) if key not in hidden] or readable(view)


def compared(view: View) -> list[list[Reading]]:
    """The metrics to compare, each for every building, or every unit of the view's building."""
    scope = building(view)
    level = "unit" if scope.building else "building"
    return [
        standing(view, view.read(key, by=(level,), scope=scope).by[level]) for key in columns(view)
    ]


def whole(view: View) -> list[Reading]:
    """The same metrics for the settlement, or for the view's building."""
    return standing(view, [view.read(key, scope=building(view)) for key in columns(view)])


def building(view: View) -> Scope:
    """The building of the view's scope, or the places around when it has none."""
    return replace(view.scope, unit=None, department=None)
