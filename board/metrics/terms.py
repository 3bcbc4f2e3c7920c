"""The words every metric is said in: period, scope, unit, status, target, metric, reading."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self

from board.i18n import N_
from board.ledgers import by_name

PeriodKind = Literal["month", "quarter", "half", "year"]
ScopeKind = Literal["settlement", "building", "unit", "department"]
Part = Literal["numerator", "denominator", "excluded", "unreported"]
PARTS: tuple[Part, ...] = ("numerator", "denominator", "excluded", "unreported")
MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole months: `first` is its first day, `kind` how long it is."""

    first: date
    kind: PeriodKind = "month"

    @classmethod
    def parse(cls, text: str) -> Self:
        """2024-09, 2024-Q3, 2024-H2 or 2024; anything else raises ValueError."""
        if found := re.fullmatch(
            r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", text.strip()
        ):
            year, month, quarter, half = found.groups()
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
        return self.months[-1]

    @property
    def end(self) -> date:
        """The period's last day."""
        last = self.last_month
        return last.replace(day=calendar.monthrange(last.year, last.month)[1])

    @property
    def year_start(self) -> date:
        """1 January of the year the period ends in."""
        return date(self.last_month.year, 1, 1)

    def before(self, count: int = 1) -> Period:
        """The period of the same kind `count` periods earlier (later when negative)."""
        return replace(self, first=shift(self.first, -count * MONTHS[self.kind]))


def shift(month: date, count: int) -> date:
    """The first day of the month `count` months after `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class Scope:
    """Where a figure holds: the settlement, a building, a unit, or a department."""

    settlement: str = "幸福小镇"
    building: str | None = None
    unit: str | None = None
    department: str | None = None

    @property
    def kind(self) -> ScopeKind:
        """Which of the four it is."""
        if self.department:
            return "department"
        return "unit" if self.unit else "building" if self.building else "settlement"

    def __str__(self) -> str:
        if self.department:
            return self.department
        return "/".join(part for part in (self.settlement, self.building, self.unit) if part)


class Status(StrEnum):
    """What a figure says about its target; see `MARKS` for the shape and the word."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    UNDETERMINED = "undetermined"
    NOT_DUE = "not_due"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"

    @property
    def mark(self) -> str:
        """Its shape."""
        return MARKS[self][0]

    @property
    def word(self) -> str:
        """Its word, a Chinese source string to translate."""
        return MARKS[self][1]

    @property
    def tone(self) -> Literal["good", "warn", "bad", "undetermined", "mute"]:
        """Which of the theme's status colours it takes."""
        return MARKS[self][2]  # type: ignore[return-value]


MARKS: dict[Status, tuple[str, str, str]] = {
    Status.MET: ("●", N_("已达标"), "good"),
    Status.ON_PACE: ("◐", N_("达序时"), "good"),
    Status.BEHIND: ("▲", N_("滞后"), "warn"),
    Status.MISSED: ("■", N_("未达标"), "bad"),
    Status.UNDETERMINED: ("◇", N_("尚不能判定"), "undetermined"),
    Status.NOT_DUE: ("○", N_("未到期"), "mute"),
    Status.NO_TARGET: ("—", N_("无目标"), "mute"),
    Status.NO_DATA: ("□", N_("未报"), "mute"),
    Status.NOT_APPLICABLE: ("/", N_("不适用"), "mute"),
    Status.SUPPRESSED: ("▨", N_("已隐去"), "mute"),
}


@dataclass(frozen=True)
class Unit:
    """What a figure counts: `key` for JSON, `label` for the gray part of its name."""

    key: str
    label: str
    decimals: int = 0


SQUARE_METRES = Unit("square_metres", N_("平方米"))
PLACES = Unit("places", N_("位"))
LEDGER_MONTHS = Unit("ledger_months", N_("份"))
ASSETS = Unit("assets", N_("项资产"))
ISSUES = Unit("issues", N_("个问题"))
PERCENT = Unit("fraction", N_("%"), 1)
POINTS = Unit("percentage_points", N_("个百分点"), 1)
PERSONS = Unit("persons", N_("人"))
HOUSEHOLDS = Unit("households", N_("户"))
TASKS = Unit("tasks", N_("项"))
TIMES = Unit("times", N_("次"))
ROUNDS = Unit("rounds", N_("轮"))
YUAN = Unit("yuan", N_("元"))
DEPARTMENTS = Unit("departments", N_("个部门"))
DAYS = Unit("days", N_("天"))
PROJECTS = Unit("projects", N_("个项目"))
POSTS = Unit("posts", N_("个岗位"))
LOANS = Unit("loans", N_("笔"))
APPLICATIONS = Unit("applications", N_("份申请"))
TICKETS = Unit("tickets", N_("张工单"))
WORKSHOPS = Unit("workshops", N_("个车间"))
ENTERPRISES = Unit("enterprises", N_("家企业"))


@dataclass(frozen=True)
class Companion:
    """A second number over the rows of a figure: what they cost, how many people came.

    It is the `how` of the statement's column `key` (or `column`), where the statement
    leaves it empty on the rows that don't count.
    """

    key: str
    label: str
    unit: Unit
    how: Literal["sum", "distinct", "median", "max"] = "sum"
    column: str = ""


