"""Searches by person on the record of looks: what one says, and long runs of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from board.journal.facts import AuditEntry

HOURLY = 60
"""How many searches by person an account may make in an hour."""
IN_A_ROW = 20
"""How many of them, one after the other, are shown to the administrator."""
COMPARED = "compared"
"""How the record marks a load that asks another department's ledgers, after their names."""
BY_PERSON = ("name", "tail")


def searched(kinds: Iterable[str], count: int) -> str:
    """What the record says of a search: by what, and how many households it found."""
    return f"by {' and '.join(kinds)} found {count}"


def search_told(what: str) -> tuple[tuple[str, ...], str]:
    """By what a search on the record was, and how many it found; "" in rows of long ago."""
    kinds, _found, count = what.removeprefix("by ").partition(" found ")
    return tuple(kinds.split(" and ")), count


def by_person(look: AuditEntry) -> bool:
    """Whether a row is a search by what a person is called or reached by."""
    return look.kind == "search" and bool(set(search_told(look.what)[0]) & set(BY_PERSON))


@dataclass(frozen=True)
class Run:
    """Searches by person that one account made with nothing else between them."""

    who: str
    since: str
    until: str
    count: int


def runs(looks: Sequence[AuditEntry]) -> list[Run]:
    """The runs of at least IN_A_ROW, the newest last."""
    current: dict[str, list[AuditEntry]] = {}
    ended: list[list[AuditEntry]] = []
    for look in looks:
        if by_person(look):
            current.setdefault(look.who, []).append(look)
        else:
            ended.append(current.pop(look.who, []))
    long = [run for run in (*ended, *current.values()) if len(run) >= IN_A_ROW]
    found = [Run(run[0].who, run[0].at, run[-1].at, len(run)) for run in long]
    return sorted(found, key=lambda run: run.until)
