"""The declaration of a ledger: its sheet, its keeper, its columns and the rules for its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal, Self

import dataframely as dy
import polars as pl
from dataframely._rule import RuleFactory

from board.i18n import N_, Message

Kind = Literal[
    "text", "int", "money", "number", "percent", "date", "month", "quarter",
    "bool", "code", "codes", "id",
]  # fmt: skip
Severity = Literal["error", "warning", "notice"]
Cadence = Literal["register", "monthly", "quarterly", "as_held"]

PROVENANCE = ("file", "sheet", "row")


@dataclass(frozen=True)
class Field:
    """One declared column of a ledger.

    `header` is the Chinese header, `name` the English column name. A `required`
    field may not be empty; a `key` field is part of the row's key. `low` and `high`
    are inclusive bounds. `codes` are the valid values of a code, `aliases` other
    spellings of them; `codes_from` names the reference list they come from.
    `refers_to` names the register that must contain the value. A `plain` text is a name,
    such as a building or a room, whose different spellings must become equal; keys and
    references need not be declared plain.
    """

    name: str
    header: str
    kind: Kind
    required: bool = False
    key: bool = False
    personal: bool = False
    codes: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict, hash=False)
    codes_from: str = ""
    low: float | None = None
    high: float | None = None
    refers_to: str = ""
    unit: str = ""
    note: str = ""
    plain: bool = False

    @property
    def compares(self) -> bool:
        """Whether different spellings of a value must become equal."""
        return self.plain or self.key or bool(self.refers_to or self.codes_from)


@dataclass(frozen=True)
class RowRule:
    """A rule over one row: the column its findings name, their severity, and what is expected."""

    name: str
    at: str
    severity: Severity
    expected: Message


class _Rule(RuleFactory):
    """dataframely's rule with the facts that a `RowRule` needs."""

    def __init__(self, expression: Callable[[Any], pl.Expr], fact: dict[str, Any]):
        super().__init__(expression)
        self.fact = fact


def rule(
    at: str, expected: str, severity: Severity = "error", **gaps: str
) -> Callable[[Callable[[Any], pl.Expr]], _Rule]:
    """Declare a rule over one row; the method's name is the rule's name in findings.

    `at` is the column that findings name, `expected` what it should contain. The expression is
    true for a valid row; null counts as valid, because a missing value has a finding already.
    """
    fact = {"at": at, "expected": Message(expected, gaps), "severity": severity}
    return lambda expression: _Rule(expression, fact)


class _EnglishTitle:
    """A class attribute: the English title of a ledger's sheet."""

    def __get__(self, _: object, ledger: type[Ledger]) -> str:
        return ledger.sheet_title().en


