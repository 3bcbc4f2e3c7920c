"""Excel's serial numbers of days and times."""

from __future__ import annotations

from datetime import date, timedelta

# The serial number of the last day of 9999, less the four years that counting from 1904 adds.
_END = 2_957_000


def moment_of(value: float, from_1904: bool) -> tuple[date, int] | None:
    """The day and the seconds since midnight of an Excel serial number; None outside its years.

    Of the day that never was, 29 February 1900, there is none either.
    """
    if not 0 <= value < _END:
        return None
    # Excel counts a 29 February 1900 (serial 60) that never was: earlier days are one off.
    if 60 <= value < 61 and not from_1904:
        return None
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 + (value < 60))
    days, seconds = divmod(round(value * 86_400), 86_400)
    return start + timedelta(days=days), seconds


def shown_moment(moment: tuple[date, int]) -> str:
    """A moment as text; midnight is left out."""
    day, seconds = moment
    return f"{day} {timedelta(seconds=seconds)}" if seconds else day.isoformat()