@dataclass(frozen=True)
class People:
    """Whom a metric counts. Metrics with the same `People` count the same persons or households.

    Whoever sees two such metrics may subtract one from the other, so what is hidden of them is
    decided together. `subject` is the column of their statements that names a person or
    household. `weight` is the column with numbers of people, where a ledger holds those instead
    of people. `grows` says that the figure adds up from January, over its rows or over the
    months: the difference of two neighbouring months tells what came between.
    """

    name: str
    whom: Literal["persons", "households", "nobody"]
    subject: str = "subject"
    weight: str = ""
    grows: Literal["", "rows", "months"] = ""


NOBODY = People("nobody", "nobody")


@dataclass(frozen=True)
class Metric:
    """One metric, declared once; its parts are queries/metrics/<query or key>.sql.

    `measures` are the plan's measures it speaks for; `better` is the good direction;
    `targets` maps a month (2024-12) to the target due at its end, and `every` is a
    target due at each end of a month, quarter, half or year instead; `strict` targets
    (高于) must be exceeded. `path` says where the way to the next target starts: at the
    target itself, at the scope's first reported month and then at the target before it
    (a straight line), or at nothing each year (what starts anew each January). `span`
    says which months enter a period: its last month, all its months, the year to date,
    or everything to date.
    `periods` and `scopes` are the kinds it is defined for, `axes` what it breaks down
    by, `firmness` whether the plan binds. `kind` says how the figure comes from its
    parts; `nothing_due` that an empty denominator means that nothing is due yet; `events`
    that what it counts is always expected, so that a ledger without a row is unreported;
    `left_out` names a query under queries/left_out with the rows that don't count.
    `categories` gives those of an axis where they are not the codes of a ledger's column;
    `splits` says what the axes of a count add up: the count or every row it looked at;
    `companions` are further numbers over the same rows.

    `people` says whom it counts: nobody (`NOBODY`), or persons or households. A metric that
    says nothing counts nobody where its ledgers hold no people; where they do, it is hidden from
    everybody who may not see small counts, until it says whom it counts. `hidden_with` names the
    metric among whose people it counts without a number of people of its own. `linked_axes`
    are axes that a reader knows to hang together, such as a county and the kind of place it lies
    in; `asked_axes` are further axes by which pages ask for its people.
    """

    key: str
    label: str
    measures: tuple[str, ...]
    unit: Unit
    definition: str
    ledgers: tuple[str, ...]
    better: Literal["higher", "lower", "neither"] = "higher"
    targets: dict[str, float] = field(default_factory=dict, hash=False)
    every: tuple[PeriodKind, float] | None = None
    strict: bool = False
    path: Literal["flat", "straight", "growing"] = "flat"
    firmness: Literal["firm", "soft", "none"] = "firm"
    kind: Literal["rate", "count", "median", "rounds", "gap", "growth"] = "rate"
    span: Literal["last_month", "period", "year_to_date", "to_date"] = "last_month"
    periods: tuple[PeriodKind, ...] = ("month", "quarter", "half", "year")
    scopes: tuple[ScopeKind, ...] = ("settlement", "building", "unit")
    axes: tuple[str, ...] = ()
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    splits: Literal["numerator", "denominator"] = "numerator"
    companions: tuple[Companion, ...] = ()
    people: People | None = None
    hidden_with: str = ""
    linked_axes: tuple[tuple[str, ...], ...] = ()
    asked_axes: tuple[str, ...] = ()
    nothing_due: bool = False
    events: bool = False
    left_out: str = ""
    query: str = ""
    amount: Unit | None = None

    @property
    def sql(self) -> str:
        """The name of its query, as the store knows it."""
        return f"metrics/{self.query or self.key}"

    @property
    def about_people(self) -> bool:
        """Does it count people, or read a ledger about them?"""
        declared = by_name()
        return self.unit in (PERSONS, HOUSEHOLDS) or any(
            name not in declared or declared[name].about_people() for name in self.ledgers
        )

    @property
    def bounded(self) -> bool:
        """Has it a least and a greatest value while rows are missing?"""
        return self.kind in ("rate", "count", "rounds")

    @property
    def has_target(self) -> bool:
        """Does the plan set it a target?"""
        return bool(self.targets or self.every)


@dataclass(frozen=True)
class Reading:
    """A metric read for a period and a scope: every field of the contract.

    `value`, `low`, `high`, `target` and `path` are in the metric's unit (rates as
    fractions, points as percentage points). `by` maps an axis to its readings, each
    with its `label`. `extra` holds what only some metrics have: growth,
    benchmark_growth, composition, flow, states and the like. `few` is where counts of few may
    not be seen: a change of fewer is told as no more than that.
    """

    metric: Metric
    period: Period
    scope: Scope
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    unreported: int = 0
    expected: int | None = None
    target: float | None = None
    path: float | None = None
    status: Status = Status.NO_DATA
    label: str = ""
    few: int = 0
    by: dict[str, list[Reading]] = field(default_factory=dict, hash=False)
    extra: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def coverage(self) -> float | None:
        """Share of the expected rows that were reported; null when nothing is expected."""
        return (self.expected - self.unreported) / self.expected if self.expected else None
