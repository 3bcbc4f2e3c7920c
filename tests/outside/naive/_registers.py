"""Registers with a history: which row holds in a month, who is able to work."""

from datetime import date

from tests.outside.columns import (
    ABLE,
    Row,
)
from tests.outside.naive._terms import Places
from tests.outside.sheets import month_end


class Registers:
    """Who and what is in register at a month."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows
        self.homes = self.history("户台账", "户编号")
        self.people = self.history("劳动力台账", "身份证号")
        self.things = self.history("资产台账", "资产编号")
        self.jobs = {(r["监测月份"], r["身份证号"]): r for r in rows["就业监测台账"]}
        self.used = {(r["月份"], r["资产编号"]): r for r in rows["资产盘活台账"]}
        self.remembered: dict[str, dict[str, tuple[str, tuple[str, str], Row]]] = {}
        self.crowd: dict[str, dict[str, tuple[Row, Row]]] = {}

    def history(self, ledger: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows[ledger]:
            found.setdefault(row[key], []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row["生效月份"] or "")
        return found

    @staticmethod
    def at(history: list[Row], month: str) -> Row | None:
        found = None
        for row in history:
            if (row["生效月份"] or "") <= month:
                found = row
        return found

    def home(self, key: str, month: str) -> Row | None:
        """The household's row, if it is in register at the month."""
        row = self.at(self.homes[key], month)
        if row is None or row["在册状态"] != "在册":
            return None
        if row["入住日期"] and row["入住日期"] > month_end(month):
            return None
        return row

    def persons(self, month: str) -> dict[str, tuple[Row, Row]]:
        """Persons in register: their labour row and their household's row."""
        if month not in self.crowd:
            found = {}
            for key, history in self.people.items():
                row = self.at(history, month)
                home = self.home(row["户编号"], month) if row else None
                if row and home:
                    found[key] = (row, home)
            self.crowd[month] = found
        return self.crowd[month]

    @staticmethod
    def age(citizen: str, day: date) -> int:
        born = date(int(citizen[6:10]), int(citizen[10:12]), int(citizen[12:14]))
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def is_able(self, row: Row, month: str) -> bool:
        old = self.age(row["身份证号"], month_end(month))
        return 16 <= old < 60 and row["劳动能力"] in ABLE and not row["在校生"]

    @staticmethod
    def inside(home: Row, scope: Places) -> bool:
        return (home["楼栋"], home["单元"])[: len(scope)] == scope

    def able(self, month: str, scope: Places) -> dict[str, Row]:
        return {
            key: row
            for key, (row, home) in self.persons(month).items()
            if self.inside(home, scope) and self.is_able(row, month)
        }
