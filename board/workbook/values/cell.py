"""Read one value by the kind of its column: the value, and what is wrong with it."""

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
class Manner:
    """What reading a value depends on beside its column."""

    today: date
    from_1904: bool = False
    plain_text: bool = False


def value(field: Field, kind: int, text: str, form: str, manner: Manner) -> Value:
    """The value of a filled cell and its fault; an error comes without a value."""
    if kind == NUMBER and not _finite(text):
        kind = STRING
    if kind == ERROR or (kind == STRING and _ERROR.fullmatch(text.strip())):
        return None, fault("error_value", field, text)
    if kind == UNCOMPUTED:
        return None, fault("formula_without_value", field)
    if field.kind in {"date", "month", "quarter"}:
        if kind == BOOL:
            return None, fault("date", field, _shown_bool(text))
        return day(field, kind, text, form, manner.from_1904)
    if kind == BOOL and field.kind != "bool":
        text, kind = _shown_bool(text), STRING
        if field.kind == "text":
            return None, fault("text_logical", field, text)
    if kind == MOMENT or (kind == NUMBER and form in {DATE, TIME}):
        if form == DATE and (moment := moment_of(float(text), manner.from_1904)):
            text = shown_moment(moment) if field.kind != "id" else text
        if field.kind in _NUMERIC:
            return None, fault("date_as_number", field, text)
        if field.kind != "id":
            return None, fault("text_date", field, text)
    return _READERS[field.kind](field, kind, text, form, manner)


def _finite(text: str) -> bool:
    """Whether a cell that says it is a number holds one."""
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _number(field: Field, kind: int, text: str, form: str, _: Manner) -> Value:
    return number(field, kind, text, form)


def _text(field: Field, kind: int, text: str, form: str, _: Manner) -> Value:
    if kind == NUMBER:
        return _digits(field, text, form)
    if not field.compares:
        return cleaned(text), None
    return compact(text).lstrip("'’") or None, None


def _digits(field: Field, text: str, form: str) -> Value:
    found = float(text)
    if not found.is_integer():
        return None, fault("text_fraction", field, text)
    if abs(found) >= 1e15:
        return None, fault("text_digits_lost", field, text)
    digits = str(int(found))
    if form and form not in {TEXT, PERCENT, WORDS} and len(digits) < len(form):
        shown = digits.zfill(len(form))
        return None, fault("text_padded", field, digits, suggestion=shown)
    if form in {PERCENT, WORDS}:
        return None, fault("text_shown_otherwise", field, digits)
    return digits, None


def _code(field: Field, kind: int, text: str, form: str, _: Manner) -> Value:
    found = _code_text(kind, text)
    valid = valid_codes(field)
    if found in valid:
        return valid[found], None
    suggestion = nearest(found, valid)
    known = valid.get(suggestion or "")
    return None, fault("code", field, found, None, known)


def _code_text(kind: int, text: str) -> str:
    return shown_number(float(text)) if kind == NUMBER else compact(text)


def _codes(field: Field, kind: int, text: str, form: str, _: Manner) -> Value:
    valid = valid_codes(field)
    found: dict[str, None] = {}
    parts = [part for part in _SPLIT.split(_code_text(kind, text)) if part]
    for part in parts:
        if part not in valid:
            known = valid.get(nearest(part, valid) or "")
            return None, fault("code", field, part, None, known)
        found[valid[part]] = None
    if not parts:
        return None, fault("code", field, text, None, next(iter(valid.values()), None))
    return list(found), None


def _bool(field: Field, kind: int, text: str, form: str, manner: Manner) -> Value:
    if kind == BOOL:
        return text in {"1", "true", "TRUE"}, None
    shown = _code_text(kind, text)
    known = {"是": True, "否": False}
    if manner.plain_text:
        known |= {"TRUE": True, "FALSE": False}
    if shown in known:
        return known[shown], None
    likely = next((word for word, other in _LIKELY.items() if shown.lower() in other), None)
    return None, fault("bool", field, shown, None, likely or nearest(shown, ["是", "否"]))


def _shown_bool(text: str) -> str:
    return "TRUE" if text in {"1", "true", "TRUE"} else "FALSE"


def _id(field: Field, kind: int, text: str, form: str, manner: Manner) -> Value:
    if kind == NUMBER:
        return None, fault("id_numeric", field, f"{float(text):.0f}")
    shown = text if _ID.fullmatch(text) else compact(text).lstrip("'’").upper()
    if _FIFTEEN.fullmatch(shown):
        return None, fault("id_fifteen", field, shown)
    if _SCIENTIFIC.fullmatch(shown):
        return None, fault("id_numeric", field, shown)
    if not _ID.fullmatch(shown):
        return None, fault("id_form", field, shown, length=len(shown))
    try:
        born = date(int(shown[6:10]), int(shown[10:12]), int(shown[12:14]))
    except ValueError:
        return None, fault("id_birth", field, shown)
    if born > manner.today:
        return None, fault("id_future", field, shown, born=born.isoformat())
    if born.year < 1880:
        return None, fault("id_birth", field, shown)
    total = sum(map(mul, map(int, shown[:17]), _WEIGHTS))
    if "10X98765432"[total % 11] != shown[17]:
        return None, fault("id_check_digit", field, shown)
    return shown, None


_READERS: Mapping[str, Callable[[Field, int, str, str, Manner], Value]] = {
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
