"""The periods of a task that comes again: months, quarters, halves or years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from board.sample import story

MONTHS = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}


@dataclass(frozen=True)
class Period:
    """A period as the task ledger names it, such as 2024-Q1, and its first and last day."""

    name: str
    first: date
    last: date


def periods(cadence: str, starts: date, due: date) -> list[Period]:
    """The periods of a cadence that have a day from `starts` until `due`, in order."""
    months = MONTHS[cadence]
    first = story.shift(starts.replace(day=1), -((starts.month - 1) % months))
    spans = []
    while first <= due:
        after = story.shift(first, months)
        last = min(after - timedelta(days=1), due)
        spans.append(Period(_name(first, months), first, last))
        first = after
    return spans


def _name(first: date, months: int) -> str:
    number = (first.month - 1) // months + 1
    endings = {1: f"-{first.month:02}", 3: f"-Q{number}", 6: f"-H{number}", 12: ""}
    return f"{first.year}{endings[months]}"
