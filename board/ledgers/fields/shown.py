"""A typed value as the text of a cell."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.ledgers.fields.field import Field
from board.ledgers.fields.numeric import shown_number


def shown(value: object) -> str:
    """A typed value as a cell shows it; empty for None."""
    if isinstance(value, float):
        return shown_number(value)
    if isinstance(value, pl.Series):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def shown_in(declared: Field, value: object) -> str:
    """A value of a column as its cells show it: a month as 2024-03, several codes in one order."""
    if isinstance(value, list):
        return "、".join(sorted(value))
    if isinstance(value, date):
        return str(declared.plain_value(value))
    return shown(value)
