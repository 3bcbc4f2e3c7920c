"""Tasks with their updates, and meetings."""

from datetime import date, timedelta

from tests.outside.columns import (
    DEPARTMENTS,
    LEADS,
    Row,
)
from tests.outside.sheets import month_end
from tests.outside.town._reports import Reports


class Tasks(Reports):
    """Draws tasks and meetings."""

    def make_tasks(self) -> list[Row]:
        rng = self.rng
        rows: list[Row] = []
        span = self.months
        for n in range(1, 34):
            measure = rng.choice([m for m in LEADS if m not in ("23", "R2")])
            leads = [DEPARTMENTS[i] for i in LEADS[measure]]
            if n in (1, 2):  # leads only what is not due for a long time
                measure, leads = "R3", ["管委会"]
            start_month = span[0] if n < 8 else rng.choice(span[:-3])
            starts = date(int(start_month[:4]), int(start_month[5:]), rng.randint(1, 14))
            due = starts + timedelta(days=rng.randint(0, 500))
            if n in (1, 2):
                due = date(2026, 12, 31)
            if n % 5 == 0:
                due = max(starts, month_end(rng.choice([m for m in span if m >= start_month])))
            fate = rng.choice(["done", "done", "late", "open", "cancelled"])
            base: Row = {
                "任务编号": f"T{n:02}",
                "举措序号": measure,
                "任务内容": f"任务{n}",
                "牵头部门": leads,
                "配合部门": rng.sample(DEPARTMENTS, rng.choice([0, 1, 2])),
                "开始日期": starts,
                "完成时限": due,
                "周期": rng.choice([None, "一次性", "每月"]),
                "状态": "推进中",
                "进度": None,
            }
            day = starts + timedelta(days=rng.randint(0, 14))
            rows.append(base | {"更新日期": day, "状态": rng.choice(["未开始", "推进中"])})
            for _ in range(rng.randint(0, 3)):
                day += timedelta(days=rng.randint(5, 90))
                rows.append(base | {"更新日期": day, "进度": float(rng.randint(0, 99))})
            if n in (1, 2):
                continue
            day += timedelta(days=rng.randint(1, 40))
            if fate in ("done", "late"):
                done = min(day, due) if fate == "done" and day >= starts else day
                done = max(done, starts)
                accepted = done + timedelta(days=rng.randint(0, 60)) if self.chance(0.6) else None
                last = base | {
                    "状态": "已完成",
                    "完成日期": done,
                    "销号日期": accepted,
                    "更新日期": max(day, accepted or day),
                }
                if self.chance(0.3):  # the term is put off in the same row
                    last["完成时限"] = due + timedelta(days=30)
                rows.append(last)
            elif fate == "cancelled":
                rows.append(base | {"状态": "已取消", "更新日期": day})
                if self.chance(0.5):
                    rows.append(base | {"状态": "已取消", "更新日期": day + timedelta(days=50)})
        return [row for row in rows if row["更新日期"] <= month_end(span[-1])]

    def make_meetings(self) -> list[Row]:
        rng = self.rng
        rows: list[Row] = []
        for month in self.months:
            for _ in range(rng.choice([0, 1, 1, 2])):
                kind = rng.choice(["领导调研", "季度工作会议", "督导检查", "通报批评", "专题会议"])
                raised = rng.choice([None, 0, 3, 7])
                rows.append(
                    {
                        "编号": f"M{len(rows) + 1:03}",
                        "类型": kind,
                        "日期": self.day(month),
                        "层级": rng.choice(["管委领导", "处级领导", "部门负责人", None]),
                        "参加单位": rng.sample(DEPARTMENTS, 2),
                        "提出问题数": raised,
                        "已解决数": None if raised is None else rng.randint(0, raised),
                        "摘要": "摘要",
                    }
                )
        return rows
