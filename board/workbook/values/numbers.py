"""Read amounts, whole numbers and percentages as staff write them."""

from __future__ import annotations

import re

from board.ledgers import Field
from board.workbook.findings.fault import Fault, fault
from board.workbook.readers.formats import PERCENT
from board.workbook.readers.sheet import NUMBER
from board.workbook.values.text import compact

Number = tuple[float | None, Fault | None]
TOO_LARGE = 1e12
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_BRACKETED = re.compile(r"\(([\d,.]+)\)", re.ASCII)
_WAN = re.compile(r"([+-]?[\d,.]+)[万w]元?", re.ASCII | re.IGNORECASE)
_MINUS = str.maketrans(dict.fromkeys("−﹣‐‑–—", "-"))


def number(field: Field, kind: int, text: str, form: str) -> Number:
    """The number in a cell and its fault; an error has no number, a warning has one."""
    if kind == NUMBER:
        return _stored(field, text, form)
    spelling = compact(text).translate(_MINUS)
    has_percent_sign = spelling.endswith("%")
    if has_percent_sign and field.kind != "percent":
        return None, fault("percent_here", field, text)
    amount = spelling.removesuffix("%")
    if field.kind == "money" or field.kind == "number":
        amount = _without_currency(amount)
    if not (_PLAIN.fullmatch(amount) or _GROUPED.fullmatch(amount)):
        return None, _fault_of(field, text, amount)
    value = float(amount.replace(",", ""))
    decimals = len(amount.partition(".")[2].rstrip("0"))
    if field.kind == "percent" and not has_percent_sign and 0 < abs(value) < 1:
        return _checked(field, text, value, decimals, fault("percent_below_one", field, text))
    return _checked(field, text, value, decimals)


def _without_currency(amount: str) -> str:
    amount = amount.removesuffix("元")
    sign = amount[:1] if amount[:1] in {"+", "-"} else ""
    return sign + amount[len(sign) :].removeprefix("¥")


def _stored(field: Field, text: str, form: str) -> Number:
    value = float(text)
    if form in {"date", "time"}:
        return None, fault("date_as_number", field, text)
    if form == PERCENT:
        if field.kind != "percent":
            return None, fault("percent_here", field, f"{value * 100:.10g}%")
        return _checked(field, f"{value * 100:.10g}%", round(value * 100, 8), 0)
    shown_text = shown_number(value)
    if field.kind == "percent" and 0 < abs(value) < 1:
        return _checked(field, shown_text, value, 0, fault("percent_below_one", field, shown_text))
    noise = max(1e-9, abs(value) * 1e-13)
    decimals = 0 if abs(value - round(value, 2)) <= noise else 3
    return _checked(field, shown_text, value, decimals)


def _checked(
    field: Field, text: str, value: float, decimals: int, warning: Fault | None = None
) -> Number:
    if not abs(value) <= TOO_LARGE:
        return None, fault("too_large", field, text, "≤ 10^12")
    if field.kind == "int":
        if abs(value - round(value)) > 1e-9:
            return None, fault("whole_number", field, text)
        value = round(value)
    elif field.kind == "money":
        if decimals > 2:
            return None, fault("decimals", field, text)
        value = round(value, 2)
    if (field.low is not None and value < field.low) or (
        field.high is not None and value > field.high
    ):
        return None, fault("out_of_bounds", field, text)
    return value + 0.0 if field.kind != "int" else value, warning


def _fault_of(field: Field, text: str, amount: str) -> Fault:
    """The fault of a text that is no number; `amount` lacks its spaces, currency and %."""
    if match := _BRACKETED.fullmatch(amount):
        return fault("brackets_for_minus", field, text, None, "-" + match.group(1))
    if match := _WAN.fullmatch(amount):
        return fault("ten_thousands", field, text, None, _from_wan(match.group(1)))
    if re.fullmatch(r"[+-]?[\d,]+(\.\d*)?", amount, re.ASCII):
        return fault("thousands", field, text, None, amount.replace(",", ""))
    return fault("not_a_number", field, text)


def _from_wan(text: str) -> str | None:
    """Yuan for an amount in 万 (10,000 yuan)."""
    try:
        return shown_number(round(float(text.replace(",", "")) * 10_000, 2))
    except ValueError:
        return None


def shown_number(value: float) -> str:
    """A number as a cell in the General format shows it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
