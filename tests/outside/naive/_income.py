"""Household incomes against the county."""

from typing import Any

from tests.outside.columns import (
    BASES,
    HOME,
    Row,
)
from tests.outside.naive._registers import Registers
from tests.outside.naive._terms import Figure, Places, judged, months_of

COMPONENTS = {
    "wage_income": "工资性收入",
    "business_income": "经营净收入",
    "property_income": "财产净收入",
    "transfer_income": "转移净收入",
}


class Income(Registers):
    """Incomes, quarter by quarter."""

    def earners(self, quarter: str) -> dict[str, Row]:
        """Lifted-out households in register at the quarter's last month."""
        month = months_of(quarter)[-1]
        return {
            home["户编号"]: home for row, home in self.persons(month).values() if row["脱贫人口"]
        }

    def per_head(
        self, quarters: list[str], columns: list[str], only: set[str] | None = None
    ) -> float | None:
        total = 0.0
        for quarter in quarters:
            homes = self.earners(quarter)
            rows = [
                r
                for r in self.rows["家庭收入台账"]
                if r["季度"] == quarter
                and r["户编号"] in homes
                and (only is None or r["户编号"] in only)
            ]
            if not rows:
                return None
            amount = sum(r[column] for r in rows for column in columns)
            total += amount / sum(r["常住人口"] for r in rows)
        return total

    def entering(self, period: str) -> tuple[list[str], list[str]]:
        month = months_of(period)[-1]
        year, last = int(month[:4]), int(month[5:]) // 3
        return (
            [f"{year}-Q{q}" for q in range(1, last + 1)],
            [f"{year - 1}-Q{q}" for q in range(1, last + 1)],
        )

    def growth(self, period: str, only: set[str] | None = None) -> float | None:
        now, then = self.entering(period)
        columns = list(COMPONENTS.values())
        new, old = self.per_head(now, columns, only), self.per_head(then, columns, only)
        return None if new is None or not old else new / old - 1

    def matched(self, period: str) -> float | None:
        now, then = self.entering(period)
        told = {(r["季度"], r["户编号"]) for r in self.rows["家庭收入台账"]}
        homes = set(self.homes)
        for quarter in now + then:
            homes &= {h for h in self.earners(quarter) if (quarter, h) in told}
        return self.growth(period, homes) if homes else None

    def benchmark_growth(self, period: str) -> float | None:
        now, then = self.entering(period)
        amounts = {
            r["季度"]: r for r in self.rows["县域基准"] if r["县"] == HOME and r["口径"] == BASES[0]
        }
        row, old = amounts.get(now[-1]), amounts.get(then[-1])
        if row is None:
            return None
        if row["累计同比增速"] is not None:
            return float(row["累计同比增速"]) / 100
        return row["累计金额"] / old["累计金额"] - 1 if old else None

    def income_growth_gap(self, period: str, scope: Places) -> Figure:
        now, then = self.entering(period)
        growth, matched, county = (
            self.growth(period),
            self.matched(period),
            self.benchmark_growth(period),
        )
        missing, weak, rows = 0, False, []
        for quarter in now + then:
            homes = self.earners(quarter)
            told = [
                r
                for r in self.rows["家庭收入台账"]
                if r["季度"] == quarter and r["户编号"] in homes
            ]
            rows += told
            missing += len(homes) - len(told)
            weak = weak or (bool(homes) and len(told) / len(homes) < 0.9)
        said: dict[str, Any] = {
            "target": 0,
            "path": 0,
            "low": None,
            "high": None,
            "unreported": missing,
        }
        if growth is None or county is None:
            return Figure(said | {"value": None, "status": "no_data"})
        gap = (growth - county) * 100
        come = now[-1].endswith("Q4")
        status = "undetermined" if weak else judged("higher", gap, gap, 0, 0, come, strict=True)
        said |= {"value": gap, "status": status, "growth": growth, "benchmark_growth": county}
        if matched is not None:
            said["composition"] = (growth - matched) * 100
        base = self.per_head(then, list(COMPONENTS.values())) or 0
        by = {}
        for key, column in COMPONENTS.items():
            new, old = self.per_head(now, [column]) or 0, self.per_head(then, [column]) or 0
            by[key] = {"value": (new - old) / base * 100}
        return Figure(said, {"component": by}, {"all": rows})

    def matched_income_growth(self, period: str, scope: Places) -> Figure:
        return Figure({"value": self.matched(period)})
