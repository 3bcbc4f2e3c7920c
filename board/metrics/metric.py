"""A metric as the catalogue declares it, and its reading for a period and a scope."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import polars as pl

from board.i18n import N_
from board.ledgers import by_name
from board.metrics.targets import Aim
from board.metrics.terms import Period, PeriodKind, Scope, ScopeKind, Status
from board.metrics.units import HOUSEHOLDS, PERCENT, PERSONS, Unit
from board.plans import Filter, Target
from board.store import Only

Part = Literal["numerator", "denominator", "excluded", "unreported"]
PARTS: tuple[Part, ...] = ("numerator", "denominator", "excluded", "unreported")
# The reason of rows that the plan's sheet 口径范围 leaves out.
OTHER_KIND = N_("不在方案的口径范围")


@dataclass(frozen=True)
class Companion:
    """A further number over the rows of a figure, such as their cost or the people reached.

    It aggregates the column `key` (or `column`) of the metric's query in the way `how` names. The
    query leaves the column empty in rows that don't count.
    """

    key: str
    label: str
    unit: Unit
    how: Literal["sum", "distinct", "median", "max"] = "sum"
    column: str = ""


@dataclass(frozen=True)
class People:
    """Whom a metric counts. Metrics with the same `People` count the same persons or households.

    A reader who sees two such metrics can subtract one from the other, so their suppression is
    decided together. `subject` is the column of their queries that identifies a person or
    household. `weight` is the column with a number of people, for ledgers that have such numbers
    instead of persons. `grows` says that the figure accumulates from January, over its rows or
    over the months; the difference between two neighbouring months is what the later one added.
    """

    name: str
    whom: Literal["persons", "households", "nobody"]
    subject: str = "subject"
    weight: str = ""
    grows: Literal["", "rows", "months"] = ""


NOBODY = People("nobody", "nobody")


@dataclass(frozen=True)
class Metric:
    """One metric, declared once; queries/metrics/<query or key>.sql gives its parts.

    `better` is the good direction. `span` says which months belong to a period: its last month, all its months, the year to
    date, or everything to date.
    `periods` and `scopes` are the kinds it is defined for; `axes` are its breakdowns. `kind` says
    how the figure is computed from its parts. A `yearly` metric begins again each January though
    its rows stand in the last month (trained this year); so does every one with the span
    `year_to_date`. `row_key` names the columns that tell apart the rows of one subject. Of a
    `final` one nothing can be made up for: what came late stays late. `dated`
    metrics are defined by the date of their target, and `parameters` are the numbers of the plan
    that their query uses: without one of them a metric is left out.
    `nothing_due`: an empty denominator means that nothing is due yet. `events`: what it counts is
    always expected, so it is 0 where its ledger is kept and has no row, and unreported before the
    ledger's first one.
    `left_out` is a query under queries/left_out that gives the rows that don't count.
    `categories` lists those of an axis where they are not the codes of a ledger's column.
    `splits` says what the categories of a count add up to: the count, or all rows considered.
    `shares` are the axes of a rate whose categories split its numerator alone: each is divided by
    the denominator of the whole.
    `companions` are further numbers over the same rows.

    `people` says whom it counts: nobody (`NOBODY`), persons or households. Without it a metric
    counts nobody where its ledgers are not about people; where they are, it is hidden from every
    reader who may not see small counts. `hidden_with` is the key of a metric: this one is hidden
    wherever that one is, because it is computed over the same people. `whole_only`: who may not see
    small counts sees it without places, where it would be small in nearly all and would take away
    figures of others. `linked_axes` are groups of
    axes whose categories a reader can relate, such as a county and the kind of place it lies in.
    `asked_axes` are further axes by which pages count its people. `stock` is the key of the metric
    whose count becomes smaller by what this one counts: from both follows how many were new.
    `beside`: metrics of which value and status stand with the reading, by the name of the field;
    pages show their status with the figure, because the plan's target is theirs. `by_length`: the
    query has rows for each length of period (column `length`), because what it counts within a
    year is not the sum of the quarters; a reading counts those of its period's kind (`length`).

    The plan of a period says what a declaration leaves open (`in_plan`): `measures` are the plan's
    measures that the metric belongs to, `filter` which of its rows count, `targets` what it is to
    reach in the plan's span, and `kinds` the values that columns of its rows must have (口径范围);
    `least_coverage` is the share of expected rows below which nothing is judged (覆盖率下限).
    """

    key: str
    label: str
    definition: str
    ledgers: tuple[str, ...]
    unit: Unit = PERCENT
    better: Literal["higher", "lower", "neither"] = "higher"
    kind: Literal["rate", "count", "median", "rounds", "gap", "growth"] = "rate"
    span: Literal["last_month", "period", "year_to_date", "to_date"] = "last_month"
    periods: tuple[PeriodKind, ...] = ("month", "quarter", "half", "year")
    scopes: tuple[ScopeKind, ...] = ("plan", "settlement", "building", "unit")
    axes: tuple[str, ...] = ()
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    splits: Literal["numerator", "denominator"] = "numerator"
    shares: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()
    people: People | None = None
    hidden_with: str = ""
    whole_only: bool = False
    linked_axes: tuple[tuple[str, ...], ...] = ()
    asked_axes: tuple[str, ...] = ()
    stock: str = ""
    nothing_due: bool = False
    events: bool = False
    left_out: str = ""
    query: str = ""
    amount: Unit | None = None
    dated: bool = False
    yearly: bool = False
    row_key: tuple[str, ...] = ()
    final: bool = False
    parameters: tuple[str, ...] = ()
    beside: dict[str, Metric] = field(default_factory=dict, hash=False)
    by_length: bool = False
    length: PeriodKind | None = None
    measures: tuple[str, ...] = ()
    filter: Filter | None = None
    kinds: tuple[Filter, ...] = ()
    targets: tuple[Target, ...] = ()
    least_coverage: float = 0.9

    @property
    def sql(self) -> str:
        """The name of its query, as `Snapshot.frame` takes it."""
        return f"metrics/{self.query or self.key}"

    @property
    def only(self) -> tuple[Only, ...]:
        """Which rows of its query count: those that fulfil all of these conditions.

        Of a count of events the others stay and count nothing: they say that the ledger was kept.
        """
        filters = (*((self.filter,) if self.filter else ()), *self.kinds)
        of_length = (Only("length", (self.length,)),) if self.length else ()
        return (*(self._only(one) for one in filters), *of_length)

    def counted(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those rows of its query, or of the query of rows left out, that count."""
        for only in self.only:
            rows = only.among(rows) if only.column in rows.columns else rows
        return rows

    def of_other_kinds(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those rows of its query that only 口径范围 leaves out, with a `reason`."""
        rows = replace(self, kinds=()).counted(rows)
        kept = pl.all_horizontal(
            pl.lit(True), *(self._only(kind).condition.fill_null(False) for kind in self.kinds)
        )
        return rows.filter(~kept).with_columns(reason=pl.lit(OTHER_KIND))

    def _only(self, one: Filter) -> Only:
        as_nothing = self.kind == "count" and self.events
        return Only(one.column, one.values, one.several, as_nothing)

    @property
    def about_people(self) -> bool:
        """Whether it counts people or reads a ledger about people."""
        declared = by_name()
        return self.unit in (PERSONS, HOUSEHOLDS) or any(
            name not in declared or declared[name].about_people() for name in self.ledgers
        )

    def is_thin(self, reported: float, expected: float) -> bool:
        """Whether fewer of the expected rows are reported than the plan's least coverage."""
        return reported < self.least_coverage * expected - 1e-9

    @property
    def bounded(self) -> bool:
        """Whether it has bounds while rows are missing."""
        return self.kind in ("rate", "count", "rounds")

    @property
    def has_target(self) -> bool:
        """Whether the plan sets a target for it."""
        return bool(self.targets)

    @property
    def goals(self) -> dict[str, float]:
        """The targets of single months: month, like 2024-12 → value."""
        dated = sorted((t.due, t.value) for t in self.targets if t.due)
        return {f"{due:%Y-%m}": value for due, value in dated}

    @property
    def every(self) -> tuple[PeriodKind, float] | None:
        """How often the target comes that is due again and again, and its value."""
        return next(((t.every, t.value) for t in self.targets if t.every), None)

    @property
    def strict(self) -> bool:
        """Whether the target must be exceeded."""
        return any(t.sign in "><" for t in self.targets)


@dataclass(frozen=True)
class Reading:
    """A metric's figures and status for a period and a scope.

    `value`, `low`, `high`, `target` and `path` are in the metric's unit (rates as fractions,
    points as percentage points). `aim` is the target that applies, with its firmness and basis.
    `by` maps an axis to its readings, each with its `label`.
    `extra` has the fields of single metrics: growth, benchmark_growth, flow, states and others.
    `threshold` is above 0 where small counts are suppressed: a change below it is shown only as
    "less than the threshold". `rounded_to` is above 0 where the value is rounded to a multiple of it.
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
    aim: Aim | None = None
    threshold: int = 0
    rounded_to: float = 0.0
    by: dict[str, list[Reading]] = field(default_factory=dict, hash=False)
    extra: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def coverage(self) -> float | None:
        """The share of the expected rows that are reported; None where none are expected."""
        return (self.expected - self.unreported) / self.expected if self.expected else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least and the greatest possible value; None where they are equal or unknown."""
        if self.low is None or self.high is None or self.low == self.high:
            return None
        return self.low, self.high
