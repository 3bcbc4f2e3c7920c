"""Where and when: the periods the ledgers hold, the places, and a scope from its name."""

from __future__ import annotations

import difflib
import re
from datetime import date

from board.metrics.terms import MONTHS, Period, PeriodKind, Scope
from board.store import Queries, derived


def settings(snapshot: Queries) -> dict[str, str]:
    """The plan's settings: age limits, county, basis, first and last day."""
    frame = snapshot.frame("settings")
    return dict(zip(frame["key"], frame["value"], strict=True))


def held(snapshot: Queries) -> dict[str, tuple[int, date | None, date | None]]:
    """Ledger → how many rows it has, its first and its last month."""
    return derived(
        snapshot,
        "held",
        lambda: {row[0]: (row[1], row[2], row[3]) for row in snapshot.frame("ledgers_held").rows()},
    )


def span(snapshot: Queries) -> tuple[date, date]:
    """The first and the last month that can be asked exactly."""
    return derived(snapshot, "span", lambda: snapshot.frame("months_known").row(0))


def periods(snapshot: Queries, kind: PeriodKind) -> list[Period]:
    """The periods of a kind with a month in any ledger, oldest first; empty without one.

    A store that holds registers only has the months of the plan.
    """
    months = [(since, until) for _, since, until in held(snapshot).values() if since and until]
    if not months:
        return []
    first = min(since for since, _ in months)
    last = max(until for _, until in months)
    found = [containing(first, kind)]
    while found[-1].last_month < last:
        found.append(found[-1].before(-1))
    return found


def containing(month: date, kind: PeriodKind) -> Period:
    """The period of that kind a month lies in."""
    length = MONTHS[kind]
    return Period(date(month.year, (month.month - 1) // length * length + 1, 1), kind)


def places(snapshot: Queries) -> list[Scope]:
    """The settlement, then each building followed by its units, in the order of their numbers."""
    return derived(snapshot, "places", lambda: _places(snapshot))


def _places(snapshot: Queries) -> list[Scope]:
    name = settings(snapshot)["settlement"]
    found = [Scope(name, building, unit) for building, unit in snapshot.frame("places").rows()]
    return [Scope(name), *sorted(found, key=lambda s: (_natural(s.building), _natural(s.unit)))]


def _natural(name: str | None) -> tuple[int, str]:
    """A name's number and the name: 3栋 comes before 10栋."""
    number = re.search(r"\d+", name or "")
    return (int(number[0]) if number else -1 if name is None else 1 << 30, name or "")


def departments(snapshot: Queries) -> list[Scope]:
    """The departments of the plan, in its order."""
    name = settings(snapshot)["settlement"]
    return [
        Scope(name, department=one) for one in snapshot.frame("departments")["department"].to_list()
    ]


def below(snapshot: Queries, scope: Scope, kind: str) -> list[Scope]:
    """The buildings, units or departments inside a scope, itself included when it is one."""
    if kind == "department":
        return [s for s in departments(snapshot) if scope.department in (None, s.department)]
    return [
        s
        for s in places(snapshot)
        if s.kind == kind and scope.building in (None, s.building) and scope.unit in (None, s.unit)
    ]


def parse_scope(snapshot: Queries, text: str) -> Scope:
    """The scope of that name; KeyError holds the nearest name there is, or ''.

    A department is also known by its short name and its aliases.
    """
    wanted = "/".join(part.strip() for part in text.strip().strip("/").split("/"))
    known = {str(scope): scope for scope in [*places(snapshot), *departments(snapshot)]}
    if wanted in known:
        return known[wanted]
    for department, short, aliases in snapshot.frame("departments").rows():
        if wanted in {short, *(aliases or "").split("、")}:
            return known[department]
    near = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.3)
    raise KeyError(near[0] if near else "")
