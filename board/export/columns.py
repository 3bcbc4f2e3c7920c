"""The columns of a workbook: header, kind, and the number format of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from board.i18n import _
from board.ledgers import Field
from board.ledgers.kinds import kinds
from board.numerals import Rounded, rounded, unit_word
from board.table import Cell, ColumnKind, Dates, Figures, Table
from board.template import header

TEXT = "@"
FORMATS: dict[ColumnKind, str] = {
    **{name: kind.export_format for name, kind in kinds().items()},
    "mixed": TEXT, "ordinal": "0", "time": "yyyy-mm-dd hh:mm:ss",
    Dates("day"): "yyyy-mm-dd", Dates("month"): "yyyy-mm",
}  # fmt: skip
PROVENANCE = {"batch": "批次", "file": "文件", "sheet": "工作表", "row": "行号"}
ORIGIN: dict[str, ColumnKind] = {
    "batch": "ordinal", "file": "text", "sheet": "text", "row": "ordinal",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a workbook: its name in the frame, its header and its kind."""

    name: str
    header: str
    kind: ColumnKind = "text"


def of_ledger(fields: Iterable[Field], frame: pl.DataFrame) -> tuple[Column, ...]:
    """The columns of a ledger's rows, under the template's headers with units."""
    declared = {
        field.name: Column(field.name, header(field).removesuffix("*"), field.kind)
        for field in fields
    }
    columns = {
        **declared,
        "person_id": Column("person_id", "人员编号"),
        **{name: Column(name, PROVENANCE[name], kind) for name, kind in ORIGIN.items()},
    }
    return tuple(columns[name] for name in frame.columns if name in columns)


def of_table(table: Table) -> tuple[Column, ...]:
    """The columns of a table; its column names are headers already."""
    return tuple(Column(name, name, table.kind(name)) for name in table.frame.columns)


def cell(kind: ColumnKind, value: Any) -> tuple[Any, str]:
    """A value as the workbook stores it, and its number format; a percent is stored as a fraction."""
    if isinstance(value, Cell):
        return cell(value.kind, value.value)
    if isinstance(kind, Figures):
        return figure(kind, value)
    if isinstance(kind, Dates):
        return (kind.absent, TEXT) if value is None else (value, FORMATS[Dates(kind.form)])
    code = FORMATS[kind]
    if kind in kinds() and value is not None:
        value = kinds()[str(kind)].exported(value)
    if isinstance(value, bool):
        return _("是") if value else _("否"), code
    if isinstance(value, list | tuple | pl.Series):
        return "、".join(map(str, value)), code
    return value, code


def figure(kind: Figures, value: float | None) -> tuple[float | str, str]:
    """A figure, rounded as on the page, and its number format.

    58.2% is 0.582 in percent, 1.23万 is 12300, 131人 is 131 with its unit in the format.
    """
    if value is None:
        return kind.absent, TEXT
    word = ""
    if kind.form in ("counted", "change"):
        word = unit_word(value, kind.unit, signed=kind.form == "change")
    amount = rounded(value, kind.unit, kind.form)
    return amount.value, number_format(amount, word)


def number_format(amount: Rounded, word: str) -> str:
    """The number format that shows an amount as the page does; 万 and 亿 are written in full."""
    places = 0 if amount.mark in ("万", "亿") else amount.places
    code = "#,##0" + (f".{'0' * places}" if places else "") + ("%" if amount.mark == "%" else "")
    code += f'"{word}"' if word else ""
    return f"+{code};-{code};{code}" if amount.sign == "+" else code
