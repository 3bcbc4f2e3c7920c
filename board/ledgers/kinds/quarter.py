"""The kind `quarter`: a quarter of a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.i18n import N_
from board.ledgers.fields.cell import NUMBER, Cell, Context, Value, refused
from board.ledgers.fields.days import Days
from board.ledgers.fields.spelling import compact

_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|年第?([一二三四1-4])季度?)", re.ASCII)
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}


class Quarter(Days, dy.Date):
    """A quarter, stored as its first day (Date)."""

    kind, title, fill_in, accepts = "quarter", "季度", "季度，如 2024-Q1", N_("季度，如 2024-Q1")
    words: ClassVar[Mapping[str, str]] = {
        "quarter": N_("“{header}”的“{found}”不是季度，应为 2024-Q1 或 2024年第一季度"),
    }
    examples: ClassVar[Mapping[str, Any]] = {
        "2024-Q1": date(2024, 1, 1),
        "2024年第二季度": date(2024, 4, 1),
    }
    refusals: ClassVar[Mapping[str, str]] = {"2024-Q5": "quarter", "2024-04-01": "quarter"}
    sample_width = 10

    def constraints(self) -> dict[str, Any]:
        """Only first days of quarters."""
        # `resolution` would start threads when a ledger is declared; a process that has some can't fork.
        return {"check": {"first_day": lambda day: day.dt.truncate("1q") == day}}

    def read(self, cell: Cell, context: Context) -> Value:
        """The first day of the quarter, from text alone."""
        is_text = cell.kind != NUMBER and not cell.is_moment
        first = self.first_day(compact(cell.text)) if is_text else None
        return self.checked(cell.text, *first) if first else refused("quarter", cell.text)

    def first_day(self, spelling: str) -> tuple[int, int, int] | None:
        """The first day of a quarter like 2024-Q1, 2024年第一季度."""
        if match := _QUARTER.fullmatch(spelling):
            year, *quarters = match.groups()
            numeral = next(quarter for quarter in quarters if quarter)
            return int(year), 3 * (_CHINESE.get(numeral) or int(numeral)) - 2, 1
        return None

    @staticmethod
    def plain_value(value: Any) -> Any:
        """The quarter like 2024-Q1."""
        return value and f"{value.year}-Q{(value.month + 2) // 3}"

    @staticmethod
    def exported(value: Any) -> Any:
        """The quarter like 2024-Q1."""
        return Quarter.plain_value(value)

    def as_typed(self) -> pl.Expr:
        """The quarter like 2024-Q1."""
        first = pl.col(self.name)
        return pl.format("{}-Q{}", first.dt.year(), first.dt.quarter()).alias(self.name)
