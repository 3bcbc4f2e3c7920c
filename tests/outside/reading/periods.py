"""Periods and places by their names in JSON: 2024-03, 2024-Q1, 2024-H1, 2024; 甲新村/3栋."""

from __future__ import annotations

import re

from tests.outside.reading.words import SEASONS

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def kind(period: str) -> str:
    """Month, quarter, half or year."""
    if len(period) == 4:
        return "year"
    return {"Q": "quarter", "H": "half"}.get(period[5], "month")


def last_month(period: str) -> int:
    """The number of the period's last month, counted from year 0."""
    year, name = int(period[:4]), kind(period)
    if name == "year":
        return year * 12 + 11
    number = int(period[5:].lstrip("QH"))
    return year * 12 + number * LENGTHS[name] - 1


def named(last: int, name: str) -> str:
    """The period of a kind whose last month has that number."""
    year, month = divmod(last, 12)
    length = LENGTHS[name]
    return {
        "month": f"{year}-{month + 1:02}", "year": str(year),
        "quarter": f"{year}-Q{month // length + 1}", "half": f"{year}-H{month // length + 1}",
    }[name]  # fmt: skip


def before(period: str, count: int = 1) -> str:
    """The period of the same kind that many earlier."""
    return named(last_month(period) - count * LENGTHS[kind(period)], kind(period))


def year_before(period: str) -> str:
    """The same period of the year before."""
    return named(last_month(period) - 12, kind(period))


def ended(last: int, name: str) -> str:
    """The latest period of a kind that has ended by a month."""
    length = LENGTHS[name]
    return named((last + 1) // length * length - 1, name)


def within(last: int, name: str) -> str:
    """The period of a kind that a month lies in."""
    length = LENGTHS[name]
    return named(last // length * length + length - 1, name)


def in_words(period: str) -> str:
    """2024年9月, 2024年三季度, 2024年上半年, 2024年."""
    year, rest = period[:4], period[5:]
    if not rest:
        return f"{year}年"
    for word, name in SEASONS.items():
        if name == rest:
            return f"{year}年{word}"
    return f"{year}年{int(rest)}月"


def of_words(text: str) -> str | None:
    """The period of 2024年三季度; None where the text names none."""
    match = re.fullmatch(r"(\d{4})年(?:(\d{1,2})月|(.季度|.半年))?", text)
    if not match:
        return None
    year, month, season = match.groups()
    if month:
        return f"{year}-{int(month):02}"
    if season:
        return f"{year}-{SEASONS[season]}" if season in SEASONS else None
    return str(year)


def place_kind(scope: str) -> str:
    """Plan, building or unit, by the parts of a place's name."""
    return ("plan", "building", "unit")[min(scope.count("/"), 2)]


def around(scope: str, kinds: tuple[str, ...]) -> str:
    """The place itself, or the smallest around it that is of one of the kinds."""
    while place_kind(scope) not in kinds and "/" in scope:
        scope = scope.rpartition("/")[0]
    return scope


def place_in_words(scope: str) -> str:
    """A place's name on the screen: 3栋2单元; the settlement's own name."""
    return "".join(scope.split("/")[1:]) or scope
