"""A row of the benchmarks' table: a value, its baseline from the same run, and its aim."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Row:
    """A measured value; less is better.

    `baseline` is another value measured in the same run, and `against` its name. The value
    should be below `aim`. All are in `unit`.
    """

    what: str
    value: float
    unit: str = "s"
    against: str = ""
    baseline: float | None = None
    aim: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value divided by its baseline; None without one."""
        return self.value / self.baseline if self.baseline else None

    @property
    def verdict(self) -> str:
        """Whether the value is below its aim: ok or OVER; empty without an aim."""
        if self.aim is None:
            return ""
        return "ok" if self.value < self.aim else "OVER"


HEADS = ("what", "value", "aim", "", "against", "baseline", "ratio")
WIDTHS = (46, 12, 12, 4, 26, 12, 6)
RIGHT = {1, 2, 5, 6}


def head() -> str:
    """The first line of the table."""
    return _aligned(HEADS)


def line(row: Row) -> str:
    """The row as a line of the table."""
    return _aligned(_cells(row))


def _aligned(cells: Sequence[str]) -> str:
    return "  ".join(
        cell.rjust(width) if n in RIGHT else cell.ljust(width)
        for n, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    ).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    def figure(value: float | None) -> str:
        return (
            ""
            if value is None
            else f"{value:,.3g} {row.unit}"
            if value < 100
            else f"{value:,.0f} {row.unit}"
        )

    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return (
        row.what, figure(row.value), figure(row.aim), row.verdict,
        row.against, figure(row.baseline), ratio,
    )  # fmt: skip


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The seconds that a function took, and its result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def say(text: str) -> None:
    """Print on stderr what is being measured."""
    print(f"… {text}", file=sys.stderr, flush=True)