class Ledger(dy.Schema):
    """A ledger; each one is a subclass in a separate file of board/ledgers.

    `sheet` is the sheet's name, `name` the table's, `keeper` the department that
    keeps it, `cadence` how often rows are due, `title_en` the English title of its sheet from
    locale/en/ledgers.po and `position` its rank in the order of ledgers. `dated_by` is the column
    that says to which month a row belongs; by default the first required month or quarter.
    """

    sheet: ClassVar[str] = ""
    name: ClassVar[str] = ""
    title_en: ClassVar[_EnglishTitle] = _EnglishTitle()
    keeper: ClassVar[str] = ""
    cadence: ClassVar[Cadence] = "as_held"
    position: ClassVar[int] = 1000
    dated_by: ClassVar[str] = ""

    @classmethod
    def sheet_title(cls) -> Message:
        """The name of the ledger's sheet, in every language."""
        return Message(N_(cls.sheet, "ledger"))

    @classmethod
    @cache
    def fields(cls) -> tuple[Field, ...]:
        """The ledger's columns, in the order of the template."""
        return tuple(
            Field(name=name, **(column.metadata or {})) for name, column in cls.columns().items()
        )

    @classmethod
    def key(cls) -> tuple[str, ...]:
        """The names of the columns that form a row's key."""
        return tuple(f.name for f in cls.fields() if f.key)

    @classmethod
    def month_of_row(cls) -> pl.Expr:
        """The month that a row belongs to, the last of a quarter (Date); null without such a column."""
        spans = [f for f in cls.fields() if f.kind in ("month", "quarter") and f.required]
        name = cls.dated_by or (spans[0].name if spans else "")
        if not name:
            return pl.lit(None, pl.Date)
        month = pl.col(name).dt.truncate("1mo")
        is_quarter = spans and spans[0].name == name and spans[0].kind == "quarter"
        return month.dt.offset_by("2mo") if is_quarter else month

    @classmethod
    @cache
    def about_people(cls) -> bool:
        """Whether its rows are about persons or households.

        This is so where a column is personal or refers to a ledger about people.
        """
        from board.ledgers import by_name

        referenced = {field.refers_to for field in cls.fields() if field.refers_to}
        return any(field.personal for field in cls.fields()) or any(
            by_name()[name].about_people() for name in referenced - {cls.name}
        )

    @classmethod
    @cache
    def row_rules(cls) -> tuple[RowRule, ...]:
        """The rules over one row, in order of declaration."""
        rules: dict[str, RowRule] = {}
        for base in reversed(cls.__mro__):
            for name, value in vars(base).items():
                if isinstance(value, _Rule):
                    rules[name] = RowRule(name=name, **value.fact)
        return tuple(rules.values())

    @classmethod
    @cache
    def rule_expressions(cls) -> dict[str, pl.Expr]:
        """Rule name → the expression that is false for a row that breaks the rule."""
        return {rule.name: getattr(cls, rule.name).validation_fn(cls) for rule in cls.row_rules()}

    @classmethod
    def schema_of_frame(cls) -> dict[str, pl.DataType]:
        """Column name → polars type of a checked frame, provenance included."""
        own = {name: column.dtype for name, column in cls.columns().items()}
        return {**own, "file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}

    @classmethod
    def empty(cls) -> pl.DataFrame:
        """A frame without rows, with the ledger's columns and its provenance."""
        return pl.DataFrame(schema=cls.schema_of_frame())


def _column(make: Callable[..., dy.Column], header: str, kind: Kind, **facts: Any) -> Any:
    required = bool(
        facts.get("required") or (facts.get("key") and not facts.pop("optional", False))
    )
    facts.pop("optional", None)
    return make(
        alias=facts.pop("alias", None),
        nullable=True,
        description=header,
        metadata={"header": header, "kind": kind, **facts, "required": required},
    )


def text(header: str, **facts: Any) -> Any:
    """A text column (String)."""
    return _column(dy.String, header, "text", **facts)


def integer(header: str, **facts: Any) -> Any:
    """A whole-number column (Int64)."""
    return _column(dy.Int64, header, "int", **facts)


def money(header: str, low: float | None = 0, **facts: Any) -> Any:
    """An amount in yuan with two decimals (Float64), not negative unless `low` is None."""
    return _column(dy.Float64, header, "money", low=low, unit="元", **facts)


def number(header: str, **facts: Any) -> Any:
    """A number (Float64)."""
    return _column(dy.Float64, header, "number", **facts)


def percent(header: str, **facts: Any) -> Any:
    """A percentage (Float64): 8.5 means 8.5 %."""
    return _column(dy.Float64, header, "percent", unit="%", **facts)


def date(header: str, **facts: Any) -> Any:
    """A calendar day (Date)."""
    return _column(dy.Date, header, "date", **facts)


def month(header: str, **facts: Any) -> Any:
    """A month, stored as its first day (Date)."""
    return _column(dy.Date, header, "month", **facts)


def quarter(header: str, **facts: Any) -> Any:
    """A quarter, stored as its first day (Date)."""
    return _column(dy.Date, header, "quarter", **facts)


def boolean(header: str, **facts: Any) -> Any:
    """是 or 否 (Boolean)."""
    return _column(dy.Bool, header, "bool", **facts)


def code(header: str, codes: Sequence[str] = (), **facts: Any) -> Any:
    """One value of a list (String)."""
    return _column(dy.String, header, "code", codes=tuple(codes), **facts)


def codes(header: str, codes: Sequence[str] = (), **facts: Any) -> Any:
    """Several values of a list (List(String), null when empty)."""

    def make(**settings: Any) -> dy.Column:
        return dy.List(dy.String(nullable=True), **settings)

    return _column(make, header, "codes", codes=tuple(codes), **facts)


def citizen_id(header: str = "身份证号", **facts: Any) -> Any:
    """An 18-character citizen ID with a valid check digit (String), personal."""
    return _column(dy.String, header, "id", personal=True, **facts)


def required_when(column: str, other: str, value: str) -> _Rule:
    """The rule that `column` must be filled where `other` is `value`."""

    def expression(_: type[Self]) -> pl.Expr:  # type: ignore[misc]
        return (pl.col(other) != value) | pl.col(column).is_not_null()

    return rule(column, N_("{value}时必填"), value=value)(expression)


def at_most(column: str, other: str, expected: str) -> _Rule:
    """The rule that `column` may not exceed `other`."""
    return rule(column, expected)(lambda _: pl.col(column) <= pl.col(other))
