"""The declaration of a ledger: its sheet, its keeper, its columns and the rules for its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

import dataframely as dy
import polars as pl

from board.i18n import N_, Message
from board.ledgers.fields import Field
from board.ledgers.fields.cell import Severity
from board.ledgers.kinds import by_module

Cadence = Literal["register", "monthly", "quarterly", "as_held"]

PROVENANCE = ("file", "sheet", "row")


def __getattr__(name: str) -> type[Field]:
    """The kind declared in ledgers/kinds/<name>.py: `column.money("收入")` is a column of amounts."""
    if name in by_module():
        return by_module()[name]
    raise AttributeError(name)


@dataclass(frozen=True)
class RowRule:
    """A rule over one row: the column its findings name, their severity, and what is expected.

    `code` is its name in findings, `name` that of its method; `columns` are the columns it reads.
    """

    name: str
    code: str
    at: str
    severity: Severity
    expected: Message
    columns: frozenset[str]


def rule(
    at: str, expected: str, severity: Severity = "error", *, code: str = "", **gaps: str
) -> Callable[[Callable[[Any], pl.Expr]], Any]:
    """Declare a rule over one row; the method's name is the rule's name in findings.

    `at` is the column that findings name, `expected` what it should contain. The expression is
    true for a valid row; null counts as valid, because a missing value has a finding already.
    `code` is the name in findings where the method can't have it, since a column has it.
    """

    def declare(expression: Callable[[Any], pl.Expr]) -> Any:
        def row_rule(name: str, ledger: type[Ledger]) -> RowRule:
            columns = frozenset(expression(ledger).meta.root_names())
            return RowRule(name, code or name, at, severity, Message(expected, gaps), columns)

        declared = dy.rule()(expression)
        declared.row_rule = row_rule  # type: ignore[attr-defined]
        return declared

    return declare


class _EnglishTitle:
    """A class attribute: the English title of a ledger's sheet."""

    def __get__(self, _: object, ledger: type[Ledger]) -> str:
        return ledger.sheet_title().en


