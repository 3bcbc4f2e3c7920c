"""A plan as its sheets say it, read cell by cell."""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.outside.further import assumed
from tests.outside.further.terms import Scope

Sheet = list[dict[str, str]]
ROUNDS = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}


def names(cell: str) -> list[str]:
    """The names a cell lists."""
    return [name for name in cell.split("、") if name]


def number(cell: str) -> float:
    """0.6 of 0.60, 60% or 60 %."""
    text = unicodedata.normalize("NFKC", cell).replace(" ", "")
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


@dataclass(frozen=True)
class Target:
    """A row of 目标 as it stands for a period."""

    row: dict[str, str]
    due: str
    dated: bool

    @property
    def value(self) -> float:
        """What is to be reached."""
        return number(self.row["目标值"])

    def reached(self, x: float, line: float) -> bool:
        """Whether a figure of `x` keeps to the line."""
        return {
            "≥": x >= line - 1e-12,
            ">": x > line,
            "≤": x <= line + 1e-12,
            "<": x < line,
            "=": abs(x - line) < 1e-12,
        }[self.row["方向"]]

    def verdict(self, low: float, high: float, line: float) -> bool | None:
        """Whether the line is kept for certain, failed for certain, or neither."""
        if self.row["方向"] == "=":
            if low == high:
                return self.reached(low, line)
            return None if low <= line <= high else False
        ends = {self.reached(low, line), self.reached(high, line)}
        return ends.pop() if len(ends) == 1 else None


@dataclass(frozen=True)
class Plan:
    """One plan's folder."""

    folder: Path

    def sheet(self, name: str) -> Sheet:
        """The rows of a sheet; none where the plan has no such sheet."""
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def said(self) -> dict[str, str]:
        """The one row of 方案."""
        return self.sheet("方案")[0]

    @property
    def key(self) -> str:
        """方案编号."""
        return self.said["方案编号"]

    @property
    def settlements(self) -> list[str]:
        """Its settlements."""
        return names(self.said["安置点"])

    @property
    def ages(self) -> range:
        """Ages at which people can be workers."""
        return range(int(self.said["最小年龄"]), int(self.said["最大年龄(不含)"]))

    @property
    def coverage(self) -> float:
        """The least coverage a median or growth may rest on."""
        return number(self.said["覆盖率下限"] or "0.90")

    @cached_property
    def departments(self) -> list[str]:
        """Its bodies."""
        return [row["部门"] for row in self.sheet("部门")]

    @cached_property
    def leading(self) -> set[str]:
        """Bodies named as leading a measure that is no work requirement."""
        rows = [row for row in self.sheet("举措") if not row["举措序号"].startswith("R")]
        return {name for row in rows for name in names(row["牵头部门"])}

    @cached_property
    def numbers(self) -> dict[str, float]:
        """参数."""
        return {row["键"]: number(row["值"]) for row in self.sheet("参数")}

    @cached_property
    def targets(self) -> Sheet:
        """目标."""
        rows = self.sheet("目标")
        if self.key == assumed.PLAN:
            columns = rows[0].keys()
            rows = [row for row in rows if row["指标"] not in assumed.WITHOUT_TARGET]
            rows = assumed.added(rows, assumed.TARGETS, columns)
        return rows

    @cached_property
    def belongings(self) -> Sheet:
        """指标归属."""
        return self.sheet("指标归属")

    @cached_property
    def mechanisms(self) -> list[tuple[str, str]]:
        """Measure and name of every mechanism."""
        return [(row["举措序号"], row["机制名称"]) for row in self.sheet("机制")]

    def kinds(self, metric: str) -> list[str] | None:
        """The kinds of asset a metric is about; None is every kind."""
        rows = self.sheet("口径范围")
        if self.key == assumed.PLAN:
            rows = assumed.added(rows, assumed.KINDS, ("指标", "列", "取值"))
        for row in rows:
            if row["指标"] == metric and row["列"] == "资产类别":
                return names(row["取值"])
        return None

    def usual(self, metric: str) -> str:
        """The filter that holds where none is asked for."""
        filters = {row["筛选"] for row in self.belongings if row["指标"] == metric}
        return filters.pop() if len(filters) == 1 else ""

    def own_month(self, metric: str) -> str | None:
        """The month of a metric's own dated target."""
        dates = [row["期限"] for row in self.targets if row["指标"] == metric]
        return dates[0] if dates else None

    def scope(self, text: str) -> Scope:
        """The scope that a caller's words name."""
        if text in self.departments:
            return Scope(department=text)
        place, *rest = text.split("/")
        settlement = "" if place == self.key or len(self.settlements) == 1 else place
        return Scope(settlement, *rest)

    def target(self, metric: str, asked: str, month: str) -> Target | None:
        """The row of 目标 that holds at a month, if any."""
        if not self.said["起始月份"] <= month <= self.said["结束月份"]:
            return None
        rows = []
        for row in self.targets:
            if row["指标"] != metric:
                continue
            belongs = {"举措序号": row["举措序号"], "指标": metric, "筛选": asked}
            owned = any(belongs.items() <= other.items() for other in self.belongings)
            if row["筛选"] == asked or (not row["筛选"] and owned):
                rows.append(row)
        dated = sorted((r for r in rows if r["期限"] not in ROUNDS), key=lambda r: r["期限"])
        if dated:
            ahead = [r for r in dated if r["期限"] >= month]
            row = ahead[0] if ahead else dated[-1]
            return Target(row, row["期限"], True)
        for row in rows:
            if (row["起"] or month) <= month <= (row["止"] or month):
                length = ROUNDS[row["期限"]]
                last = -(-int(month[5:]) // length) * length
                return Target(row, f"{month[:4]}-{last:02}", False)
        return None

    def last_before(self, metric: str, month: str) -> dict[str, str] | None:
        """The dated row of 目标 that came before a month."""
        rows = [r for r in self.targets if r["指标"] == metric and r["期限"] < month]
        rows = [r for r in rows if r["期限"] not in ROUNDS]
        return max(rows, key=lambda r: r["期限"]) if rows else None
