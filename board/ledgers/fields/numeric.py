"""Read amounts, whole numbers and percentages as staff write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from board.i18n import N_
from board.ledgers.fields.cell import NUMBER, PERCENT, Cell, Context, Fault, Value, fault, refused
from board.ledgers.fields.field import Field
from board.ledgers.fields.spelling import compact

TOO_LARGE = 1e12
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_BRACKETED = re.compile(r"\(([\d,.]+)\)", re.ASCII)
_WAN = re.compile(r"([+-]?[\d,.]+)[万w]元?", re.ASCII | re.IGNORECASE)
_MINUS = str.maketrans(dict.fromkeys("−﹣‐‑–—", "-"))


class Numeric(Field):
    """A column of numbers."""

    words: ClassVar[Mapping[str, str]] = {
        "not_a_number": N_("“{header}”应为数字，“{found}”不是"),
        "thousands": N_("“{header}”的千分位逗号位置不对：“{found}”"),
        "brackets_for_minus": N_("“{header}”不用括号表示负数：“{found}”，请写 {suggestion}"),
        "ten_thousands": N_("“{header}”以元为单位，不写“万”：“{found}”，请写 {suggestion}"),
        "too_large": N_("“{header}”太大：“{found}”，不超过 10^12"),
        "out_of_bounds": N_("“{header}”超出范围：“{found}”，应为{expected}"),
        "percent_here": N_("“{header}”不是百分数：“{found}”"),
        "date_as_number": N_("“{header}”应为数字，单元格是日期格式：“{found}”"),
    }
    # Whether an amount may be written with ¥ or 元, and whether with %.
    takes_currency: ClassVar[bool] = False
    takes_percent: ClassVar[bool] = False
    # The kind of number that the template's data validation asks for, where there is a bound.
    validated_as: ClassVar[str] = ""
    may_say_nothing = True

    def constraints(self) -> dict[str, Any]:
        """The bounds, for dataframely."""
        return {"min": self.low, "max": self.high}

    def read_moment(self, cell: Cell, context: Context) -> Value:
        """A date or time is not a number."""
        return refused("date_as_number", cell.shown(context))

    def read(self, cell: Cell, context: Context) -> Value:
        """The number in a cell and its fault; an error has no number, a warning has one."""
        if cell.kind == NUMBER:
            return self._stored(cell)
        spelling = compact(cell.text).translate(_MINUS)
        has_percent_sign = spelling.endswith("%")
        if has_percent_sign and not self.takes_percent:
            return refused("percent_here", cell.text)
        amount = spelling.removesuffix("%")
        if self.takes_currency:
            amount = _without_currency(amount)
        if not (_PLAIN.fullmatch(amount) or _GROUPED.fullmatch(amount)):
            return None, _fault_of(cell.text, amount)
        value = float(amount.replace(",", ""))
        decimals = len(amount.partition(".")[2].rstrip("0"))
        warning = None if has_percent_sign else self.doubt(cell.text, value)
        return self._checked(cell.text, value, decimals, warning)

    def doubt(self, text: str, value: float) -> Fault | None:
        """A warning about a number that was perhaps meant otherwise."""
        return None

    def exact(self, text: str, value: float, decimals: int) -> Value:
        """The number as the kind stores it; `decimals` are those in the cell, more than 2 as 3."""
        return value + 0.0, None

    def _stored(self, cell: Cell) -> Value:
        value = float(cell.text)
        if cell.form == PERCENT:
            text = f"{value * 100:.10g}%"
            if not self.takes_percent:
                return refused("percent_here", text)
            return self._checked(text, round(value * 100, 8), 0)
        text = shown_number(value)
        noise = max(1e-9, abs(value) * 1e-13)
        decimals = 0 if abs(value - round(value, 2)) <= noise else 3
        return self._checked(text, value, decimals, self.doubt(text, value))

    def _checked(
        self, text: str, value: float, decimals: int, warning: Fault | None = None
    ) -> Value:
        if not abs(value) <= TOO_LARGE:
            return refused("too_large", text, "≤ 10^12")
        exact, problem = self.exact(text, value, decimals)
        if problem is not None:
            return None, problem
        if (self.low is not None and exact < self.low) or (
            self.high is not None and exact > self.high
        ):
            return refused("out_of_bounds", text)
        return exact, warning

    def validation(self) -> dict[str, Any]:
        """The bounds, for a kind that says what number Excel should ask for."""
        if not self.validated_as or self.low is None:
            return super().validation()
        if self.high is None:
            return {"validate": self.validated_as, "criteria": ">=", "value": self.low}
        between = {"criteria": "between", "minimum": self.low, "maximum": self.high}
        return {"validate": self.validated_as, **between}


def _without_currency(amount: str) -> str:
    amount = amount.removesuffix("元")
    sign = amount[:1] if amount[:1] in {"+", "-"} else ""
    return sign + amount[len(sign) :].removeprefix("¥")


def _fault_of(text: str, amount: str) -> Fault:
    """The fault of a text that is no number; `amount` lacks its spaces, currency and %."""
    if match := _BRACKETED.fullmatch(amount):
        return fault("brackets_for_minus", text, None, "-" + match.group(1))
    if match := _WAN.fullmatch(amount):
        return fault("ten_thousands", text, None, _from_wan(match.group(1)))
    if re.fullmatch(r"[+-]?[\d,]+(\.\d*)?", amount, re.ASCII):
        return fault("thousands", text, None, amount.replace(",", ""))
    return fault("not_a_number", text)


def _from_wan(text: str) -> str | None:
    """Yuan for an amount in 万 (10,000 yuan)."""
    try:
        return shown_number(round(float(text.replace(",", "")) * 10_000, 2))
    except ValueError:
        return None


def shown_number(value: float) -> str:
    """A number as a cell in the General format shows it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
