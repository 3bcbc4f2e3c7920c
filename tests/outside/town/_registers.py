"""Households, people and assets whose rows change over the months."""

import random
from datetime import date, timedelta

from tests.outside.columns import (
    ABILITIES,
    ABLE,
    ASSET_KINDS,
    GROUPS,
    HOME,
    Row,
)
from tests.outside.sheets import month_end
from tests.outside.town._calendar import citizen_id, months


class Registers:
    """Draws the households, people and assets of a town."""

    def __init__(self, seed: int, first: str, last: str, households: int) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self.jobs: dict[str, str] = {}
        self.lateness: dict[str, int] = {}
        self.months = months(first, last)
        self.first_quarter = f"{int(first[:4]) - 1}-Q1"
        self.households: list[Row] = []
        self.labour: list[Row] = []
        self.count = households
        self.numbers = 100

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def day(self, month: str) -> date:
        return date(int(month[:4]), int(month[5:]), self.rng.randint(1, 28))

    def make_households(self) -> None:
        rng = self.rng
        units = [(f"{b}栋", f"{u}单元") for b in (1, 2, 3) for u in (1, 2)]
        for n in range(1, self.count + 1):
            building, unit = units[n % len(units)] if n > 2 else ("4栋", "1单元")
            home: Row = {
                "户编号": f"H{n:03}",
                "生效月份": None,
                "安置点": "幸福小镇",
                "楼栋": building,
                "单元": unit,
                "房号": f"{rng.randint(1, 18):02}{rng.randint(1, 4):02}",
                "户主姓名": f"户主{n}",
                "家庭人口数": 6,
                "户类别": rng.choice(["脱贫户", "脱贫户", "边缘易致贫户", "一般户"]),
                "迁出县": HOME if self.chance(0.7) else None,
                "入住日期": date(2022, rng.randint(1, 12), rng.randint(1, 28))
                if self.chance(0.8)
                else None,
                "首次入户日期": date(2023, rng.randint(3, 5), rng.randint(1, 30))
                if self.chance(0.85)
                else None,
                "帮扶联系人": f"联系人{n % 5}",
                "联系人类型": "网格员",
                "联系电话": "13800000000",
                "在册状态": "在册",
            }
            if n % 9 == 4:  # moves in later
                home["入住日期"] = self.day(rng.choice(self.months[2:20]))
            if n % 11 == 7:  # enters the register later
                home["生效月份"] = rng.choice(self.months[1:12])
            if n % 13 == 6:
                home["在册状态"] = "注销"
            self.households.append(home)
            fate = n % 6
            start = home["生效月份"] or self.months[0]
            later = [m for m in self.months[3:-2] if m > start]
            if fate == 1 and n > 2:  # moves to another unit
                to = rng.choice([u for u in units if u != (building, unit)])
                row = home | {"生效月份": rng.choice(later), "楼栋": to[0], "单元": to[1]}
                if self.chance(0.5):
                    row["首次入户日期"] = date(2023, 4, rng.randint(1, 30))
                self.households.append(row)
            if fate == 2 and n > 2:  # moves out, and perhaps comes back
                left = rng.choice(later[:-4])
                self.households.append(home | {"生效月份": left, "在册状态": "迁出"})
                if self.chance(0.6):
                    back = rng.choice([m for m in later if m > left])
                    self.households.append(home | {"生效月份": back, "在册状态": "在册"})

    def person(self, home: Row, born: date, **more: object) -> Row:
        self.numbers = self.numbers + 1
        if self.numbers > 999:
            self.numbers = 100
        rng = self.rng
        row = {
            "身份证号": citizen_id(born, self.numbers),
            "姓名": f"居民{len(self.labour)}",
            "生效月份": None,
            "户编号": home["户编号"],
            "与户主关系": "成员",
            "民族": "瑶族",
            "文化程度": rng.choice(["小学", "初中", None]),
            "劳动能力": rng.choice(ABLE) if self.chance(0.85) else rng.choice(ABILITIES[3:]),
            "人群类别": rng.sample(GROUPS, rng.choice([0, 0, 0, 1, 2])),
            "脱贫人口": self.chance(0.7) if home["户类别"] == "脱贫户" else self.chance(0.05),
            "在校生": False,
            "就业意愿": self.chance(0.8),
            "培训意愿": self.chance(0.3),
            "常住片区": self.chance(0.8),
            "联系电话": 13900000000,
        } | more
        self.labour.append(row)
        return row

    def make_people(self) -> None:
        rng = self.rng
        heads = [
            h
            for i, h in enumerate(self.households)
            if h["户编号"] not in {x["户编号"] for x in self.households[:i]}
        ]
        for n, home in enumerate(heads, 1):
            if n <= 2:  # 4栋: one old couple, one household nobody was entered for
                if n == 1:
                    self.person(home, date(1950, 2, 3), 劳动能力="无劳动力", 就业意愿=False)
                    self.person(home, date(1952, 2, 3), 就业意愿=True)
                continue
            for _ in range(rng.randint(1, 3)):
                self.person(
                    home, date(rng.randint(1966, 2003), rng.randint(1, 12), rng.randint(1, 28))
                )
            if n % 5 == 0:  # sixteen on the last day of a month
                month = rng.choice(self.months[1:])
                end = month_end(month)
                self.person(
                    home,
                    date(end.year - 16, end.month, min(end.day, 28) if end.month == 2 else end.day),
                )
            if n % 5 == 1:  # sixty on the last day of a month, or the day after
                month = rng.choice(self.months[1:])
                end = month_end(month)
                born = date(end.year - 60, end.month, 28 if end.month == 2 else end.day)
                self.person(home, born + timedelta(days=rng.choice([0, 0, 1])))
            if n % 7 == 0:  # nobody willing
                for row in self.labour:
                    if row["户编号"] == home["户编号"]:
                        row["就业意愿"] = False
            if n % 4 == 0:  # a student who becomes a worker
                row = self.person(
                    home, date(rng.randint(2003, 2006), 5, 5), 在校生=True, 就业意愿=True
                )
                self.labour.append(row | {"生效月份": rng.choice(self.months[2:]), "在校生": False})
            if n % 8 == 3:  # works, then can't any more; then wants no job
                row = self.person(home, date(rng.randint(1970, 1990), 6, 6))
                turn = rng.choice(self.months[2:-6])
                self.labour.append(row | {"生效月份": turn, "劳动能力": "丧失劳动力"})
                self.labour.append(
                    row
                    | {
                        "生效月份": rng.choice([m for m in self.months if m > turn]),
                        "就业意愿": not row["就业意愿"],
                    }
                )
            if n % 10 == 3:  # marries into another household
                row = self.person(home, date(rng.randint(1990, 2000), 7, 7), 就业意愿=True)
                other = rng.choice([h for h in heads[2:] if h is not home])
                self.labour.append(
                    row | {"生效月份": rng.choice(self.months[2:]), "户编号": other["户编号"]}
                )
            if n % 6 == 5:
                self.person(
                    home,
                    date(2023, 1, 15),
                    生效月份=rng.choice(self.months[3:]),
                    劳动能力="无劳动力",
                )

    def make_assets(self) -> list[Row]:
        rng, found = self.rng, []
        for n in range(1, 19):
            kind = rng.choice(["商业铺面"] * 5 + ASSET_KINDS)
            parking = kind in ("地下车库", "地面停车位")
            row: Row = {
                "资产编号": f"A{n:03}",
                "生效月份": rng.choice(self.months[1:16]) if n % 6 == 0 else None,
                "资产类别": kind,
                "资产名称": f"资产{n}",
                "楼栋": rng.choice(["1栋", "2栋", "3栋", None]),
                "面积": None if parking and self.chance(0.7) else round(rng.uniform(20, 900), 1),
                "数量": rng.randint(20, 90) if parking else rng.choice([1, 1, 1, 8]),
                "可盘活": self.chance(0.85),
                "权属单位": "平台公司",
                "不动产登记": rng.choice(["已登记", "办理中", "未登记", "不适用"]),
                "财务决算": rng.choice(["已决算", "已结算", "未结算"]),
                "原值": 100000.5,
            }
            found.append(row)
            if n % 4 == 0:
                later = [m for m in self.months[2:] if m > (row["生效月份"] or "")]
                found.append(
                    row
                    | {
                        "生效月份": rng.choice(later),
                        "财务决算": "已决算",
                        "不动产登记": "已登记",
                        "可盘活": self.chance(0.5),
                    }
                )
        return found
