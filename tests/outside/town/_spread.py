"""Rows of the other ledgers spread over a town's loads, and its own rows with the new columns."""

import random
from datetime import date

from tests.outside.columns import Row
from tests.outside.further.plan import Plan, names
from tests.outside.other_columns import GRADES, SHEETS
from tests.outside.sheets import Book, Sheet
from tests.outside.town import Town

PARTS = (3, 12, 25)
TURN = 12


class Spread:
    """A town made fuller: what is added goes into the load of its month."""

    def __init__(self, town: Town, plan: Plan) -> None:
        self.town, self.plan, self.months = town, plan, town.months
        self.rng = random.Random(f"fuller {town.seed}")
        self.added: list[dict[str, list[Row]]] = [{} for _ in town.loads]
        self.last = sum(len(town.months) > length for length in (0, *PARTS)) - 1
        rows = town.in_force()
        self.homes = {row["户编号"]: row for row in reversed(rows["户台账"])}
        self.people = {row["身份证号"]: row for row in rows["劳动力台账"]}
        self.measures = {
            row["举措序号"]: names(row["牵头部门"]) or plan.departments[:3]
            for row in plan.sheet("举措")
            if not row["举措序号"].startswith("G")
        }
        self.catches_up = bool(town.seed % 2)  # whether the accounts are all done after a while
        self.children: list[Row] = []
        self.leaders: list[Row] = []

    def chance(self, share: float) -> bool:
        """Whether it happens this time."""
        return self.rng.random() < share

    def day(self, month: str) -> date:
        """Any day of a month."""
        return date(int(month[:4]), int(month[5:]), self.rng.randint(1, 28))

    def add(self, ledger: str, month: str, row: Row, late: bool = False) -> None:
        """Put a row into the load of its month; a late one into the last."""
        self.added[self.last if late else self.part(month)].setdefault(ledger, []).append(row)

    def part(self, month: str) -> int:
        """The load that a month's rows come with."""
        at = self.months.index(month) if month in self.months else len(self.months)
        return min(self.last, sum(at >= length for length in PARTS))

    def settled_homes(self) -> set[str]:
        """Households that were there before and never move."""
        counts: dict[str, int] = {}
        for load in self.town.loads:
            for book in load.books:
                for sheet in book.sheets:
                    if sheet.ledger == "户台账":
                        for row in sheet.rows:
                            counts[row["户编号"]] = counts.get(row["户编号"], 0) + 1
        return {
            key
            for key, row in self.homes.items()
            if counts[key] == 1
            and row["在册状态"] == "在册"
            and not row["生效月份"]
            and not (row["入住日期"] and f"{row['入住日期']:%Y-%m}" >= self.months[0])
        }

    def settled_people(self) -> list[str]:
        """Persons with one row, of such households."""
        rows = self.town.in_force()["劳动力台账"]
        often = [row["身份证号"] for row in rows]
        homes = self.settled_homes()
        return sorted(
            row["身份证号"]
            for row in rows
            if row["户编号"] in homes and often.count(row["身份证号"]) == 1 and not row["生效月份"]
        )

    def disabled(self, month: str) -> dict[str, str]:
        """Persons of group 残疾人 and the household each belongs to at a month."""
        rows = [*self.town.in_force()["劳动力台账"], *self.children]
        rows.sort(key=lambda row: row["生效月份"] or "")
        held = {r["身份证号"]: r for r in rows if (r["生效月份"] or "") <= month}
        return {key: r["户编号"] for key, r in held.items() if "残疾人" in (r["人群类别"] or [])}

    def dress(self) -> None:
        """Fill the new columns of the rows that the town has already."""
        for load in self.town.loads:
            for book in load.books:
                for sheet in book.sheets:
                    sheet.kinds = SHEETS[sheet.ledger]
                    for row in sheet.rows:
                        self.dress_row(sheet.ledger, row)

    def dress_row(self, ledger: str, row: Row) -> None:
        """Fill one row."""
        rng = self.rng
        if ledger == "户台账" and len(self.plan.settlements) > 1:
            own = int(row["户编号"][1:]) % 4 < 2
            moved = bool(row["生效月份"]) and self.chance(0.3)
            row["安置点"] = self.plan.settlements[own != moved]
        elif ledger == "劳动力台账":
            groups = [*(row["人群类别"] or []), *(["就业困难人员"] if self.chance(0.2) else [])]
            row["人群类别"] = groups
            if "残疾人" in groups:
                row["残疾等级"] = rng.choice([*GRADES, None])
                row["低保对象"] = rng.choice([True, True, False, None])
        elif ledger == "资产台账":
            row["转固"] = rng.choice(["已转固", "已转固", "未转固", "不适用", None])
            row["土地手续"] = rng.choice(["齐全", "齐全", "办理中", "未办", "不适用", None])
            if self.catches_up and (row["生效月份"] or "") >= self.months[TURN]:
                row["财务决算"] = "已决算"
            if len(self.plan.settlements) > 1:
                row["安置点"] = self.plan.settlements[int(row["资产编号"][1:]) % 2]
                if row["楼栋"] is None and int(row["资产编号"][1:]) % 5 == 0:
                    row["安置点"] = None
        elif ledger == "资产盘活台账" and row["状态"] == "在用":
            row["盘活方式"] = rng.choice(["整体招商", "零散出租", "自营", None])
        elif ledger == "任务台账" and self.plan.departments[0] != "组织人社局":
            number = int(row["任务编号"][1:])
            row["举措序号"] = sorted(self.measures)[number % len(self.measures)]
            row["牵头部门"] = self.measures[row["举措序号"]][: 1 + number % 3]
            row["配合部门"] = []
        elif ledger == "会议调研台账":
            self.dress_meeting(row)

    def dress_meeting(self, row: Row) -> None:
        """Where it was, who led it, who came."""
        rng = self.rng
        row["地点"] = rng.choice(["安置点", "安置点", "安置点", "片区", None])
        leaders = [leader for leader in self.leaders if leader["层级"] == "管委领导"]
        now = [
            x["姓名"]
            for x in leaders
            if x["起始日期"] <= row["日期"] <= (x["截止日期"] or date.max)
        ]
        row["主持"] = rng.choice([*now, *now, *now, leaders[0]["姓名"], "别人", None])
        row["层级"] = rng.choice(["管委领导", "管委领导", "处级领导", None])
        needed = names(self.plan.usual("quarterly_meetings").partition("=")[2])
        others = rng.sample(self.plan.departments, 2)
        row["参加单位"] = rng.choice([needed, [*needed, others[0]], others, []])
        row["参加单位"] = list(dict.fromkeys(row["参加单位"]))

    def hand_in(self) -> None:
        """Add a workbook to each load with what was drawn for it."""
        for number, (load, ledgers) in enumerate(zip(self.town.loads, self.added, strict=True), 1):
            sheets = [Sheet(ledger, rows, kinds=SHEETS[ledger]) for ledger, rows in ledgers.items()]
            if sheets:
                load.books.append(Book(f"{number}-其他台账.xlsx", sheets))
