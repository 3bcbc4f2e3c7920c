"""The categories of the axes that metrics are broken down by, in their order."""

from __future__ import annotations

from collections.abc import Iterable

from board.i18n import N_
from board.ledgers import by_name
from board.metrics.metric import Metric
from board.plans import in_plan
from board.store import Queries

UNKNOWN = N_("未填")
# Between the labels of categories that stand for one part.
TOGETHER = "＋"
AWAY_PLACES = (N_("县外区内"), N_("区外"), N_("境外"))
SEMI_LABOUR = "弱劳动力或半劳动力"
COMPONENTS = ("wage_income", "business_income", "property_income", "transfer_income")
STATES = ("employed", "zero", "unknown")


def categories(
    snapshot: Queries, metric: Metric, axis: str, values: Iterable[str | None]
) -> list[str]:
    """The axis's categories: the declared ones, then the others among the rows' `values`.

    Empty values make a category of their own, 未填. It comes last, and only where there are any.
    """
    declared = list(_declared(snapshot, metric, axis))
    others = sorted(name for name in values if name and name not in declared)
    empty = [UNKNOWN] if "" in values else []
    return [*declared, *others, *empty]


def _declared(snapshot: Queries, metric: Metric, axis: str) -> tuple[str, ...]:
    if axis in metric.categories:
        return metric.categories[axis]
    if axis == "home_place":
        return (f"{in_plan(snapshot).county}内", *AWAY_PLACES)
    if axis == "rolling_years":
        plan = in_plan(snapshot)
        return tuple(str(year) for year in range(plan.since.year, plan.until.year + 1))
    if axis == "group":
        groups = _codes(("labour",), "groups")
        return (groups[0], SEMI_LABOUR, *groups[1:])
    return _codes(metric.ledgers, axis)


def _codes(ledgers: Iterable[str], column: str) -> tuple[str, ...]:
    """The codes of a column, from the first of the ledgers that has it."""
    for ledger in ledgers:
        for field in by_name()[ledger].fields():
            if field.name == column and field.codes:
                return field.codes
    return ()
