"""The periods and places that a snapshot covers, and scopes by their names."""

from __future__ import annotations

import difflib
import re
from datetime import date

from board.metrics.terms import MONTHS, Period, PeriodKind, Scope
from board.plans import Plan, in_plan
from board.store import Queries, derived


def ledgers_held(snapshot: Queries) -> dict[str, tuple[int, date | None, date | None]]:
    """By the name of a ledger: its number of rows, its first and its last month."""
    return derived(
        snapshot,
        "ledgers held",
        lambda: snapshot.frame("ledgers_held").rows_by_key("ledger", unique=True),
    )


def span(snapshot: Queries) -> tuple[date, date]:
    """The first and the last month that figures of a month's end are computed for."""
    return derived(snapshot, "span", lambda: snapshot.frame("months_known").row(0))


def periods(snapshot: Queries, kind: PeriodKind) -> list[Period]:
    """The periods of a kind from the first to the last month of any ledger, oldest first.

    Empty where no ledger has a month.
    """
    months = [
        (since, until) for _, since, until in ledgers_held(snapshot).values() if since and until
    ]
    if not months:
        return []
    first = min(since for since, _ in months)
    last = max(until for _, until in months)
    periods = [containing(first, kind)]
    while periods[-1].last_month < last:
        periods.append(periods[-1].before(-1))
    return periods


def containing(month: date, kind: PeriodKind) -> Period:
    """The period of a kind that a month lies in."""
    length = MONTHS[kind]
    return Period(date(month.year, (month.month - 1) // length * length + 1, 1), kind)


def whole_of_plan(plan: Plan) -> Scope:
    """All places of a plan together: its one settlement, or the scope named by its 方案编号."""
    return Scope(plan.whole)


def whole(snapshot: Queries) -> Scope:
    """All places of the plan that the snapshot's answers go by."""
    return whole_of_plan(in_plan(snapshot))


def places(snapshot: Queries) -> list[Scope]:
    """The whole plan, then each settlement where it has several, each building and its units.

    Buildings and units stand in the order of their numbers.
    """
    return derived(snapshot, "places", lambda: _places(snapshot))


def _places(snapshot: Queries) -> list[Scope]:
    plan = in_plan(snapshot)
    if len(plan.settlements) == 1:
        return [whole_of_plan(plan), *_in_settlement(snapshot, plan.settlements[0])]
    return [
        whole_of_plan(plan),
        *(
            scope
            for name, schema in plan.schemas.items()
            if snapshot.schema in (plan.schema, schema)
            for scope in (
                Scope(name, part=True),
                *_in_settlement(snapshot.in_schema(schema), name),
            )
        ),
    ]


def _in_settlement(snapshot: Queries, name: str) -> list[Scope]:
    scopes = [Scope(name, building, unit) for building, unit in snapshot.frame("places").rows()]
    return sorted(scopes, key=lambda s: (_natural(s.building), _natural(s.unit)))


def _natural(name: str | None) -> tuple[int, str]:
    """A sort key, the number in a name and the name: 3栋 comes before 10栋."""
    number = re.search(r"\d+", name or "")
    return (int(number[0]) if number else -1 if name is None else 1 << 30, name or "")


def departments(snapshot: Queries) -> list[Scope]:
    """The departments of the plan, in the plan's order."""
    plan = in_plan(snapshot)
    return [Scope(plan.whole, department=department.name) for department in plan.departments]


def below(snapshot: Queries, scope: Scope, kind: str) -> list[Scope]:
    """The places of a kind inside a scope, which is itself included where it is of that kind."""
    if kind == "department":
        return [s for s in departments(snapshot) if scope.department in (None, s.department)]
    return [
        s
        for s in places(snapshot.in_schema(in_plan(snapshot).schema))
        if s.kind == kind
        and (scope.kind in ("plan", "department") or scope.settlement in ("", s.settlement))
        and scope.building in (None, s.building)
        and scope.unit in (None, s.unit)
    ]


def parse_scope(snapshot: Queries, text: str) -> Scope:
    """The scope with a name; otherwise KeyError with the most similar name, or ''.

    A plan may be given by its 方案编号, a department also by its short name or an alias.
    """
    name = "/".join(part.strip() for part in text.strip().strip("/").split("/"))
    plan = in_plan(snapshot)
    scopes = {str(scope): scope for scope in [*places(snapshot), *departments(snapshot)]}
    if name in scopes:
        return scopes[name]
    if name == plan.id:
        return whole_of_plan(plan)
    for department in plan.departments:
        if name in {department.short, *department.aliases}:
            return scopes[department.name]
    similar = difflib.get_close_matches(name, list(scopes), n=1, cutoff=0.3)
    raise KeyError(similar[0] if similar else "")
