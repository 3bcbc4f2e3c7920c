"""The searches and comparisons that the record of looks limits, and long runs of searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.journal.acts import Check, Search
from board.journal.facts import AuditEntry

HOURLY = 60
"""How many searches by person an account may make in an hour."""
IN_A_ROW = 20
"""How many of them, one after the other, are shown to the administrator."""
BY_PERSON = ("name", "tail")


def by_person(look: AuditEntry) -> bool:
    """Whether a row is a search by what a person is called or reached by."""
    if look.kind != Search.kind:
        return False
    act = look.act
    return isinstance(act, Search) and not set(BY_PERSON).isdisjoint(act.by)


def compared(look: AuditEntry) -> bool:
    """Whether a row is a load that asked another department's ledgers."""
    act = look.act
    return isinstance(act, Check) and act.compared


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
