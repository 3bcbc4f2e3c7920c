"""Leaders in charge, mechanisms, items followed up, and tasks that recur."""

from datetime import date, timedelta

from tests.outside.columns import Row
from tests.outside.further.tasks import LENGTHS, name_of
from tests.outside.further.terms import months_of, shift
from tests.outside.sheets import month_end
from tests.outside.town._spread import Spread


class Talks(Spread):
    """Draws what the task force's own ledgers say."""

    def draw_leaders(self) -> None:
        """Levels with nobody, one and two leaders in charge at a time."""
        span = [(0, 5), (6, 9), (8, 13), (15, None)], [(1, 4), (4, 11), (12, None)]
        for rank, terms in zip(("管委领导", "处级领导"), span, strict=True):
            for n, (since, until) in enumerate(terms):
                if since >= len(self.months):
                    continue
                over = until is not None and until < len(self.months)
                row = {
                    "层级": rank,
                    "起始日期": date.fromisoformat(f"{self.months[since]}-01"),
                    "职务": f"{rank}{n}",
                    "姓名": f"{rank[0]}某{n}",
                    "截止日期": month_end(self.months[until or 0]) if over else None,
                }
                self.leaders.append(row)
                self.add("包点台账", self.months[since], row)

    def draw_meetings(self) -> None:
        """Visits and quarterly meetings, more than the core's ledger has."""
        for n in range(2 * len(self.months)):
            month = self.rng.choice(self.months)
            row: Row = {
                "编号": f"M{500 + n}",
                "类型": ("领导调研", "季度工作会议")[n % 2],
                "日期": self.day(month),
                "层级": None,
                "参加单位": [],
            }
            self.dress_meeting(row)
            self.add("会议调研台账", month, row)

    def draw_mechanisms(self) -> None:
        """Most of the plan's mechanisms, with a row now and then."""
        rng = self.rng
        for measure, name in self.plan.mechanisms:
            if self.chance(0.25):
                continue
            for month in sorted(rng.sample(self.months[2:], rng.randint(1, 3))):
                row = {
                    "举措序号": measure,
                    "机制名称": name,
                    "更新日期": self.day(month),
                    "状态": rng.choice(["未建立", "建设中", "运行中", "运行中", "停止"]),
                }
                self.add("机制台账", month, row)

    def draw_follow_ups(self) -> None:
        """Items raised, some done, some accepted, some called off."""
        rng = self.rng
        for n in range(34):
            month = self.months[1] if n == 0 else rng.choice(self.months[2:])
            raised = self.day(month)
            bodies = rng.sample(self.plan.departments, rng.choice([1, 1, 2]))
            base: Row = {
                "事项编号": f"K{n:02}",
                "类型": rng.choice(["议定事项", "问题整改", "领导批示", "督查反馈"]),
                "提出日期": raised,
                "事项": f"事项{n}",
                "责任领导": rng.choice([None, "某主任"]),
                "牵头部门": bodies,
                "时限": raised + timedelta(days=rng.randint(0, 200)),
            }
            self.add("督办台账", month, base | {"更新日期": raised, "状态": "推进中"})
            later = raised + timedelta(days=rng.randint(1, 150))
            if later > month_end(self.months[-1]):
                continue
            fate = rng.choice(["done", "accepted", "off", "open"])
            state: Row = {"状态": "推进中"}
            if fate == "done":
                state = {"状态": "已办结", "办结日期": later}
            elif fate == "accepted":
                done = raised + timedelta(days=rng.randint(0, (later - raised).days))
                state = {"状态": "已销号", "办结日期": done, "销号日期": later, "销号人": "某人"}
            elif fate == "off":
                state = {"状态": "已取消"}
            self.add("督办台账", f"{later:%Y-%m}", base | {"更新日期": later} | state)

    def draw_recurring(self) -> None:
        """Tasks with rounds: done, late, called off, never told of."""
        rng, cadences = self.rng, list(LENGTHS)
        for n in range(10):
            measure = rng.choice(sorted(self.measures))
            bodies = self.measures[measure]
            cadence = cadences[n % 4]
            first = rng.choice(self.months[: len(self.months) // 2])
            starts = self.day(first)
            last = shift(first, rng.randint(4, 20))
            base: Row = {
                "任务编号": f"T{500 + n}",
                "举措序号": measure,
                "任务内容": f"周期任务{n}",
                "牵头部门": bodies[:2],
                "配合部门": [],
                "开始日期": starts,
                "完成时限": rng.choice([month_end(last), month_end(last).replace(day=14)]),
                "周期": cadence,
            }
            days: set[date] = set()
            self.tell(base, days, starts, {"期次": None, "状态": "推进中"})
            month = first
            while month <= last and month in self.months:
                name = name_of(month, LENGTHS[cadence])
                span = months_of(name)
                term = min(month_end(span[-1]), base["完成时限"])
                begins = max(starts, date.fromisoformat(f"{span[0]}-01"))
                day = begins + timedelta(days=rng.randint(1, 40))
                fate = rng.choice(["done", "done", "done", "silent", "open", "off"])
                if fate in ("done", "open"):
                    self.tell(base, days, begins, {"期次": name, "状态": "推进中"})
                if fate == "done":
                    accepted = day + timedelta(days=3) if self.chance(0.5) else None
                    row = {"期次": name, "状态": "已完成", "完成日期": day, "销号日期": accepted}
                    self.tell(base, days, accepted or day, row)
                elif fate == "off":
                    off = rng.choice([begins, term + timedelta(days=5)])
                    self.tell(base, days, off, {"期次": name, "状态": "已取消"})
                month = shift(span[-1], 1)

    def tell(self, base: Row, days: set[date], day: date, row: Row) -> None:
        """Add an update on a day of its own, if the town's months reach it."""
        while day in days:
            day += timedelta(days=1)
        days.add(day)
        if day <= month_end(self.months[-1]):
            self.add("任务台账", f"{day:%Y-%m}", base | {"更新日期": day} | row)
