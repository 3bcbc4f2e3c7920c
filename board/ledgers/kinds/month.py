"""The kind `month`: a month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.i18n import N_
from board.ledgers.fields.days import Days

_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))", re.ASCII)


class Month(Days, dy.Date):
    """A month, stored as its first day (Date)."""

    kind, title, fill_in, accepts = "month", "月份", "月份，如 2024-03", N_("月份，如 2024-03")
    words: ClassVar[Mapping[str, str]] = {
        "month_number": N_(
            "“{header}”是数字 {found}：2024.1 与 2024.10 分不清，请写成 2024-01 这样的文字"
        ),
    }
    examples: ClassVar[Mapping[str, Any]] = {
        "2024-03": date(2024, 3, 1),
        "2024年3月": date(2024, 3, 1),
        "2024-03-15": date(2024, 3, 1),
    }
    refusals: ClassVar[Mapping[str, str]] = {"3月": "date", "2024-13": "date_impossible"}
    template_format = export_format = "yyyy-mm"
    page_format, page_words = "%Y-%m", True
    sample_width = 10
    is_period = True

    def constraints(self) -> dict[str, Any]:
        """Only first days of months."""
        # `resolution` would start threads when a ledger is declared; a process that has some can't fork.
        return {"check": {"first_day": lambda day: day.dt.truncate("1mo") == day}}

    def first_day(self, spelling: str) -> tuple[int, int, int] | None:
        """The first day of a month like 2024-03, 2024年3月, 202403."""
        if match := _MONTH.fullmatch(spelling):
            year, *months = match.groups()
            return int(year), next(int(month) for month in months if month), 1
        return None

    def unread_number(self, digits: str) -> str:
        """2024.1 is either of two months."""
        return "date_number" if digits else "month_number"

    @staticmethod
    def plain_value(value: Any) -> Any:
        """The month like 2024-03."""
        return value and f"{value:%Y-%m}"

    def key_text(self, value: Any) -> str:
        """The month like 2024-03."""
        return str(value)[:7]

    def as_typed(self) -> pl.Expr:
        """The month like 2024-03."""
        return pl.col(self.name).dt.strftime("%Y-%m")
