"""Periods, scopes, and a figure as the subjects it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.outside.sheets import month_end

Row = dict[str, Any]


def shift(month: str, count: int) -> str:
    """The month `count` later."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{index // 12}-{index % 12 + 1:02}"


def between(a: str, b: str) -> int:
    """Months from a to b."""
    return (int(b[:4]) - int(a[:4])) * 12 + int(b[5:]) - int(a[5:])


def months_of(period: str) -> list[str]:
    """The months of 2024-03, 2024-Q1, 2024-H1 or 2024."""
    year = period[:4]
    if len(period) == 4:
        return [f"{year}-{number:02}" for number in range(1, 13)]
    length = {"Q": 3, "H": 6}.get(period[5])
    if length is None:
        return [period]
    last = int(period[-1]) * length
    return [f"{year}-{number:02}" for number in range(last - length + 1, last + 1)]


def day_of(moment: str) -> date:
    """The settlement's day of a moment told in UTC."""
    return (datetime.fromisoformat(moment) + timedelta(hours=8)).date()


def month_of(day: date) -> str:
    """2024-03 of a day."""
    return f"{day:%Y-%m}"


@dataclass(frozen=True)
class Period:
    """2024-03, 2024-Q1, 2024-H1 or 2024."""

    text: str

    @property
    def months(self) -> list[str]:
        """Its months."""
        return months_of(self.text)

    @property
    def last(self) -> str:
        """Its last month."""
        return self.months[-1]

    @property
    def year(self) -> str:
        """The year of its last month."""
        return self.last[:4]

    @property
    def end(self) -> date:
        """Its last day."""
        return month_end(self.last)

    @property
    def kind(self) -> str:
        """Month, quarter, half or year."""
        return {1: "month", 3: "quarter", 6: "half", 12: "year"}[len(self.months)]

    @property
    def before(self) -> str:
        """The period of the same kind before it."""
        month = shift(self.months[0], -1)
        if self.kind == "month":
            return month
        if self.kind == "year":
            return month[:4]
        letter, length = ("Q", 3) if self.kind == "quarter" else ("H", 6)
        return f"{month[:4]}-{letter}{(int(month[5:]) - 1) // length + 1}"

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return bool(day) and month_of(day) in self.months if day else False

    def to_date(self, day: date | None) -> bool:
        """Whether a day lies between January and its end."""
        return f"{self.year}-01" <= month_of(day) <= self.last if day else False


@dataclass(frozen=True)
class Scope:
    """A part of the plan; what is empty is the whole."""

    settlement: str = ""
    building: str = ""
    unit: str = ""
    department: str = ""

    def holds(self, row: Row) -> bool:
        """Whether a row with a place lies in it."""
        asked = {"安置点": self.settlement, "楼栋": self.building, "单元": self.unit}
        return all(not want or row.get(column) == want for column, want in asked.items())


@dataclass
class Item:
    """What one subject adds: to numerator and denominator, or to what is missing."""

    subject: object
    n: float = 0
    d: float = 0
    m: float = 0
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def unreported(self) -> bool:
        """Whether it waits for its row or its deciding column."""
        return self.m > 0


@dataclass
class Figure:
    """A figure: the subjects it is made of, or why there is none."""

    form: str  # rate, count or median
    items: list[Item] = field(default_factory=list)
    state: str = ""  # no_data, not_applicable or not_due, where the rows alone don't tell
    beside: dict[str, Any] = field(default_factory=dict)
    axes: dict[str, list[str]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()  # categories that have no value rather than 0
    whole: tuple[str, ...] = ()  # axes whose categories divide by the whole's denominator
    covered: float = 1.0  # the share of expected rows that a median rests on
    known: bool = False  # whether the population is, so that no_data has bounds
    left_open: tuple[str, ...] = ()  # fields the definition says nothing of here

    @property
    def fields(self) -> dict[str, Any]:
        """Value, numerator, denominator, bounds and unreported, or the state that takes its place."""
        return reckoned(self.form, self.items, self.state, self.known)

    def category(self, axis: str, key: str) -> dict[str, Any]:
        """The value of one category of an axis."""
        if key in self.absent:
            return {"value": None}
        items = [item for item in self.items if key in item.axes.get(axis, ())]
        if self.form == "count":
            return {"value": sum(item.n for item in items)}
        d = sum(item.d for item in (self.items if axis in self.whole else items))
        return {"value": sum(item.n for item in items) / d} if d else {}


def reckoned(
    form: str, items: Iterable[Item], state: str = "", known: bool = False
) -> dict[str, Any]:
    """The fields that the items give."""
    items = list(items)
    n, d, m = (sum(getattr(item, name) for item in items) for name in "ndm")
    unreported = sum(item.unreported for item in items)
    if state in ("no_data", "not_applicable", "not_due"):
        bounds = {} if known and state == "no_data" else {"low": None, "high": None}
        return {"value": None, "status": state} | bounds
    if form == "median":
        value = median(item.n for item in items) if items else None
        return {"value": value, "low": None, "high": None}
    if form == "count":
        return {"value": n, "numerator": n, "low": n, "high": n + m, "unreported": unreported}
    if d + m == 0:
        return {"value": None, "low": None, "high": None, "status": "not_applicable"}
    ends = {"low": n / (d + m), "high": (n + m) / (d + m), "unreported": unreported}
    if d == 0:
        nothing = dict.fromkeys(("value", "numerator", "denominator"))
        return {**nothing, **ends, "status": "no_data"}
    return {**ends, "value": n / d, "numerator": n, "denominator": d}
