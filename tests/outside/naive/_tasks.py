"""Tasks, meetings and whether ledgers came in time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.outside.columns import (
    DEPARTMENTS,
    Row,
)
from tests.outside.naive._registers import Registers
from tests.outside.naive._terms import Figure, Places, months_of
from tests.outside.sheets import month_end

# The bodies that lead a numbered measure, and those that a quarterly meeting needs.
LEADING = [name for name in DEPARTMENTS if name != "管委会"]
ATTENDING = {"社会事务局", "乡村振兴工作专班"}


class Tasks(Registers):
    """Tasks and meetings at a period's end."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        super().__init__(rows)
        self.tasks = self.latest_tasks()

    def latest_tasks(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows["任务台账"], key=lambda r: r["更新日期"]):
            found.setdefault(row["任务编号"], []).append(row)
        return found

    def standing(self, period: str) -> list[tuple[Row, list[date]]]:
        """Tasks begun and not cancelled at the period's end: latest row, days of updates."""
        end = month_end(months_of(period)[-1])
        found = []
        for rows in self.tasks.values():
            last, cancelled = rows[-1], None
            for row in reversed(rows):
                if row["状态"] != "已取消":
                    break
                cancelled = row["更新日期"]
            if last["开始日期"] <= end and not (cancelled and cancelled <= end):
                found.append((last, [r["更新日期"] for r in rows if r["更新日期"] <= end]))
        return found

    def task_figure(self, key: str, period: str, department: str) -> Figure:
        end = month_end(months_of(period)[-1])
        led = [
            (r, days)
            for r, days in self.standing(period)
            if not department or department in r["牵头部门"]
        ]
        due = [r for r, _ in led if r["完成时限"] <= end]

        def done(row: Row, column: str = "完成日期") -> bool:
            return bool(row.get(column)) and row[column] <= end

        said: dict[str, Any]
        told = {f"{r['更新日期']:%Y-%m}" for r in self.rows["任务台账"]}
        if not told & set(months_of(period)):
            said = {"value": None, "low": None, "high": None, "status": "no_data"}
            return Figure(said | ({"target": 1} if key == "task_completion" else {}))
        if key == "overdue_tasks":
            hit = [r for r in due if not done(r) and r["完成时限"] < end]
        elif key == "stale_tasks":
            old = end - timedelta(days=30)
            hit = [r for r, days in led if not done(r) and days and days[-1] < old]
        elif key == "task_completion":
            hit = [r for r in due if done(r)]
        elif key == "accepted_rate":
            hit = [r for r in due if done(r, "销号日期")]
        else:
            hit = [r for r in due if r.get("完成日期") and r["完成日期"] <= r["完成时限"]]
        if not led:
            said = {"value": None, "low": None, "high": None, "status": "not_applicable"}
        elif key in ("overdue_tasks", "stale_tasks"):
            n = len(hit)
            said = {"value": n, "numerator": n, "low": n, "high": n, "status": "no_target"}
            if not due and key == "overdue_tasks":
                said = {}
        elif not due:
            said = {"value": None, "low": None, "high": None, "status": "not_due"}
        else:
            value = len(hit) / len(due)
            said = {"value": value, "numerator": len(hit), "denominator": len(due)}
            said |= {"low": value, "high": value, "status": "no_target", "unreported": 0}
            if key == "task_completion":
                said["status"] = "met" if value == 1 else "missed"
        if key == "task_completion":
            said["target"] = 1
        parts = {"numerator": hit}
        if key not in ("overdue_tasks", "stale_tasks"):
            parts["denominator"] = due
        return Figure(said, parts=parts)

    def task_metric(self, key: str, period: str, scope: Places) -> Figure:
        figure = self.task_figure(key, period, scope[0] if scope else "")
        if not scope:
            figure.by["department"] = {
                name: {
                    k: v
                    for k, v in self.task_figure(key, period, name).said.items()
                    if k in ("value", "status")
                }
                for name in DEPARTMENTS
            }
        return figure

    def departments_with_tasks(self, period: str, scope: Places) -> Figure:
        leading = {name for row, _ in self.standing(period) for name in row["牵头部门"]}
        n = len(leading & set(LEADING))
        status = "met" if n == 11 else "missed"
        told = {f"{r['更新日期']:%Y-%m}" for r in self.rows["任务台账"]}
        if not told & set(months_of(period)):
            return Figure({"value": None, "target": 1, "status": "no_data"})
        return Figure(
            {"value": n / 11, "numerator": n, "denominator": 11, "target": 1, "status": status}
        )

    def meetings(self, period: str, to_date: bool = False) -> list[Row]:
        span = months_of(period)
        since = f"{span[-1][:4]}-01" if to_date else span[0]
        return [r for r in self.rows["会议调研台账"] if since <= f"{r['日期']:%Y-%m}" <= span[-1]]

    def held(self, period: str, fits: Callable[[Row], bool | None]) -> Figure:
        """The rows that fit; those of which that is unclear add to the upper bound only."""
        rows = self.meetings(period)
        hit = [r for r in rows if fits(r)]
        n, m = len(hit), len([r for r in rows if fits(r) is None])
        said: dict[str, Any] = {"target": 1}
        first = min((f"{r['日期']:%Y-%m}" for r in self.rows["会议调研台账"]), default="9999")
        if first <= months_of(period)[-1]:
            said |= {"value": n, "numerator": n, "low": n, "high": n + m, "unreported": m}
            said["status"] = "met" if n else "undetermined" if m else "missed"
        return Figure(said, parts={"numerator": hit})

    def leader_visits(self, period: str, scope: Places) -> Figure:
        def fits(row: Row) -> bool | None:
            """No row says where it was and who led it."""
            known = row["类型"] == "领导调研" and row["层级"] in ("管委领导", None)
            return None if known else False

        return self.held(period, fits)

    def quarterly_meetings(self, period: str, scope: Places) -> Figure:
        def fits(row: Row) -> bool | None:
            """No row says where it was."""
            bodies = set(row["参加单位"] or ATTENDING)
            return None if row["类型"] == "季度工作会议" and bodies >= ATTENDING else False

        return self.held(period, fits)

    def issues_settled(self, period: str, scope: Places) -> Figure:
        rows = self.meetings(period, to_date=True)
        raised = sum(r["提出问题数"] or 0 for r in rows)
        settled = sum(r["已解决数"] or 0 for r in rows)
        if not rows or not raised:
            return Figure({"value": None})
        said = {"value": settled / raised, "numerator": settled, "denominator": raised}
        return Figure(said | {"status": "no_target"})

    def ledger_timeliness(self, period: str, scope: Places) -> Figure:
        """Three ledgers are due a month; when batches came, the rows do not say."""
        return Figure({"denominator": 3 * int(months_of(period)[-1][5:]), "target": 1})
