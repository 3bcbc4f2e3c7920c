"""What a metric breaks down by: the categories of each axis, in their order."""

from __future__ import annotations

from collections.abc import Iterable

from board.i18n import N_
from board.ledgers import by_name
from board.metrics.metric import Metric
from board.store import Queries

UNKNOWN = N_("未填")
HOME_PLACES = (N_("大化县内"), N_("县外区内"), N_("区外"), N_("境外"))
SEMI_LABOUR = "弱劳动力或半劳动力"
COMPONENTS = ("wage_income", "business_income", "property_income", "transfer_income")
STATES = ("employed", "zero", "unknown")


def categories(
    snapshot: Queries, metric: Metric, axis: str, found: Iterable[str | None]
) -> list[str]:
    """The axis's categories: those declared, then any other that the rows have.

    What a row left empty is its own category, 未填, last, and only where there is one.
    """
    declared = list(_declared(metric, axis))
    others = sorted(name for name in found if name and name not in declared)
    empty = [UNKNOWN] if "" in found else []
    return [*declared, *others, *empty]


def _declared(metric: Metric, axis: str) -> tuple[str, ...]:
    if axis in metric.categories:
        return metric.categories[axis]
    if axis == "home_place":
        return HOME_PLACES
    if axis == "group":
        groups = _codes(("labour",), "groups")
        return (groups[0], SEMI_LABOUR, *groups[1:])
    return _codes(metric.ledgers, axis)


def _codes(ledgers: Iterable[str], column: str) -> tuple[str, ...]:
    """The codes of the first of the ledgers that has such a column."""
    for ledger in ledgers:
        for field in by_name()[ledger].fields():
            if field.name == column and field.codes:
                return field.codes
    return ()
