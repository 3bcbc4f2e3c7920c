"""Read days, months and quarters in the accepted spellings; an ambiguous one is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

from board.ledgers import Field
from board.workbook.findings.fault import Fault, fault
from board.workbook.readers.sheet import MOMENT, NUMBER
from board.workbook.values.text import compact, normal

Day = tuple[date | None, Fault | None]
# The serial number of the last day of 9999, less the four years that counting from 1904 adds.
_END = 2_957_000
_CLOCK = re.compile(
    r"(?:[\sT]+|(?<=[日号]))([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?Z?$", re.ASCII
)
_DAYS = [
    re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]", re.ASCII),
    re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII),
]
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))", re.ASCII)
_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|年第?([一二三四1-4])季度?)", re.ASCII)
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}


def day(field: Field, kind: int, text: str, form: str, from_1904: bool) -> Day:
    """The day in a cell (the first day of a month or quarter) and what is wrong with the cell."""
    if field.kind == "quarter":
        return _quarter(field, kind, text)
    if kind == NUMBER:
        return _stored(field, text, form, from_1904)
    spelling = compact(text)
    if field.kind == "month" and kind != MOMENT and (match := _MONTH.fullmatch(spelling)):
        year, *months = match.groups()
        return _checked(field, text, int(year), next(int(m) for m in months if m), 1, False)
    clock = _CLOCK.search(normal(text))
    if clock:
        spelling = compact(normal(text)[: clock.start()])
    has_time = clock is not None and any(int(part) for part in clock.groups() if part)
    for pattern in _DAYS:
        if match := pattern.fullmatch(spelling):
            year, _, month, of_month = match.groups()
            return _checked(field, text, int(year), int(month), int(of_month), has_time)
    if re.fullmatch(r"\d{1,6}(\.\d+)?", spelling):
        return None, fault("date_number", field, text)
    rule = (
        "date_short"
        if re.fullmatch(r"\d{1,2}[-/.月]\d{1,2}([-/.日号]\d{0,2})?", spelling)
        else "date"
    )
    return None, fault(rule, field, text)


def _stored(field: Field, text: str, form: str, from_1904: bool) -> Day:
    value = float(text)
    if form == "date":
        return _from_serial(field, value, from_1904)
    digits = str(int(value)) if value.is_integer() and 0 < value < 1e9 else ""
    if len(digits) == 8:
        return _checked(field, digits, int(digits[:4]), int(digits[4:6]), int(digits[6:]), False)
    if field.kind == "month" and len(digits) == 6:
        return _checked(field, digits, int(digits[:4]), int(digits[4:]), 1, False)
    rule = "month_number" if field.kind == "month" and not digits else "date_number"
    return None, fault(rule, field, f"{value:.10g}")


def _from_serial(field: Field, value: float, from_1904: bool) -> Day:
    moment = moment_of(value, from_1904)
    if moment is None:
        return None, fault("date_number", field, f"{value:.10g}")
    on, seconds = moment
    return _checked(field, shown_moment(moment), on.year, on.month, on.day, bool(seconds))


def moment_of(value: float, from_1904: bool) -> tuple[date, int] | None:
    """The day and the seconds since midnight of an Excel serial number; None outside its years."""
    if not 0 <= value < _END:
        return None
    # Excel counts a 29 February 1900 (serial 60) that never was: earlier days are one off.
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 + (value < 60))
    days, seconds = divmod(round(value * 86_400), 86_400)
    return start + timedelta(days=days), seconds


def shown_moment(moment: tuple[date, int]) -> str:
    """A moment as text; midnight is left out."""
    day, seconds = moment
    return f"{day} {timedelta(seconds=seconds)}" if seconds else day.isoformat()


def _checked(field: Field, text: str, year: int, month: int, of_month: int, has_time: bool) -> Day:
    """The day, or the first of its month in a month column; `has_time`: the cell has a time too."""
    try:
        parsed = date(year, month, of_month)
    except ValueError:
        return None, fault("date_impossible", field, text)
    if not 1900 <= year <= 2100:
        return None, fault("date_impossible", field, text)
    if field.kind == "month":
        return parsed.replace(day=1), None
    return parsed, fault("time_dropped", field, text, parsed.isoformat()) if has_time else None


def _quarter(field: Field, kind: int, text: str) -> Day:
    match = _QUARTER.fullmatch(compact(text)) if kind not in {NUMBER, MOMENT} else None
    if match is None:
        return None, fault("quarter", field, text)
    year, *quarters = match.groups()
    numeral = next(quarter for quarter in quarters if quarter)
    return _checked(
        field, text, int(year), 3 * (_CHINESE.get(numeral) or int(numeral)) - 2, 1, False
    )
