"""The terms that describe a figure: its period, its scope and its status."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from board.i18n import N_

PeriodKind = Literal["month", "quarter", "half", "year"]
ScopeKind = Literal["plan", "settlement", "building", "unit", "department"]
MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half or year; `first` is its first day."""

    first: date
    kind: PeriodKind = "month"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period of a text such as 2024-09, 2024-Q3, 2024-H2 or 2024; ValueError otherwise."""
        if match := re.fullmatch(
            r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", text.strip()
        ):
            year, month, quarter, half = match.groups()
            if month:
                return cls(date(int(year), int(month), 1), "month")
            if quarter:
                return cls(date(int(year), int(quarter) * 3 - 2, 1), "quarter")
            if half:
                return cls(date(int(year), int(half) * 6 - 5, 1), "half")
            return cls(date(int(year), 1, 1), "year")
        raise ValueError(text)

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        match self.kind:
            case "month":
                return f"{year}-{month:02}"
            case "quarter":
                return f"{year}-Q{(month + 2) // 3}"
            case "half":
                return f"{year}-H{(month + 5) // 6}"
        return str(year)

    @property
    def months(self) -> tuple[date, ...]:
        """First days of the period's months, in order."""
        return tuple(shift(self.first, n) for n in range(MONTHS[self.kind]))

    @property
    def last_month(self) -> date:
        """First day of the period's last month."""
        return shift(self.first, MONTHS[self.kind] - 1)

    @property
    def end(self) -> date:
        """The period's last day."""
        last = self.last_month
        return last.replace(day=calendar.monthrange(last.year, last.month)[1])

    def before(self, count: int = 1) -> Period:
        """The period of the same kind `count` periods earlier (later when negative)."""
        return replace(self, first=shift(self.first, -count * MONTHS[self.kind]))

    @property
    def a_year_before(self) -> Period:
        """The same period of the year before."""
        return replace(self, first=shift(self.first, -12))


def shift(month: date, count: int) -> date:
    """The first day of the month `count` months after `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_apart(first: date, last: date) -> int:
    """How many months `last` is after `first`; negative where it is before."""
    return (last.year - first.year) * 12 + last.month - first.month


@dataclass(frozen=True)
class Scope:
    """What a figure covers: a plan's places together, a settlement, a building, a unit, a department.

    `settlement` is the name of the plan's one settlement; where it has several, the name of one of
    them (`part`, or the settlement of a building), or the 方案编号 for all together.
    """

    settlement: str = ""
    building: str | None = None
    unit: str | None = None
    department: str | None = None
    part: bool = False

    @property
    def kind(self) -> ScopeKind:
        """The kind of the scope."""
        if self.department:
            return "department"
        if self.unit or self.building:
            return "unit" if self.unit else "building"
        return "settlement" if self.part else "plan"

    def __str__(self) -> str:
        if self.department:
            return self.department
        return "/".join(part for part in (self.settlement, self.building, self.unit) if part)


class Status(StrEnum):
    """How a figure compares with its target; `MARKS` has its symbol, word and colour."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    MET_LATE = "met_late"
    UNDETERMINED = "undetermined"
    NOT_DUE = "not_due"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"

    @property
    def mark(self) -> str:
        """The symbol shown for it."""
        return MARKS[self][0]

    @property
    def word(self) -> str:
        """The word shown for it, not yet translated."""
        return MARKS[self][1]

    @property
    def tone(self) -> Literal["good", "warn", "bad", "undetermined", "mute"]:
        """The name of its colour in the theme."""
        return MARKS[self][2]  # type: ignore[return-value]


MARKS: dict[Status, tuple[str, str, str]] = {
    Status.MET: ("●", N_("已达标"), "good"),
    Status.ON_PACE: ("◐", N_("达序时"), "good"),
    Status.BEHIND: ("▲", N_("滞后"), "warn"),
    Status.MISSED: ("■", N_("未达标"), "bad"),
    Status.MET_LATE: ("◎", N_("逾期后达标"), "warn"),
    Status.UNDETERMINED: ("◇", N_("尚不能判定"), "undetermined"),
    Status.NOT_DUE: ("○", N_("未到期"), "mute"),
    Status.NO_TARGET: ("—", N_("无目标"), "mute"),
    Status.NO_DATA: ("□", N_("未报"), "mute"),
    Status.NOT_APPLICABLE: ("/", N_("不适用"), "mute"),
    Status.SUPPRESSED: ("▨", N_("不单独显示"), "mute"),
}
