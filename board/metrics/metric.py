"""A metric as the catalogue declares it, and a reading of it for a period and a scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from board.ledgers import by_name
from board.metrics.terms import Period, PeriodKind, Scope, ScopeKind, Status
from board.metrics.units import HOUSEHOLDS, PERSONS, Unit

Part = Literal["numerator", "denominator", "excluded", "unreported"]
PARTS: tuple[Part, ...] = ("numerator", "denominator", "excluded", "unreported")


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
