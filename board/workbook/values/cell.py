"""Read one cell by the kind of its column: its value, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from operator import mul
from typing import Any

from board.ledgers import Field
from board.workbook.findings.expected import valid_codes
from board.workbook.findings.fault import Fault, fault
from board.workbook.readers.formats import DATE, PERCENT, TEXT, TIME, WORDS
from board.workbook.readers.sheet import BOOL, ERROR, MOMENT, NUMBER, STRING, UNCOMPUTED
from board.workbook.values.dates import day, moment_of, shown_moment
from board.workbook.values.numbers import number, shown_number
from board.workbook.values.text import cleaned, compact, nearest

Value = tuple[Any, Fault | None]
_SPLIT = re.compile(r"[、,;]")
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_FIFTEEN = re.compile(r"\d{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d\.\d+E\+?\d+", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_NUMERIC = {"int", "money", "number", "percent"}
_LIKELY = {
    "是": {"y", "yes", "1", "true", "√", "✓", "有", "对"},
    "否": {"n", "no", "0", "false", "×", "无", "x"},
}


@dataclass(frozen=True)
class Context:
    """What reading a cell depends on besides its column.

    `from_1904`: the workbook counts days from 1904; `plain_text`: the file is a .csv, whose
    logical values are text.
    """

    today: date
    from_1904: bool = False
    plain_text: bool = False


def value(field: Field, kind: int, text: str, form: str, context: Context) -> Value:
    """The value of a filled cell and its fault, either None; an error has no value.

    `kind` is NUMBER … of readers/sheet.py, `form` the class of its number format.
    """
    if kind == NUMBER and not _finite(text):
        kind = STRING
    if kind == ERROR or (kind == STRING and _ERROR.fullmatch(text.strip())):
        return None, fault("error_value", field, text)
    if kind == UNCOMPUTED:
        return None, fault("formula_without_value", field)
    if field.kind in {"date", "month", "quarter"}:
        if kind == BOOL:
            return None, fault("date", field, _shown_bool(text))
        return day(field, kind, text, form, context.from_1904)
    if kind == BOOL and field.kind != "bool":
        text, kind = _shown_bool(text), STRING
        if field.kind == "text":
            return None, fault("text_logical", field, text)
    if kind == MOMENT or (kind == NUMBER and form in {DATE, TIME}):
        if form == DATE and (moment := moment_of(float(text), context.from_1904)):
            text = shown_moment(moment) if field.kind != "id" else text
        if field.kind in _NUMERIC:
            return None, fault("date_as_number", field, text)
        if field.kind != "id":
            return None, fault("text_date", field, text)
    return _READERS[field.kind](field, kind, text, form, context)


def _finite(text: str) -> bool:
    """Whether the text of a numeric cell is a finite number."""
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _number(field: Field, kind: int, text: str, form: str, _: Context) -> Value:
    return number(field, kind, text, form)


def _text(field: Field, kind: int, text: str, form: str, _: Context) -> Value:
    if kind == NUMBER:
        return _digits(field, text, form)
    if not field.compares:
        return cleaned(text), None
    return compact(text).lstrip("'’") or None, None


def _digits(field: Field, text: str, form: str) -> Value:
    amount = float(text)
    if not amount.is_integer():
        return None, fault("text_fraction", field, text)
    if abs(amount) >= 1e15:
        return None, fault("text_digits_lost", field, text)
    digits = str(int(amount))
    if form and form not in {TEXT, PERCENT, WORDS} and len(digits) < len(form):
        padded_digits = digits.zfill(len(form))
        return None, fault("text_padded", field, digits, suggestion=padded_digits)
    if form in {PERCENT, WORDS}:
        return None, fault("text_shown_otherwise", field, digits)
    return digits, None


def _code(field: Field, kind: int, text: str, form: str, _: Context) -> Value:
    spelling = _code_text(kind, text)
    valid = valid_codes(field)
    if spelling in valid:
        return valid[spelling], None
    suggestion = valid.get(nearest(spelling, valid) or "")
    return None, fault("code", field, spelling, None, suggestion)


def _code_text(kind: int, text: str) -> str:
    return shown_number(float(text)) if kind == NUMBER else compact(text)


def _codes(field: Field, kind: int, text: str, form: str, _: Context) -> Value:
    valid = valid_codes(field)
    codes: dict[str, None] = {}
    parts = [part for part in _SPLIT.split(_code_text(kind, text)) if part]
    for part in parts:
        if part not in valid:
            suggestion = valid.get(nearest(part, valid) or "")
            return None, fault("code", field, part, None, suggestion)
        codes[valid[part]] = None
    if not parts:
        return None, fault("code", field, text, None, next(iter(valid.values()), None))
    return list(codes), None


def _bool(field: Field, kind: int, text: str, form: str, context: Context) -> Value:
    if kind == BOOL:
        return text in {"1", "true", "TRUE"}, None
    spelling = _code_text(kind, text)
    values = {"是": True, "否": False}
    if context.plain_text:
        values |= {"TRUE": True, "FALSE": False}
    if spelling in values:
        return values[spelling], None
    candidates = (word for word, others in _LIKELY.items() if spelling.lower() in others)
    suggestion = next(candidates, None) or nearest(spelling, ["是", "否"])
    return None, fault("bool", field, spelling, None, suggestion)


def _shown_bool(text: str) -> str:
    return "TRUE" if text in {"1", "true", "TRUE"} else "FALSE"


def _id(field: Field, kind: int, text: str, form: str, context: Context) -> Value:
    if kind == NUMBER:
        return None, fault("id_numeric", field, f"{float(text):.0f}")
    citizen_id = text if _ID.fullmatch(text) else compact(text).lstrip("'’").upper()
    if _FIFTEEN.fullmatch(citizen_id):
        return None, fault("id_fifteen", field, citizen_id)
    if _SCIENTIFIC.fullmatch(citizen_id):
        return None, fault("id_numeric", field, citizen_id)
    if not _ID.fullmatch(citizen_id):
        return None, fault("id_form", field, citizen_id, length=len(citizen_id))
    try:
        born = date(int(citizen_id[6:10]), int(citizen_id[10:12]), int(citizen_id[12:14]))
    except ValueError:
        return None, fault("id_birth", field, citizen_id)
    if born > context.today:
        return None, fault("id_future", field, citizen_id, born=born.isoformat())
    if born.year < 1880:
        return None, fault("id_birth", field, citizen_id)
    total = sum(map(mul, map(int, citizen_id[:17]), _WEIGHTS))
    if "10X98765432"[total % 11] != citizen_id[17]:
        return None, fault("id_check_digit", field, citizen_id)
    return citizen_id, None


_READERS: Mapping[str, Callable[[Field, int, str, str, Context], Value]] = {
    "text": lambda field, *rest: (_code if field.codes_from else _text)(field, *rest),
    "int": _number,
    "money": _number,
    "number": _number,
    "percent": _number,
    "bool": _bool,
    "code": _code,
    "codes": _codes,
    "id": _id,
}
