"""Which audit entries count towards the limits on searches, and long runs of searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.journal.acts import Check, Search
from board.journal.facts import AuditEntry

HOURLY = 60
"""How many searches by name or by the end of a number an account may make in an hour."""
IN_A_ROW = 20
"""From how many of them in a row on the administrator is shown the run."""
BY_PERSON = ("name", "tail")


def by_person(entry: AuditEntry) -> bool:
    """Whether an entry is a search by a person's name or the end of a person's number."""
    if entry.kind != Search.kind:
        return False
    act = entry.act
    return isinstance(act, Search) and not set(BY_PERSON).isdisjoint(act.by)


def compared(entry: AuditEntry) -> bool:
    """Whether an entry is a check against the rows of another department's ledgers."""
    act = entry.act
    return isinstance(act, Check) and act.compared


@dataclass(frozen=True)
class Run:
    """Searches by person that one account made in a row, without any other act between."""

    who: str
    since: str
    until: str
    count: int


def runs(entries: Sequence[AuditEntry]) -> list[Run]:
    """The runs of at least IN_A_ROW searches, the newest last."""
    current: dict[str, list[AuditEntry]] = {}
    ended: list[list[AuditEntry]] = []
    for entry in entries:
        if by_person(entry):
            current.setdefault(entry.who, []).append(entry)
        else:
            ended.append(current.pop(entry.who, []))
    long = [run for run in (*ended, *current.values()) if len(run) >= IN_A_ROW]
    long_runs = [Run(run[0].who, run[0].at, run[-1].at, len(run)) for run in long]
    return sorted(long_runs, key=lambda run: run.until)
