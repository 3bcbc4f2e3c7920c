"""A small random town as ledgers: lists of rows with Chinese headers, awkward on purpose."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from tests.outside.columns import Row
from tests.outside.other_columns import SHEET_KEYS
from tests.outside.sheets import Book, Sheet, month_end
from tests.outside.town._calendar import citizen_id, months, quarter_of
from tests.outside.town._tasks import Tasks

__all__ = ["Load", "Town", "citizen_id", "town"]


@dataclass
class Load:
    """One call of `load`: when it is said to come, and its workbooks."""

    at: str
    books: list[Book]
    withdrawn: bool = False
    unchanged: tuple[str, ...] = ()  # registers said to stand as they were, instead of workbooks
    month: str = ""  # the month of which that is said


@dataclass
class Town:
    """Everything the ledgers of one invented town say, load by load."""

    seed: int
    months: list[str]
    loads: list[Load] = field(default_factory=list)

    def in_force(self, upto: int | None = None) -> dict[str, list[Row]]:
        """Rows by ledger, of each key the newest batch's: now, or as after load `upto`."""
        found: dict[str, dict[tuple[object, ...], Row]] = {ledger: {} for ledger in SHEET_KEYS}
        for number, load in enumerate(self.loads[:upto], 1):
            if load.withdrawn:
                continue
            for book in load.books:
                for sheet in book.sheets:
                    for row in sheet.rows:
                        key = tuple(row.get(column) for column in SHEET_KEYS[sheet.ledger])
                        row["#"] = (number, load.at)
                        found[sheet.ledger][key] = row
        return {ledger: list(rows.values()) for ledger, rows in found.items()}


def entering(part: int, since: str, until: str) -> Callable[[list[Row], str], list[Row]]:
    """What a register's keeper sends with load `part`: first rows at once, others as they come."""

    def rows(register: list[Row], key: str) -> list[Row]:
        first: dict[str, Row] = {}
        for row in register:
            first.setdefault(row[key], row)
        return [
            row
            for row in register
            if (part == 0 if row is first[row[key]] else since <= row["生效月份"] <= until)
        ]

    return rows


class Maker(Tasks):
    """Draws a town and cuts it into loads."""

    def make(self) -> Town:
        """The whole town."""
        rng, self.town = self.rng, Town(self.seed, self.months)
        self.lateness = {m: rng.choice([0, 5, 9, 10, 11, 20]) for m in self.months}
        self.make_households()
        self.make_people()
        self.assets = self.make_assets()
        self.updates, self.held = self.make_tasks(), self.make_meetings()
        quiet = self.make_silence()
        self.work = {m: self.make_employment(m, quiet[m]) for m in self.months}
        self.work[rng.choice(self.months[3:-3])] = []  # a month nobody reported
        self.uses = {m: self.make_occupancy(m, self.assets) for m in self.months}
        self.uses[rng.choice(self.months[2:-2])] = []
        span = months(f"{int(self.months[0][:4]) - 1}-01", self.months[-1])
        self.quarters = sorted({quarter_of(m) for m in span if int(m[5:]) % 3 == 0})
        weak = set(rng.sample(self.quarters, 2))
        self.income = {q: self.make_income(q, i, q in weak) for i, q in enumerate(self.quarters)}
        self.benchmark = self.make_benchmark(self.quarters)
        for part, (first, last) in enumerate(pairwise([0, 3, 12, 25, len(self.months)])):
            if self.months[first:last]:
                self.town.loads.append(self.load(part, self.months[first:last]))
        self.correct()
        return self.town

    def make_silence(self) -> dict[str, set[str]]:
        """Households whose unit reports nothing, by month."""
        quiet: dict[str, set[str]] = {m: set() for m in self.months}
        heads = {row["户编号"]: (row["楼栋"], row["单元"]) for row in self.households}
        for unit in sorted(set(heads.values())):
            for _ in range(2):
                at = self.rng.randrange(len(self.months))
                for m in self.months[at : at + self.rng.choice([1, 1, 3])]:
                    quiet[m] |= {h for h, u in heads.items() if u == unit}
        return quiet

    def load(self, part: int, span: list[str]) -> Load:
        """The workbooks of a stretch of months; the last part takes what is left."""
        until = "9999-12" if span[-1] == self.months[-1] else span[-1]
        of_register = entering(part, span[0], until)
        told = [q for q in self.quarters if q <= quarter_of(until)]
        if part:
            before = quarter_of(self.months[self.months.index(span[0]) - 1])
            told = [q for q in told if q > before]
        work = Sheet("就业监测台账", [r for m in span for r in self.work[m]])
        sheets = {
            "登记": [
                Sheet("户台账", of_register(self.households, "户编号")),
                Sheet("劳动力台账", of_register(self.labour, "身份证号")),
                Sheet("资产台账", of_register(self.assets, "资产编号")),
            ],
            "月报": [work, Sheet("资产盘活台账", [r for m in span for r in self.uses[m]])],
            "收入": [
                Sheet("家庭收入台账", [r for q in told for r in self.income[q]]),
                Sheet("县域基准", [r for r in self.benchmark if r["季度"] in told]),
            ],
            "任务和会议": [
                Sheet("任务台账", self.dated(self.updates, "更新日期", span[0], until)),
                Sheet("会议调研台账", self.dated(self.held, "日期", span[0], until)),
            ],
        }
        if part == 1:  # the same ledger on two sheets
            work.title, half = "就业监测台账(上)", work.rows[1::2]
            work.rows = work.rows[::2]
            sheets["登记"].append(Sheet("就业监测台账", half, "就业监测台账（下）"))
        books = [
            Book(f"{part + 1}-{name}.xlsx", [s for s in kept if s.rows])
            for name, kept in sheets.items()
            if any(s.rows for s in kept)
        ]
        return Load(f"{month_end(span[-1]) + timedelta(days=8)}T10:00:00", books)

    @staticmethod
    def dated(rows: list[Row], column: str, since: str, until: str) -> list[Row]:
        """The rows of a stretch of months."""
        return [row for row in rows if since <= f"{row[column]:%Y-%m}" <= until]

    def correct(self) -> None:
        """Two batches more: one corrects what was told, one was wrong and is withdrawn."""
        rng, rows = self.rng, self.town.in_force()
        last = date.fromisoformat(self.town.loads[-1].at[:10])

        def changed(ledger: str, count: int, change: Callable[[], Row]) -> Sheet:
            drawn = rng.sample(rows[ledger], count)
            kept = [{k: v for k, v in row.items() if k[0] not in "@#"} for row in drawn]
            return Sheet(ledger, [row | change() for row in kept])

        right = [
            changed("就业监测台账", 30, lambda: {"就业状态": rng.choice(["未就业", "暂离"])}),
            changed("户台账", 2, lambda: {"楼栋": "3栋", "单元": "2单元"}),
            changed("资产盘活台账", 5, lambda: {"状态": "闲置", "在用数量": None}),
        ]
        wrong = [changed("就业监测台账", 40, lambda: {"就业状态": "未就业", "就业地点": None})]
        for n, (book, withdrawn) in enumerate(
            [(Book("更正.xlsx", right), False), (Book("填错.xlsx", wrong), True)], 1
        ):
            self.town.loads.append(Load(f"{last + timedelta(days=n)}T10:00:00", [book], withdrawn))


def town(seed: int, first: str = "2023-01", last: str = "2026-02", households: int = 26) -> Town:
    """The town of `seed`."""
    return Maker(seed, first, last, households).make()
