"""The rows of a town, and who and what is in register at a month."""

from datetime import date
from typing import Any

from tests.outside.columns import ABLE
from tests.outside.further.plan import Plan
from tests.outside.further.terms import Period, Row, Scope, month_of
from tests.outside.sheets import month_end

DAYS = {
    "会议调研台账": "日期",
    "活动台账": "日期",
    "收益分配台账": "分配日期",
    "维修台账": "报修日期",
    "岗位台账": "发布日期",
    "创业贷款台账": "放款日期",
    "就业补助台账": "合同起",
    "防返贫监测台账": "识别日期",
    "走访台账": "走访日期",
    "包点台账": "起始日期",
    "机制台账": "更新日期",
    "督办台账": "提出日期",
    "培训台账": "结束日期",
    "项目台账": "计划开工",
}


class Ground:
    """All rows by ledger, with the plan they are read by."""

    def __init__(self, rows: dict[str, list[Row]], plan: Plan, months: list[str]) -> None:
        self.rows, self.plan, self.months = rows, plan, months
        self.homes = self.history("户台账", "户编号")
        self.people = self.history("劳动力台账", "身份证号")
        self.things = self.history("资产台账", "资产编号")
        self.jobs = {(r["监测月份"], r["身份证号"]): r for r in rows["就业监测台账"]}
        self.uses = {(r["月份"], r["资产编号"]): r for r in rows["资产盘活台账"]}
        self.received: dict[str, set[date]] = {}
        self.unchanged: set[tuple[str, str, date]] = set()  # ledger, month, day it was said
        self.crowds: dict[str, list[tuple[Row, Row]]] = {}
        self.memory: dict[Any, Any] = {}

    def history(self, ledger: str, key: str) -> dict[str, list[Row]]:
        """The rows of a register by what they are about, oldest first."""
        found: dict[str, list[Row]] = {}
        for row in self.rows[ledger]:
            found.setdefault(row[key], []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row.get("生效月份") or "")
        return found

    @staticmethod
    def at(history: list[Row], month: str) -> Row | None:
        """The row that holds at a month."""
        held = [row for row in history if (row.get("生效月份") or "") <= month]
        return held[-1] if held else None

    def home(self, key: str, month: str) -> Row | None:
        """The household's row, if it is in register at the month."""
        row = self.at(self.homes.get(key, []), month)
        if row is None or row["在册状态"] != "在册":
            return None
        return None if row["入住日期"] and row["入住日期"] > month_end(month) else row

    def households(self, month: str, scope: Scope) -> list[Row]:
        """Households in register at the month."""
        rows = (self.home(key, month) for key in self.homes)
        return [row for row in rows if row and scope.holds(row)]

    def persons(self, month: str, scope: Scope) -> list[tuple[Row, Row]]:
        """Persons of households in register: their row and their household's."""
        if month not in self.crowds:
            found = []
            for history in self.people.values():
                row = self.at(history, month)
                home = self.home(row["户编号"], month) if row else None
                if row and home:
                    found.append((row, home))
            self.crowds[month] = found
        return [(row, home) for row, home in self.crowds[month] if scope.holds(home)]

    @staticmethod
    def age(citizen: str, month: str) -> int:
        """Full years on the month's last day."""
        day = month_end(month)
        born = date(int(citizen[6:10]), int(citizen[10:12]), int(citizen[12:14]))
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def is_able(self, row: Row, month: str) -> bool:
        """Whether a person is an able worker."""
        fits = self.age(row["身份证号"], month) in self.plan.ages
        return fits and row["劳动能力"] in ABLE and not row["在校生"]

    def able(self, month: str, scope: Scope) -> list[Row]:
        """Able workers in register at the month."""
        return [row for row, _ in self.persons(month, scope) if self.is_able(row, month)]

    def assets(self, month: str, scope: Scope) -> list[Row]:
        """Assets that are there at the month."""
        rows = (self.at(history, month) for history in self.things.values())
        return [row for row in rows if row and scope.holds(row)]

    def begun(self, ledger: str, period: Period) -> bool:
        """Whether a ledger kept as things happen has its first row by the period's end."""
        return any(row[DAYS[ledger]] <= period.end for row in self.rows[ledger])

    def rows_of(self, ledger: str, period: Period, scope: Scope, to_date: bool = True) -> list[Row]:
        """Rows of an event ledger in the year to date, or in the period."""
        fits = period.to_date if to_date else period.holds
        return [r for r in self.rows[ledger] if fits(r[DAYS[ledger]]) and scope.holds(r)]

    def peopled(self, period: Period, scope: Scope) -> bool:
        """Whether the scope has a household in register in any month of the year to date."""
        months = [f"{period.year}-{number:02}" for number in range(1, int(period.last[5:]) + 1)]
        return any(self.households(month, scope) for month in months)

    def place_then(self, household: str, day: date) -> Row | None:
        """Where a household in register stood on a day."""
        return self.home(household, month_of(day))
