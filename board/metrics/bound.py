"""What a plan adds to a metric's declaration: its measures, its filter and its targets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from board.ledgers import Field, by_name, by_sheet
from board.ledgers.kinds.codes import Codes
from board.metrics.metric import Metric
from board.metrics.terms import Period
from board.plans import Filter, Plan, plan_of
from board.store import QUERIES, Queries, derived, statement

# Columns of a filter that no ledger declares: header → column of the metric's query.
OTHER_COLUMNS: Mapping[str, str] = {"台账": "ledger"}
# A column of a query as it is, under its own name or another, and one worked out from others.
PLAIN = re.compile(r"^    (?!case$)(?:\w+\.)?(\w+)(?: as (\w+))?,?$", re.MULTILINE)
WORKED_OUT = re.compile(r" as (\w+),?$", re.MULTILINE)


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
    return replace(
        metric, measures=measures, filter=own, targets=targets, kinds=kinds,
        least_coverage=plan.coverage_least,
    )  # fmt: skip


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
    header, _, values = text.partition("=")
    names = [value for value in values.split("、") if value]
    if not names or header not in columns_of(metric):
        raise FilterError(text)
    field = _fields(metric).get(header)
    if field is None:
        sheets = {sheet: ledger.name for sheet, ledger in by_sheet().items()}
        keys = tuple(sheets.get(name, name) for name in names)
        if unknown := [key for key in keys if key not in by_name()]:
            raise FilterError(unknown[0])
        return Filter(text, OTHER_COLUMNS[header], keys)
    wanted = _codes(names, field.codes)
    if field.codes and set(wanted) - set(field.codes):
        raise FilterError(text)
    return Filter(text, _answered(metric)[field.name], wanted, isinstance(field, Codes))


def _codes(names: Sequence[str], codes: Collection[str]) -> tuple[str, ...]:
    """The codes that stand between 、; a code such as 农、林、牧、渔业 has some itself."""
    split: list[str] = []
    start = 0
    while start < len(names):
        ends = range(len(names), start, -1)
        end = next((e for e in ends if "、".join(names[start:e]) in codes), start + 1)
        split.append("、".join(names[start:end]))
        start = end
    return tuple(split)


def columns_of(metric: Metric) -> list[str]:
    """The headers of the columns that a filter of the metric may name: its query answers them."""
    others = [header for header, name in OTHER_COLUMNS.items() if name in _answered(metric)]
    return [*_fields(metric), *others]


def _fields(metric: Metric) -> dict[str, Field]:
    """The columns of codes or listed names that the metric's query answers, by their header."""
    answered = _answered(metric)
    declared = [field for ledger in metric.ledgers for field in by_name()[ledger].fields()]
    fields: dict[str, Field] = {}
    for field in declared:
        if (field.codes or field.codes_from) and field.name in answered:
            fields.setdefault(field.header, field)
    return fields


def _answered(metric: Metric) -> dict[str, str]:
    """The columns that the metric's query answers with: name in the ledger → name in the answer.

    Both are equal but for a column that the query gives another name, such as `leads as department`.
    """
    last = statement(QUERIES, metric.sql).rpartition("\nselect\n")[2].partition("\nfrom ")[0]
    plain = {column: name or column for column, name in PLAIN.findall(last)}
    own = [*plain.values(), *WORKED_OUT.findall(last)]
    return plain | {name: name for name in own}
