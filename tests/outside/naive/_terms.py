"""What the contract calls a figure, a period, a bound and a status."""

from dataclasses import dataclass, field
from typing import Any

from tests.outside.columns import Row

Places = tuple[str, ...]


@dataclass
class Figure:
    """What the contract says a metric must answer; keys that it leaves open are absent."""

    said: dict[str, Any]
    by: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    parts: dict[str, list[Row]] = field(default_factory=dict)


def shift(month: str, count: int) -> str:
    """The month `count` later."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{index // 12}-{index % 12 + 1:02}"


def between(a: str, b: str) -> int:
    """Months from a to b."""
    return (int(b[:4]) - int(a[:4])) * 12 + int(b[5:]) - int(a[5:])


def months_of(period: str) -> list[str]:
    """The months of 2024-03, 2024-Q1, 2024-H1 or 2024."""
    year = period[:4]
    if "Q" in period:
        last, count = int(period[-1]) * 3, 3
    elif "H" in period:
        last, count = int(period[-1]) * 6, 6
    elif len(period) == 4:
        last, count = 12, 12
    else:
        return [period]
    return [f"{year}-{m:02}" for m in range(last - count + 1, last + 1)]


def judged(
    better: str,
    low: float,
    high: float,
    target: float,
    path: float,
    come: bool,
    strict: bool = False,
) -> str:
    """The status of a figure with bounds."""

    def good(x: float, line: float) -> bool:
        if strict:
            return x > line
        return x >= line - 1e-12 if better == "higher" else x <= line + 1e-12

    worst, best = (low, high) if better == "higher" else (high, low)
    line = target if come else path
    if good(worst, line):
        return "met" if come else "on_pace"
    if not good(best, line):
        return "missed" if come else "behind"
    return "undetermined"


def rate(n: float, d: float, missing: float, unreported: int) -> dict[str, Any]:
    if d + missing == 0:
        return {"value": None, "low": None, "high": None, "status": "not_applicable"}
    bounds = {
        "low": n / (d + missing),
        "high": (n + missing) / (d + missing),
        "unreported": unreported,
    }
    if d == 0:
        return bounds | {
            "value": None,
            "numerator": None,
            "denominator": None,
            "status": "no_data",
        }
    return bounds | {"value": n / d, "numerator": n, "denominator": d}


def counted(n: int, expected: int, seen: int, missing: int) -> dict[str, Any]:
    if expected == 0:
        return {"value": None, "low": None, "high": None, "status": "not_applicable"}
    if seen == 0:
        return {
            "value": None,
            "numerator": None,
            "low": 0,
            "high": missing,
            "unreported": missing,
            "status": "no_data",
        }
    return {"value": n, "numerator": n, "low": n, "high": n + missing, "unreported": missing}
