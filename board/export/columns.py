"""What stands in a column of a workbook: its header, its kind, and the number formats of kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from board.i18n import _, language
from board.ledgers import Field, ledgers
from board.numerals import COUNTED, MONTHS
from board.sections import ColumnKind
from board.template import header

TEXT = "@"
FORMATS: dict[ColumnKind, str] = {
    "text": TEXT, "id": TEXT, "code": TEXT, "codes": TEXT, "bool": TEXT, "quarter": TEXT,
    "figure": TEXT, "int": "#,##0", "ordinal": "0", "money": "#,##0.00", "number": "General",
    "percent": "0.0##%", "date": "yyyy-mm-dd", "month": "yyyy-mm", "time": "yyyy-mm-dd hh:mm:ss",
}  # fmt: skip
PROVENANCE = {"batch": "批次", "file": "文件", "sheet": "工作表", "row": "行号"}
ORIGIN: dict[str, ColumnKind] = {
    "batch": "ordinal", "file": "text", "sheet": "text", "row": "ordinal",
}  # fmt: skip
# A figure as board.numerals writes it; anything else, a room or a code with a leading 0, is text.
FIGURE = re.compile(r"([+−]?)(0|[1-9]\d{0,2}(?:,\d{3})*)(\.\d+)?(%|万|亿)?")
# A day or a month as board.numerals writes it, in either language, or as ledgers do.
DAY = re.compile(
    r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)?"
    r"|(?:(?P<d2>\d{1,2}) )?(?P<m2>[A-Z][a-z]{2}) (?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})(?:-(?P<d3>\d{2}))?"
)
STEPS = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Column:
    """A column as it is written: the frame's `name` for it, its header and its kind."""

    name: str
    header: str
    kind: ColumnKind = "text"


def of_ledger(fields: Iterable[Field], frame: pl.DataFrame) -> tuple[Column, ...]:
    """The columns of a ledger's rows under the headers that its keepers know, units included."""
    declared = {field.name: Column(field.name, titled(field), field.kind) for field in fields}
    known = {
        **declared,
        "person_id": Column("person_id", "人员编号"),
        **{name: Column(name, PROVENANCE[name], kind) for name, kind in ORIGIN.items()},
    }
    return tuple(known[name] for name in frame.columns if name in known)


def titled(field: Field) -> str:
    """A column's header with its unit: 月收入(元)."""
    return header(field).removesuffix("*")


def of_frame(
    frame: pl.DataFrame, kinds: Mapping[str, ColumnKind] | None = None
) -> tuple[Column, ...]:
    """The columns of a table whose names are headers already; `kinds` by header, else by type."""
    said = kinds or {}
    return tuple(
        Column(name, name, said.get(name) or _kind(name, dtype))
        for name, dtype in frame.schema.items()
    )


def _kind(name: str, dtype: pl.DataType) -> ColumnKind:
    if dtype == pl.Boolean:
        return "bool"
    if dtype == pl.Date:
        return "date"
    if isinstance(dtype, pl.Datetime):
        return "time"
    if isinstance(dtype, pl.List):
        return "codes"
    if dtype.is_numeric():
        return "int" if dtype.is_integer() else "number"
    return "text" if name in coded(language()) else "figure"


@cache
def coded(_language: str) -> frozenset[str]:
    """Headers of names and numbers that are no figures: 房号, 户编号, 电话."""
    kinds = ("text", "id", "code", "codes")
    own = {field.header for one in ledgers() for field in one.fields() if field.kind in kinds}
    return frozenset(own | {_(name) for name in own})


def figure(text: str) -> tuple[float, str] | None:
    """A figure's value and number format, as the page says it; none for any other text.

    58.2% is 0.582 in percent, 12.34万 is 123400, 131人 is 131 with its unit in the format: the
    value is no finer than what was shown.
    """
    unit = next((word for word in units(language()) if text.endswith(word)), "")
    found = FIGURE.fullmatch(text.removesuffix(unit))
    if found is None:
        return None
    sign, whole, rest, step = found.groups()
    places = len(rest or ".") - 1
    value = float(whole.replace(",", "") + (rest or ""))
    shape = "#,##0" + (f".{'0' * places}" if places else "")
    if step == "%":
        value, shape = round(value / 100, places + 2), f"{shape}%"
    elif step:
        value, shape = round(value * STEPS[step]), "#,##0"
    if unit:
        shape = f'{shape}"{unit}"'
    if sign == "+":
        shape = f"+{shape};-{shape};{shape}"
    return (-value if sign == "−" else value), shape


@cache
def units(_language: str) -> tuple[str, ...]:
    """What stands behind a counted figure, longest first: 个百分点, 个月, 人; ` households`."""
    words = {_(word) for pair in COUNTED.values() for word in pair}
    found = {re.sub(r"^(\{n\}|1)", "", word) for word in words}
    return tuple(sorted(found - {""}, key=len, reverse=True))


def moment(text: str) -> tuple[date, str] | None:
    """A day or a month that a page says, and its number format; none for any other text."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (
        next((found[f"{part}{n}"] for n in (1, 2, 3) if found[f"{part}{n}"]), "") for part in "ymd"
    )
    try:
        number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
        return date(int(year), number, int(day or 1)), FORMATS["date" if day else "month"]
    except ValueError:
        return None


def cell(kind: ColumnKind, value: Any) -> tuple[Any, str]:
    """A value as the workbook holds it, and its number format: percents are fractions there."""
    shape = FORMATS[kind]
    if kind == "figure" and (found := figure(str(value)) or moment(str(value))) is not None:
        return found
    if kind == "percent" and value is not None:
        return value / 100, shape
    if isinstance(value, bool):
        return _("是") if value else _("否"), shape
    if kind == "quarter" and isinstance(value, date):
        return f"{value.year}-Q{(value.month + 2) // 3}", shape
    if isinstance(value, list | tuple | pl.Series):
        return "、".join(str(one) for one in value), shape
    return value, shape
