"""The rows of the two registers, and which people are able to work in a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from board.sample import story
from board.sample.rows import ROWS

ABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")


class Home(ROWS.households):
    """A row of the household register."""


class Member(ROWS.labour):
    """A row of the labour register."""


Row = TypeVar("Row", Home, Member)


def in_force(history: Sequence[Row], month: date) -> Row | None:
    """The latest row of a history (oldest first) in effect in `month`; None without one."""
    latest = None
    for row in history:
        if row.effective_month is None or row.effective_month <= month:
            latest = row
    return latest


@dataclass(frozen=True)
class Settlement:
    """All households and people with their register rows, oldest first, and dates of birth."""

    homes: dict[str, list[Home]] = field(default_factory=dict)
    people: dict[str, list[Member]] = field(default_factory=dict)
    born: dict[str, date] = field(default_factory=dict)

    def home(self, household_id: str, month: date) -> Home | None:
        """The household's row in a month; None if it is not in register or has not moved in."""
        row = in_force(self.homes[household_id], month)
        if row is None or row.status != "在册" or row.moved_in > story.last_day(month):
            return None
        return row

    def worker(self, citizen_id: str, month: date) -> tuple[Member, Home] | None:
        """The rows of an able worker and the household; None if not able, or not in register."""
        row = in_force(self.people[citizen_id], month)
        if row is None or row.student or row.work_ability not in ABLE:
            return None
        if not 16 <= story.age(self.born[citizen_id], story.last_day(month)) < 60:
            return None
        home = self.home(row.household_id, month)
        return (row, home) if home else None

    def members(self, household_id: str) -> list[str]:
        """The citizen IDs of a household's members, in the order of entry."""
        return [key for key, rows in self.people.items() if rows[0].household_id == household_id]
