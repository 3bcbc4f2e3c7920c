"""A plan as its sheets state it: its span, its places, its measures and their targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Every = Literal["month", "quarter", "half", "year"]
Path = Literal["flat", "straight", "growing", "milestone"]
OF_PLAN = "方案"
Sign = Literal["≥", ">", "≤", "<", "="]


@dataclass(frozen=True)
class Filter:
    """Which rows of a metric count: those whose `column` holds the `values`.

    `text` is the filter as the plan writes it, such as 用途=以工代赈. Of a column of codes a row needs one of the values, of
    a column that holds several (`several`) it needs all of them.
    """

    text: str
    column: str
    values: tuple[str, ...]
    several: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Target:
    """What a metric is to reach: at the end of a month, or of every month, quarter, half or year.

    `due` is a month, or None where `every` says how often the target comes; `since` and `until`
    are the months between which it holds. `value` is in the metric's unit. `firmness` and `basis`
    are the plan's words (应当, 力争 …; 方案, 本板设定), `quote` the words that the target rests on.
    """

    measure: str
    metric: str
    filter: str
    value: float
    sign: Sign
    firmness: str
    basis: str
    path: Path = "flat"
    due: date | None = None
    every: Every | None = None
    since: date | None = None
    until: date | None = None
    quote: str = ""

    @property
    def set_by_board(self) -> bool:
        """Whether the board set it: then it is never shown as the plan's."""
        return self.basis != OF_PLAN

    def holds(self, month: date) -> bool:
        """Whether the target holds in a month."""
        return (self.since is None or self.since <= month) and (
            self.until is None or month <= self.until
        )


@dataclass(frozen=True)
class Belonging:
    """A metric that a measure is seen by, counting only the rows of `filter` (its text)."""

    measure: str
    metric: str
    filter: str = ""


@dataclass(frozen=True)
class Department:
    """A body of the plan: its name, its short name, other spellings and its English name."""

    name: str
    short: str
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    short_en: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure of the plan: its chapter, its own words, and who leads it.

    `leads` is empty where every body of the plan leads it. `firmness` is the plan's word or "".
    """

    number: str
    chapter: str
    chapter_title: str
    chapter_short: str
    title: str
    short: str
    firmness: str
    text: str
    leads: tuple[str, ...]
    due_on: date | None = None
    source_note: str = ""
    title_en: str = ""
    text_en: str = ""
    short_en: str = ""
    chapter_short_en: str = ""

    @property
    def is_goal(self) -> bool:
        """Whether it is an overall goal (G0 …), which stands above the measures."""
        return self.number.startswith("G")

    @property
    def is_requirement(self) -> bool:
        """Whether it is a work requirement (R1, R2 …)."""
        return self.number.startswith("R")


@dataclass(frozen=True)
class Plan:
    """One plan. `since` and `until` are the first and the last month of its span.

    `settlements` are the places it is for, `schema` is where the snapshot keeps its tables and
    `schemas` those of its single settlements, where it has several. `in_force` is false for a plan
    that was withdrawn and only stands in where there is no other.
    """

    id: str
    title: str
    since: date
    until: date
    authority: str
    settlements: tuple[str, ...]
    city: str
    zone: str
    county: str
    basis: str
    minimum_age: int
    maximum_age: int
    number: str = ""
    issued_on: date | None = None
    zero_clear_within: int = 1
    coverage_least: float = 0.9
    name_en: str = ""
    settlements_en: tuple[str, ...] = ()
    zone_en: str = ""
    batch: int = 0
    in_force: bool = True
    schema: str = "main"
    schemas: dict[str, str] = field(default_factory=dict, hash=False)
    departments: tuple[Department, ...] = ()
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    kinds_counted: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, hash=False)
    mechanisms: tuple[tuple[str, str, str], ...] = ()
    keepers: dict[str, str] = field(default_factory=dict, hash=False)
    parameters: dict[str, float] = field(default_factory=dict, hash=False)

    @property
    def whole(self) -> str:
        """The name of all its places together: its one settlement, or its 方案编号."""
        return self.settlements[0] if len(self.settlements) == 1 else self.id

    def covers(self, month: date) -> bool:
        """Whether a month lies in its span."""
        return self.since <= month <= self.until

    def distance(self, month: date) -> int:
        """How many months a month lies outside its span; 0 inside."""
        at, first, last = (m.year * 12 + m.month for m in (month, self.since, self.until))
        return max(first - at, at - last, 0)

    def measure(self, number: str) -> Measure | None:
        """The measure of a number."""
        return next((m for m in self.measures if m.number == number), None)

    def leads(self, measure: Measure) -> tuple[str, ...]:
        """The bodies that lead a measure: every body of the plan where it names none."""
        return measure.leads or tuple(d.name for d in self.departments)

    def targets_of(self, metric: str, filter_text: str = "") -> tuple[Target, ...]:
        """The targets of a metric under a filter.

        A target holds for every filtered figure of its measure, unless it names a filter itself.
        """
        measures = {
            b.measure for b in self.belongings if (b.metric, b.filter) == (metric, filter_text)
        }
        return tuple(
            t
            for t in self.targets
            if t.metric == metric
            and (t.filter == filter_text or (not t.filter and t.measure in measures))
        )

    def measures_of(self, metric: str, filter_text: str = "") -> tuple[str, ...]:
        """The numbers of the measures that a metric under a filter belongs to."""
        order = {m.number: n for n, m in enumerate(self.measures)}
        numbers = {
            b.measure for b in self.belongings if (b.metric, b.filter) == (metric, filter_text)
        }
        return tuple(sorted(numbers, key=lambda number: order.get(number, len(order))))

    def usual_filter(self, metric: str) -> str:
        """The filter of a metric that is asked for without one.

        It is the one that every row of 指标归属 for the metric carries, else "".
        """
        filters = {b.filter for b in self.belongings if b.metric == metric}
        return filters.pop() if len(filters) == 1 else ""