class Ledger(dy.Schema):
    """A ledger; each one is a subclass in a separate file of board/ledgers.

    `sheet` is the sheet's name, `name` the table's, `cadence` how often rows are due, `title_en` the English title of its sheet from
    locale/en/ledgers.po and `position` its rank in the order of ledgers. `dated_by` is the column
    that says to which month a row belongs; by default the first required month or quarter.
    `stated_by` is the column with the day on which a row was filled in.

    A prefilled template goes by `period_of`, `still_open`, `begun`, `expected` and `in_register`, and by the
    columns that are `carried` or `proposed`.
    """

    sheet: ClassVar[str] = ""
    name: ClassVar[str] = ""
    title_en: ClassVar[_EnglishTitle] = _EnglishTitle()
    cadence: ClassVar[Cadence] = "as_held"
    position: ClassVar[int] = 1000
    dated_by: ClassVar[str] = ""
    stated_by: ClassVar[str] = ""

    row_number = dy.Int64(alias="row")

    @classmethod
    def sheet_title(cls) -> Message:
        """The name of the ledger's sheet, in every language."""
        return Message(N_(cls.sheet, "ledger"))

    @classmethod
    @cache
    def fields(cls) -> tuple[Field, ...]:
        """The ledger's columns, in the order of the template."""
        return tuple(column for column in cls.columns().values() if isinstance(column, Field))

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
    def month_kept(cls) -> pl.Expr:
        """The month in which a row was kept or happened (Date), of a quarter the first.

        Null in a register, whose rows hold from the beginning, and without such a column.
        """
        dates = (f for f in cls.fields() if f.kind in ("month", "quarter", "date") and f.required)
        name = cls.dated_by or next((f.name for f in dates), "")
        if not name or cls.cadence == "register":
            return pl.lit(None, pl.Date)
        return pl.col(name).dt.truncate("1mo")

    @classmethod
    @cache
    def period_of(cls) -> Field | None:
        """The column of a monthly or quarterly ledger with a row's month or quarter."""
        if cls.cadence not in ("monthly", "quarterly"):
            return None
        periods = (f for f in cls.fields() if f.kind in ("month", "quarter") and f.required)
        return next(periods, None)

    @classmethod
    @cache
    def carried(cls) -> frozenset[str]:
        """The columns that a prefilled template fills in and locks: the period, and those declared.

        In a register everything but the key may change.
        """
        period, register = cls.period_of(), cls.cadence == "register"
        names = {f.name for f in cls.fields() if f.carried and (f.key or not register)}
        return frozenset(names | {period.name} if period else names)

    @classmethod
    @cache
    def prefilled(cls) -> frozenset[str]:
        """The columns that a prefilled template fills in: `carried` ones, and proposals to change."""
        return cls.carried() | {f.name for f in cls.fields() if f.proposed}

    @classmethod
    def still_open(cls) -> pl.Expr | None:
        """Of a ledger of events: whether an item's latest row leaves it open; None for no items."""
        return None

    @classmethod
    def begun(cls, items: pl.DataFrame, month: datetime.date) -> pl.DataFrame:
        """Of a ledger of events: rows for what begins anew in a month, from the latest row of each item."""
        return items.clear()

    @classmethod
    def expected(cls) -> pl.Expr | None:
        """Of a ledger by month or quarter: for which rows of the register that its key refers to one is due.

        A register with citizen IDs has `of_working_age` besides its columns. None where rows are
        not due for a register.
        """
        return None

    @classmethod
    def in_register(cls, last_day: datetime.date) -> pl.Expr:
        """Of a register: whether the row in force on a day says that its subject is there."""
        return pl.lit(value=True)

    @classmethod
    @cache
    def about_people(cls) -> bool:
        """Whether its rows are about persons or households.

        This is so where a column is personal, but for persons in office, or refers to a ledger
        about people.
        """
        from board.ledgers import by_name

        referenced = {field.refers_to for field in cls.fields() if field.refers_to}
        return any(field.personal and not field.in_office for field in cls.fields()) or any(
            by_name()[name].about_people() for name in referenced - {cls.name}
        )

    @classmethod
    @cache
    def row_rules(cls) -> tuple[RowRule, ...]:
        """The rules over one row, in order of declaration."""
        declared = {
            name: value.row_rule
            for base in reversed(cls.__mro__)
            for name, value in vars(base).items()
            if hasattr(value, "row_rule")
        }
        return tuple(make(name, cls) for name, make in declared.items())

    @classmethod
    @cache
    def rule_expressions(cls) -> dict[str, pl.Expr]:
        """Rule name → the expression that is false for a row that breaks the rule."""
        return {rule.name: getattr(cls, rule.name).validation_fn(cls) for rule in cls.row_rules()}

    @classmethod
    def schema_of_frame(cls) -> dict[str, pl.DataType]:
        """Column name → polars type of a checked frame, provenance included."""
        own = {field.name: field.dtype for field in cls.fields()}
        return {**own, "file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}

    @classmethod
    def in_present_codes(cls, rows: pl.DataFrame) -> pl.DataFrame:
        """Stored rows with the codes of today: an earlier version stored what is an alias now."""
        return rows.with_columns(f.in_present_codes() for f in cls.fields() if f.aliases)

    @classmethod
    def empty(cls) -> pl.DataFrame:
        """A frame without rows, with the ledger's columns and its provenance."""
        return cls._without_rows().clone()

    @classmethod
    @cache
    def _without_rows(cls) -> pl.DataFrame:
        return pl.DataFrame(schema=cls.schema_of_frame())


def required_when(column: str, other: str, *values: str) -> Any:
    """The rule that `column` must be filled where `other` is one of `values`."""

    def expression(_: object) -> pl.Expr:
        return ~pl.col(other).is_in(values) | pl.col(column).is_not_null()

    return rule(column, N_("{value}时必填"), value="、".join(values))(expression)


def at_most(column: str, other: str, expected: str) -> Any:
    """The rule that `column` may not exceed `other`."""
    return rule(column, expected)(lambda _: pl.col(column) <= pl.col(other))


def only_after(column: str, other: str, expected: str) -> Any:
    """The rule that a day in `column` needs one in `other`, and is not before it."""

    def expression(_: object) -> pl.Expr:
        in_order = (pl.col(column) >= pl.col(other)).fill_null(value=False)
        return pl.col(column).is_null() | in_order

    return rule(column, expected)(expression)


def not_before(column: str, other: str, expected: str, severity: Severity = "error") -> Any:
    """The rule that the day in `column` is not before the one in `other`."""
    return rule(column, expected, severity)(lambda _: pl.col(column) >= pl.col(other))
