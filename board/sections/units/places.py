"""Buildings on the site plan and units beside each other: the readings behind both."""

from __future__ import annotations

from board import access, metrics
from board.catalogue import HEADLINE, METRICS
from board.metrics import Reading, Scope
from board.sections.section import Options, View

LAYER, FORM = "layer", "form"
FLAT, RAISED = "flat", "raised"
# Rounds are counted for the whole settlement: every building would have the same.
SENSELESS = ("monitoring_rounds",)
COMPARED = (
    "employment_destination", "employment_rate", "median_wage", "zero_employment_households",
    "income_growth_gap",
)  # fmt: skip


def layers(view: View) -> Options:
    """The figures a building has, those of the overview first, and only where a ledger has rows."""
    held = metrics.ledgers_held(view.snapshot)
    found = [
        key
        for key, metric in METRICS.items()
        if "building" in metric.scopes
        and key not in SENSELESS
        and access.admitted(view.reader.permissions, key)
        and all(held.get(name, (0,))[0] for name in metric.ledgers)
    ]
    found.sort(key=lambda key: key not in HEADLINE)
    return [(key, METRICS[key].label) for key in found]


def layer(view: View) -> str:
    """The metric the plan is coloured by."""
    offered = [key for key, _label in layers(view)]
    return view.choice(LAYER) or next(iter(offered), HEADLINE[0])


def buildings(view: View) -> list[Reading]:
    """The chosen metric in every building, in the order of their numbers."""
    return view.read(layer(view), by=("building",), scope=view.whole).by["building"]


def in_order(view: View) -> list[Reading]:
    """The same from the best to the worst, or from the greatest; those without a figure last."""
    found = buildings(view)
    first = -1 if METRICS[layer(view)].better != "lower" else 1
    return sorted(found, key=lambda r: (r.value is None, first * (r.value or 0)))


def columns(view: View) -> list[str]:
    """The metrics compared that the reader may see; all where none may be, and reading them says so."""
    permissions = view.reader.permissions
    return [key for key in COMPARED if access.admitted(permissions, key)] or list(COMPARED)


def compared(view: View) -> list[list[Reading]]:
    """The metrics compared, each for every building, or for every unit of the view's building."""
    scope = building(view)
    level = "unit" if scope.building else "building"
    return [view.read(key, by=(level,), scope=scope).by[level] for key in columns(view)]


def whole(view: View) -> list[Reading]:
    """The same metrics for the settlement, or for the view's building."""
    return [view.read(key, scope=building(view)) for key in columns(view)]


def building(view: View) -> Scope:
    """The building the view's place is or lies in, or the settlement."""
    return Scope(view.scope.settlement, view.scope.building)
