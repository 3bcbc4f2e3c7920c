"""What a plan adds to a metric's declaration: its measures, its filter and its targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from board.ledgers import Field, by_name, by_sheet
from board.ledgers.kinds.codes import Codes
from board.metrics.metric import Metric
from board.metrics.terms import Period
from board.plans import Filter, Plan, plan_of
from board.store import QUERIES, Queries, derived, statement

# Columns of a filter that no ledger declares: header → column of the metric's query.
OTHER_COLUMNS: Mapping[str, str] = {"台账": "ledger"}


class FilterError(ValueError):
    """A filter that no row of the metric could be compared with; the text is the filter's."""


def bound(snapshot: Queries, metric: Metric, period: Period) -> Metric:
    """The metric as the period's plan sees it; the same object for equal plans and filters.

    A metric asked for without a filter has the one that every row of 指标归属 for it carries.
    Outside the plan's span it has no targets.
    """
    plan = plan_of(snapshot, period.last_month)
    running = plan.covers(period.last_month)
    key = ("bound", metric.key, metric.filter, plan.id, running)
    whole = snapshot.in_schema("main")
    in_its_plan = derived(whole, key, lambda: in_plan(metric, plan, running=running))
    return replace(in_its_plan, length=period.kind) if metric.by_length else in_its_plan


def in_plan(metric: Metric, plan: Plan, *, running: bool = True) -> Metric:
    """The metric as a plan sees it; without targets where the plan is not `running`."""
    filter_text = str(metric.filter) if metric.filter else plan.usual_filter(metric.key)
    own = filter_of(metric, filter_text)
    measures = plan.measures_of(metric.key, filter_text)
    if not measures and not filter_text:
        numbers = {b.measure for b in plan.belongings if b.metric == metric.key}
        measures = tuple(m.number for m in plan.measures if m.number in numbers)
    targets = plan.targets_of(metric.key, filter_text) if running and plan.in_force else ()
    kinds = kinds_of(metric, plan, metric.key)
    return replace(metric, measures=measures, filter=own, targets=targets, kinds=kinds)


def kinds_of(metric: Metric, plan: Plan, key: str) -> tuple[Filter, ...]:
    """Which rows of a metric's query the plan lets the metric `key` count, by its 口径范围."""
    filters = (
        filter_of(metric, f"{column}={'、'.join(values)}")
        for (named, column), values in plan.kinds_counted.items()
        if named == key
    )
    return tuple(one for one in filters if one)


def given(metric: Metric, plan: Plan) -> bool:
    """Whether the plan says what the metric needs: its numbers and, of a dated one, its date."""
    return all(key in plan.parameters for key in metric.parameters) and (
        not metric.dated or any(t.due for t in plan.targets if t.metric == metric.key)
    )


def filter_of(metric: Metric, text: str) -> Filter | None:
    """The filter that a text such as 用途=以工代赈、产业 describes; None for an empty text.

    Raises FilterError where the metric has no such column or the column no such value.
    """
    if not text:
        return None
    header, separator, values = text.partition("=")
    wanted = tuple(value for value in values.split("、") if value)
    if not separator or not wanted:
        raise FilterError(text)
    if header in OTHER_COLUMNS and header in columns_of(metric):
        names = {sheet: ledger.name for sheet, ledger in by_sheet().items()}
        keys = tuple(names.get(value, value) for value in wanted)
        if unknown := [key for key in keys if key not in by_name()]:
            raise FilterError(unknown[0])
        return Filter(text, OTHER_COLUMNS[header], keys)
    field = _field(metric, header)
    if field is None or (field.codes and (set(wanted) - set(field.codes))):
        raise FilterError(text)
    return Filter(text, field.name, wanted, isinstance(field, Codes))


def columns_of(metric: Metric) -> list[str]:
    """The headers of the columns that a filter of the metric may name."""
    words = set(re.findall(r"\w+", statement(QUERIES, metric.sql)))
    declared = (f for ledger in metric.ledgers for f in by_name()[ledger].fields())
    headers = [f.header for f in declared if (f.codes or f.codes_from) and f.name in words]
    others = [header for header, name in OTHER_COLUMNS.items() if name in words]
    return list(dict.fromkeys([*headers, *others]))


def _field(metric: Metric, header: str) -> Field | None:
    fields = (f for ledger in metric.ledgers for f in by_name()[ledger].fields())
    allowed = columns_of(metric)
    return next((f for f in fields if f.header == header and header in allowed), None)
