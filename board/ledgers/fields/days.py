"""Read days, months and quarters in the accepted spellings; an ambiguous one is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from board.i18n import N_
from board.ledgers.fields.cell import (
    DATE,
    EITHER,
    MOMENT,
    NUMBER,
    TIME,
    Cell,
    Context,
    Value,
    fault,
    refused,
)
from board.ledgers.fields.field import Field
from board.ledgers.fields.moments import moment_of, shown_moment
from board.ledgers.fields.spelling import compact, normal

_CLOCK = re.compile(
    r"(?:[\sT]+|(?<=[日号]))([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?Z?$", re.ASCII
)
_DAYS = [
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]", re.ASCII),
    re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII),
]


class Days(Field):
    """A column of calendar days, or of the first days of longer periods."""

    words: ClassVar[Mapping[str, str]] = {
        "date": N_("“{header}”的“{found}”不是可读的写法，应为{expected}"),
        "date_short": N_("“{header}”的“{found}”缺少年份或写法不明，应为{expected}"),
        "date_number": N_("“{header}”是数字 {found}，不是日期；请设为日期格式或写成{expected}"),
        "date_impossible": N_("“{header}”没有这一天：“{found}”"),
        "time_dropped": N_("“{header}”的时刻没有保留，按 {expected} 读取"),
    }
    # Whether a day stands for its month, so that the first of the month is stored.
    is_period: ClassVar[bool] = False
    may_say_nothing = True

    def read_logical(self, cell: Cell, context: Context) -> Value:
        """TRUE and FALSE are no days."""
        return refused("date", cell.shown(context))

    def read_moment(self, cell: Cell, context: Context) -> Value:
        """The day of a date or time."""
        return self.read(cell, context)

    def read(self, cell: Cell, context: Context) -> Value:
        """The day in a cell and its fault."""
        if cell.kind == NUMBER:
            return self._stored(cell, context)
        if cell.kind != MOMENT and (first := self.first_day(compact(cell.text))):
            return self.checked(cell.text, *first)
        return self._written(cell.text)

    def first_day(self, spelling: str) -> tuple[int, int, int] | None:
        """Year, month and day of a period longer than a day, in a text or the digits of a number."""
        return None

    def unread_number(self, digits: str) -> str:
        """The rule that a plain number breaks; `digits` is empty where it has a fraction."""
        return "date_number"

    def _written(self, text: str) -> Value:
        spelling = compact(text)
        clock = _CLOCK.search(normal(text))
        if clock:
            spelling = compact(normal(text)[: clock.start()])
        has_time = clock is not None and any(int(part) for part in clock.groups() if part)
        for pattern in _DAYS:
            if match := pattern.fullmatch(spelling):
                year, _, month, of_month = match.groups()
                return self.checked(text, int(year), int(month), int(of_month), has_time)
        return refused(_unread(spelling), text)

    def _stored(self, cell: Cell, context: Context) -> Value:
        value = float(cell.text)
        # A built-in format of a time is one of a date in other languages: a whole day tells.
        whole_day = cell.form == TIME and value >= 1 and value.is_integer()
        if cell.form in {DATE, EITHER} or whole_day:
            return self._of_serial(value, context)
        digits = str(int(value)) if value.is_integer() and 0 < value < 1e9 else ""
        if len(digits) == 8:
            return self.checked(digits, int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if len(digits) == 6 and (first := self.first_day(digits)):
            return self.checked(digits, *first)
        return refused(self.unread_number(digits), f"{value:.10g}")

    def _of_serial(self, value: float, context: Context) -> Value:
        moment = moment_of(value, context.from_1904)
        if moment is None:
            return refused("date_number", f"{value:.10g}")
        on, seconds = moment
        return self.checked(shown_moment(moment), on.year, on.month, on.day, bool(seconds))

    def checked(
        self, text: str, year: int, month: int, of_month: int, has_time: bool = False
    ) -> Value:
        """The day, or the first of its period; `has_time`: the cell has a time too."""
        try:
            parsed = date(year, month, of_month)
        except ValueError:
            return refused("date_impossible", text)
        if not 1900 <= year <= 2100:
            return refused("date_impossible", text)
        if self.is_period:
            return parsed.replace(day=1), None
        dropped = fault("time_dropped", text, parsed.isoformat(), severity="warning")
        return parsed, dropped if has_time else None


def _unread(spelling: str) -> str:
    """The rule that a text without a day breaks."""
    if re.fullmatch(r"\d{1,6}(\.\d+)?", spelling):
        return "date_number"
    if re.fullmatch(r"\d{1,2}[-/.月]\d{1,2}([-/.日号]\d{0,2})?", spelling):
        return "date_short"
    return "date"
