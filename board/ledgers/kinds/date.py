"""The kind `date`: a calendar day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.i18n import N_
from board.ledgers.fields.days import Days

_EPOCH = datetime.date(1899, 12, 30)


class Date(Days, dy.Date):
    """A calendar day (Date)."""

    kind, title, fill_in = "date", "日期", "日期，如 2023-04-01"
    accepts = N_("日期，如 2023-04-01")
    examples: ClassVar[Mapping[str, Any]] = {
        "2023-04-01": datetime.date(2023, 4, 1),
        "2023年4月1日": datetime.date(2023, 4, 1),
    }
    refusals: ClassVar[Mapping[str, str]] = {
        "4月1日": "date_short",
        "2023-02-30": "date_impossible",
        "去年": "date",
    }
    template_format = export_format = sample_format = "yyyy-mm-dd"
    page_format = "%Y-%m-%d"

    def as_typed(self) -> pl.Expr:
        """Excel's number of the day."""
        return (pl.col(self.name) - pl.lit(_EPOCH)).dt.total_days()
