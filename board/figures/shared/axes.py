"""Axes: months with their years, and round values in their unit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from board.figures.shared.parts import iso
from board.metrics import Unit, shift
from board.numerals import goal, month_alone


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [shift(first.replace(day=1), n) for n in range(count + 1)]


def month_axis(first: date, last: date, most: int = 12, **own: Any) -> dict[str, Any]:
    """A time axis with at most `most` ticks on month ends, the year under its first tick."""
    months = months_between(first, last)
    step = next((n for n in (1, 3, 6, 12) if len(months) / n <= most), 12)
    ticks = [month for month in months if month.month % step == 0]
    if not ticks or (ticks[0] - first).days > max(28 * step * 0.6, (last - first).days * 0.07):
        ticks.insert(0, first.replace(day=1))
    years: set[int] = set()
    words = []
    for tick in ticks:
        words.append(month_alone(tick) + (f"<br>{tick.year}" if tick.year not in years else ""))
        years.add(tick.year)
    room = [
        iso(first - timedelta(days=len(months) / 3)),
        iso(last + timedelta(days=len(months) / 3)),
    ]
    return {
        "type": "date",
        "range": room,
        "tickvals": [iso(tick) for tick in ticks],
        "ticktext": words,
        "tickangle": 0,
        "hoverformat": "%Y-%m",
        **own,
    }


def round_values(low: float, high: float, most: int = 5, least: float = 0) -> list[float]:
    """About `most` round numbers from at most `low` to at least `high`, at least `least` apart."""
    if not high > low:
        pad = max(abs(low) * 0.1, least or 0.1)
        low, high = low - pad, high + pad
    rough = max((high - low) / most, least)
    size = 10 ** math.floor(math.log10(rough))
    steps = (1, 2, 5, 10) if least else (1, 2, 2.5, 5, 10)
    step = next(size * n for n in steps if size * n >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def smallest_step(unit: Unit) -> int:
    """The least distance of ticks: 1 for whole numbers, 0 for rates and points."""
    return 1 if unit.key != "fraction" and unit.decimals == 0 else 0


def value_axis(
    values: Iterable[float | None], unit: Unit, *, zero: bool = False, most: int = 5, **own: Any
) -> dict[str, Any]:
    """An axis over the values, with round ticks formatted in the unit; `zero` includes 0."""
    numbers = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    low = min(low, 0) if zero else low
    ticks = round_values(low, max(high, 0) if zero else high, most, smallest_step(unit))
    if unit.key == "fraction" and high <= 1:
        ticks = [tick for tick in ticks if tick <= 1]
    if low >= 0:
        ticks = [tick for tick in ticks if tick >= 0]
    pad = (ticks[-1] - ticks[0]) * 0.025
    return {
        "range": [ticks[0] - (0 if zero and ticks[0] == 0 else pad), ticks[-1] + pad],
        "tickvals": ticks,
        "ticktext": [goal(tick, unit) for tick in ticks],
        **own,
    }
