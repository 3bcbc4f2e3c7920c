"""The shipped plan as its own files have it: targets, short names, and the texts it is quoted by."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.outside.reading import periods

PLACE = Path(__file__).resolve().parents[3] / "data" / "plans" / "qinzhou-port-2023"
EVERY = {"每月": "month", "每季度": "quarter", "每半年": "half", "每年": "year"}
Row = dict[str, str]


@dataclass(frozen=True)
class Target:
    """A row of the sheet 目标."""

    measure: str
    metric: str
    when: str
    sign: str
    value: float
    firmness: str
    basis: str
    filter: str

    @property
    def every(self) -> str:
        """Month, quarter, half or year; empty for a target with a date."""
        return EVERY.get(self.when, "")


@cache
def sheet(name: str) -> tuple[Row, ...]:
    """The rows of a sheet of the plan."""
    with (PLACE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def targets() -> tuple[Target, ...]:
    """Every target of the plan."""
    return tuple(
        Target(
            row["举措序号"], row["指标"], row["期限"], row["方向"], float(row["目标值"]),
            row["性质"], row["依据"], row["筛选"],
        )
        for row in sheet("目标")
    )  # fmt: skip


def targets_of(metric: str, filter_: str) -> list[Target]:
    """The targets that hold for a metric under a filter."""
    return [t for t in targets() if t.metric == metric and t.filter in ("", filter_)]


def due_in(target: Target, year: int, end: int) -> list[str]:
    """The periods of a year in which a target was due, up to a month."""
    if not target.every:
        whens = [target.when] if target.when.startswith(str(year)) else []
    else:
        length = periods.LENGTHS[target.every]
        lasts = range(year * 12 + length - 1, year * 12 + 12, length)
        whens = [periods.named(last, target.every) for last in lasts]
    return [when for when in whens if periods.last_month(when) <= end]


@cache
def filters() -> dict[str, list[str]]:
    """A metric → the filters under which the plan names it, in its order."""
    listed: dict[str, list[str]] = {}
    for row in sheet("指标归属"):
        texts = listed.setdefault(row["指标"], [])
        if row["筛选"] not in texts:
            texts.append(row["筛选"])
    return listed


@cache
def span() -> tuple[int, int]:
    """The numbers of the plan's first and last month."""
    row = sheet("方案")[0]
    return periods.last_month(row["起始月份"]), periods.last_month(row["结束月份"])


@cache
def short_names() -> dict[str, str]:
    """The short name of each department → its name."""
    return {row["简称"] or row["部门"]: row["部门"] for row in sheet("部门")}


@cache
def titles() -> set[str]:
    """The plan's title and number, as pages quote them."""
    row = sheet("方案")[0]
    return {row["名称"], row["文号"]}
