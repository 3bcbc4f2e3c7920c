"""Projects, funds, posts, workshops, loans, repairs, activities, and assets that change."""

from datetime import date, timedelta

from tests.outside.columns import INDUSTRIES, PLACES, Row
from tests.outside.other_columns import (
    ACTIVITIES,
    FUND_LEVELS,
    FUND_SOURCES,
    FUND_USES,
    LEVELS,
    LOAN_FORMS,
    POSTS,
    PROJECT_KINDS,
    PROJECT_STATES,
    REPAIRS,
)
from tests.outside.town._spread import TURN, Spread


class Works(Spread):
    """Draws what the other ledgers say of works, money and events."""

    def place(self, building: bool = True) -> Row:
        """A place of an event; in a plan of several settlements one is named."""
        rng = self.rng
        several = len(self.plan.settlements) > 1
        row: Row = {"安置点": rng.choice([*self.plan.settlements, *self.plan.settlements, None])}
        if building:
            row["楼栋"] = (
                rng.choice(["1栋", "2栋", "3栋", None]) if row["安置点"] or not several else None
            )
            row["单元"] = rng.choice(["1单元", "2单元", None]) if row["楼栋"] else None
        return row

    def draw_asset_changes(self) -> None:
        """Assets that stop and start to be usable, some of them back again."""
        rows = self.town.in_force()["资产台账"]
        keys = [row["资产编号"] for row in rows]
        single = [row for row in rows if keys.count(row["资产编号"]) == 1 and not row["生效月份"]]
        for n, row in enumerate(self.rng.sample(single, 6)):
            kept = {k: v for k, v in row.items() if k[0] not in "@#"}
            first = self.rng.randrange(2, len(self.months) - 3)
            turns = [first] if n % 2 else [first, self.rng.randrange(first + 1, len(self.months))]
            for turn in turns:
                kept = kept | {"生效月份": self.months[turn], "可盘活": not kept["可盘活"]}
                if self.catches_up and turn >= TURN:
                    kept = kept | {"财务决算": "已决算"}
                self.add("资产台账", self.months[turn], kept)

    def draw_accounts(self) -> None:
        """In some towns the accounts of every asset are done after a while."""
        month, latest = self.months[TURN], {}
        rows = self.town.in_force()["资产台账"] + [
            row for part in self.added for row in part.get("资产台账", [])
        ]
        for row in sorted(rows, key=lambda r: r["生效月份"] or ""):
            if (row["生效月份"] or "") <= month:
                latest[row["资产编号"]] = row
        for row in latest.values():
            if self.catches_up and row["生效月份"] != month:
                kept = {k: v for k, v in row.items() if k[0] not in "@#"}
                self.add("资产台账", month, kept | {"生效月份": month, "财务决算": "已决算"})

    def draw_projects(self) -> None:
        """Projects of every state; the first is planned for the first month."""
        rng = self.rng
        for n in range(26):
            month = self.months[0] if n == 0 else rng.choice(self.months[1:])
            planned = self.day(month)
            state = rng.choice(PROJECT_STATES)
            started = None
            if state != "谋划":
                started = max(planned + timedelta(days=rng.randint(-40, 150)), self.first_day(n))
            finished = None
            if started and state in ("完工", "运营"):
                finished = started + timedelta(days=rng.randint(20, 420))
            row = {
                "项目编号": f"J{n:02}",
                "项目名称": f"项目{n}",
                "类别": rng.choice(PROJECT_KINDS),
                "资金来源": rng.choice(FUND_SOURCES[:1] * 3 + FUND_SOURCES),
                "总投资": round(rng.uniform(1e5, 9e6), 2),
                "已拨付": 5000.0,
                "已支出": 4000.0,
                "计划开工": planned,
                "计划完工": planned + timedelta(days=200),
                "实际开工": started,
                "实际完工": finished,
                "建设状态": state,
                "列入滚动计划年度": [self.months[0][:4]] if self.chance(0.7) else [],
                "新续建": rng.choice(["新建", "续建", None]),
                "带动户数": rng.choice([None, 5]),
                "吸纳搬迁劳动力": rng.choice([None, 3, 8]),
                "发放劳务报酬": rng.choice([None, round(rng.uniform(100, 9000), 2)]),
            }
            self.add("项目台账", month, row)

    def first_day(self, n: int) -> date:
        """No work begins before the town's first month; the first project's in it."""
        return date.fromisoformat(f"{self.months[0]}-01") + timedelta(days=n % 20)

    def draw_funds(self) -> None:
        """Each fund's sums grow through a year; some cells and one stretch are empty."""
        rng = self.rng
        silent = set(rng.sample(self.months[1:], 3))
        for n in range(7):
            level, use, got = rng.choice(FUND_LEVELS), FUND_USES[n], 0.0
            for month in self.months:
                got = 1000.0 if month.endswith("-01") or not got else got + rng.randint(0, 900)
                if month in silent or self.chance(0.2):
                    continue
                approved = 20000.0 + n
                empty = self.chance(0.15)
                row = {
                    "资金编号": f"M{n}",
                    "月份": month,
                    "名称": f"资金{n}",
                    "级次": level,
                    "用途": use,
                    "批复金额": approved,
                    "到位金额": None if empty else got,
                    "支出金额": None if empty or self.chance(0.1) else round(got * 0.61, 2),
                }
                self.add("资金台账", month, row)

    def draw_posts(self) -> None:
        """Posts opened over the months."""
        rng = self.rng
        for n in range(20):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            openings = rng.randint(1, 30)
            row = {
                "岗位编号": f"G{n:02}",
                "用人单位": "某厂",
                "岗位名称": "操作工",
                "岗位类型": rng.choice(POSTS),
                "地点": rng.choice(PLACES),
                "行业": rng.choice([*INDUSTRIES, None]),
                "招聘人数": openings,
                "已招人数": rng.choice([None, rng.randint(0, openings)]),
                "发布日期": self.day(month),
                "推送次数": rng.choice([None, 3]),
            }
            self.add("岗位台账", month, row)

    def draw_workshops(self) -> None:
        """Workshops by month, with silent ones."""
        rng = self.rng
        places = {f"W{n}": self.place(building=False) for n in range(3)}
        silent = set(rng.sample(self.months[1:], 2))
        for month in self.months[1:]:
            for key, place in places.items():
                if month in silent or self.chance(0.1):
                    continue
                workers = rng.randint(3, 40)
                row = place | {
                    "车间编号": key,
                    "月份": month,
                    "名称": f"车间{key}",
                    "用工人数": workers,
                    "搬迁劳动力人数": rng.randint(0, workers),
                    "月人均工资": rng.choice([None, 2600]),
                }
                self.add("帮扶车间台账", month, row)

    def draw_loans(self) -> None:
        """Loans below, at and above the cap of either plan."""
        rng = self.rng
        for n in range(14):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            row = {
                "贷款编号": f"D{n:02}",
                "企业名称": f"店{n % 9}",
                "金额": rng.choice([100000, 200000, 200001, 3000000, 3000000.01, 3500000]),
                "放款日期": self.day(month),
                "带动就业": rng.choice([None, 4]),
                "创业形式": rng.choice([*LOAN_FORMS, None]),
            }
            self.add("创业贷款台账", month, row)

    def draw_repairs(self) -> None:
        """Tickets, some told as open at first and as closed by a later load."""
        rng = self.rng
        for n in range(48):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            day = self.day(month)
            due = day + timedelta(days=rng.randint(1, 60))
            if n % 6 == 0:  # due on the last day of its month
                due = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            shut = day + timedelta(days=rng.randint(0, 90)) if self.chance(0.7) else None
            row = self.place() | {
                "工单编号": f"R{n:02}",
                "类别": rng.choice(REPAIRS),
                "报修日期": day,
                "责任单位": rng.choice(["物业", "电梯公司"]),
                "办结时限": rng.choice([due, due, due, due, None]),
                "办结日期": shut,
                "费用": rng.choice([None, round(rng.uniform(10, 900), 2)]),
            }
            if shut and self.chance(0.3) and self.part(month) < self.last:
                self.add("维修台账", month, row | {"办结日期": None})
                self.add("维修台账", self.months[-1], row, late=True)
            else:
                self.add("维修台账", month, row)

    def draw_activities(self) -> None:
        """Activities of every kind."""
        rng = self.rng
        for n in range(90):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            kind = rng.choice(ACTIVITIES)
            level = rng.choice([*LEVELS, None]) if kind == "示范创建" else None
            if kind == "示范创建" and month < self.months[len(self.months) // 2]:
                level = rng.choice(["片区", None])
            row = self.place(building=False) | {
                "编号": f"E{n:03}",
                "类型": kind,
                "日期": self.day(month),
                "参与人次": rng.choice([None, rng.randint(5, 80)]),
                "级别": level,
            }
            self.add("活动台账", month, row)
