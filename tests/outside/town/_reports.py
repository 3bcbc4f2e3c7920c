"""What is reported every month and quarter."""

from datetime import date, timedelta

from tests.outside.columns import (
    ABLE,
    BASES,
    CHANNELS,
    HOME,
    INDUSTRIES,
    KINDS,
    PLACES,
    Row,
)
from tests.outside.sheets import month_end
from tests.outside.town._registers import Registers


class Reports(Registers):
    """Draws work, use of assets and incomes."""

    def make_employment(self, month: str, silent: set[str]) -> list[Row]:
        rng, rows = self.rng, []
        seen: dict[str, Row] = {}
        for row in sorted(self.labour, key=lambda r: r["生效月份"] or ""):
            if (row["生效月份"] or "") <= month:
                seen[row["身份证号"]] = row
        for citizen, row in seen.items():
            if row["户编号"] in silent or self.chance(0.05):
                continue
            if (row["劳动能力"] not in ABLE and self.chance(0.8)) or (
                row["在校生"] and self.chance(0.7)
            ):
                continue
            before = self.jobs.get(citizen, rng.choice(["在业", "在业", "未就业"]))
            if before == "未就业":
                status = "在业" if self.chance(0.25) else "未就业"
            elif before == "暂离":
                status = rng.choice(["在业", "暂离", "未就业"])
            else:
                status = rng.choices(["在业", "未就业", "暂离"], [86, 9, 5])[0]
            self.jobs[citizen] = status
            work: Row = {}
            if status == "在业" or (status == "暂离" and self.chance(0.4)):
                place = rng.choice(PLACES)
                work = {
                    "就业类别": rng.choice(KINDS),
                    "就业渠道": rng.choice([*CHANNELS, None]),
                    "就业地点": place,
                    "就业县市": HOME if place == "区内市外" and self.chance(0.5) else None,
                    "行业": rng.choice(INDUSTRIES),
                    "就业单位": "某厂",
                    "月收入": round(rng.uniform(1200, 6500), rng.choice([0, 2])),
                    "合同月数": rng.choice([None, 6, 12]),
                    "社保月数": rng.choice([None, 0, 6]),
                }
            late = month_end(month) + timedelta(days=self.lateness[month])
            rows.append(
                {
                    "监测月份": month,
                    "身份证号": citizen,
                    "就业状态": status,
                    "是否返乡": rng.choice([None, None, False, True]),
                    "填报人": "填报员",
                    "填报日期": max(
                        date(int(month[:4]), int(month[5:]), 1),
                        late - timedelta(days=rng.choice([0, 0, 0, 3])),
                    ),
                }
                | work
            )
        return rows

    def make_occupancy(self, month: str, assets: list[Row]) -> list[Row]:
        rng, rows = self.rng, []
        seen: dict[str, Row] = {}
        for row in assets:
            if (row["生效月份"] or "") <= month:
                seen[row["资产编号"]] = row
        pace = self.months.index(month) / len(self.months)
        for key, row in seen.items():
            if self.chance(0.08):
                continue
            state = (
                "在用" if self.chance(0.35 + 0.6 * pace) else rng.choice(["闲置", "装修", "停业"])
            )
            used = None
            if row["数量"] > 1 and self.chance(0.8):
                used = rng.randint(0, row["数量"]) if state == "在用" else rng.choice([0, 0, 1])
            rows.append(
                {
                    "月份": month,
                    "资产编号": key,
                    "状态": state,
                    "在用数量": used,
                    "盘活方式": "零散出租" if state == "在用" else None,
                    "月租金": 1500.0 if state == "在用" else None,
                    "带动就业人数": rng.choice([None, 3]),
                }
            )
        return rows

    def make_income(self, quarter: str, step: int, weak: bool) -> list[Row]:
        rng, rows = self.rng, []
        for key in sorted({row["户编号"] for row in self.households}):
            if self.chance(0.25 if weak else 0.05):
                continue
            base = 3000 * (1 + 0.02 * step)
            members = rng.randint(1, 6)
            parts = {
                "工资性收入": round(base * members * rng.uniform(0.5, 0.9), 2),
                "经营净收入": round(base * rng.uniform(-0.2, 0.6), 2),
                "财产净收入": rng.choice([0, round(base * 0.05, 2)]),
                "转移净收入": round(base * rng.uniform(0, 0.3), 2),
            }
            total = round(sum(parts.values()) + rng.choice([0, 0.5]), 2)
            rows.append(
                {"季度": quarter, "户编号": key, "常住人口": members}
                | parts
                | {"可支配收入": rng.choice([None, max(total, 0)]) if total >= 0 else None}
            )
        return rows

    def make_benchmark(self, quarters: list[str]) -> list[Row]:
        rows, missing = [], self.rng.choice(quarters[6:])
        for quarter in quarters:
            step = (int(quarter[:4]) - 2022) + int(quarter[-1]) / 100
            for county, basis in ((HOME, BASES[0]), (HOME, BASES[2]), ("都安瑶族自治县", BASES[0])):
                if quarter == missing and (county, basis) == (HOME, BASES[0]):
                    continue
                rows.append(
                    {
                        "县": county,
                        "季度": quarter,
                        "口径": basis,
                        "累计金额": round(
                            3400 * int(quarter[-1]) * (1.07**step) * self.rng.uniform(0.98, 1.02), 2
                        ),
                        "累计同比增速": round(self.rng.uniform(4, 11), 1)
                        if self.chance(0.6)
                        else None,
                        "来源": "统计局",
                    }
                )
        return rows
