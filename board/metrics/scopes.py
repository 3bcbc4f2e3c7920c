"""The periods and places that a snapshot covers, and scopes by their names."""

from __future__ import annotations

import difflib
import re
from datetime import date

from board.metrics.terms import MONTHS, Period, PeriodKind, Scope
from board.store import Queries, derived


def settings(snapshot: Queries) -> dict[str, str]:
    """The plan's settings by key: age limits, county, basis, first and last day."""
    frame = snapshot.frame("settings")
    return dict(zip(frame["key"], frame["value"], strict=True))


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


def places(snapshot: Queries) -> list[Scope]:
    """The settlement, then each building followed by its units, in the order of their numbers."""
    return derived(snapshot, "places", lambda: _places(snapshot))


def _places(snapshot: Queries) -> list[Scope]:
    name = settings(snapshot)["settlement"]
    scopes = [Scope(name, building, unit) for building, unit in snapshot.frame("places").rows()]
    return [Scope(name), *sorted(scopes, key=lambda s: (_natural(s.building), _natural(s.unit)))]


def _natural(name: str | None) -> tuple[int, str]:
    """A sort key, the number in a name and the name: 3栋 comes before 10栋."""
    number = re.search(r"\d+", name or "")
    return (int(number[0]) if number else -1 if name is None else 1 << 30, name or "")


def departments(snapshot: Queries) -> list[Scope]:
    """The departments of the plan, in the plan's order."""
    name = settings(snapshot)["settlement"]
    frame = snapshot.frame("departments")
    return [Scope(name, department=department) for department in frame["department"].to_list()]


def below(snapshot: Queries, scope: Scope, kind: str) -> list[Scope]:
    """The places of a kind inside a scope, which is itself included where it is of that kind."""
    if kind == "department":
        return [s for s in departments(snapshot) if scope.department in (None, s.department)]
    return [
        s
        for s in places(snapshot)
        if s.kind == kind and scope.building in (None, s.building) and scope.unit in (None, s.unit)
    ]


def parse_scope(snapshot: Queries, text: str) -> Scope:
    """The scope with a name; otherwise KeyError with the most similar name, or ''.

    A department may also be given by its short name or an alias.
    """
    name = "/".join(part.strip() for part in text.strip().strip("/").split("/"))
    scopes = {str(scope): scope for scope in [*places(snapshot), *departments(snapshot)]}
    if name in scopes:
        return scopes[name]
    for department, short, aliases in snapshot.frame("departments").rows():
        if name in {short, *(aliases or "").split("、")}:
            return scopes[department]
    similar = difflib.get_close_matches(name, list(scopes), n=1, cutoff=0.3)
    raise KeyError(similar[0] if similar else "")
