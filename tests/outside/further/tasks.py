"""Tasks and the occurrences of those that recur; ledgers that came in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.outside.columns import NAMES
from tests.outside.further.ground import Ground
from tests.outside.further.terms import (
    Figure,
    Item,
    Period,
    Row,
    Scope,
    day_of,
    months_of,
    shift,
)
from tests.outside.sheets import month_end

SHEETS_OF = {
    name: ledger
    for ledger, name in NAMES.items()
    if name in ("households", "labour", "employment", "occupancy", "tasks")
}
LENGTHS = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}


def name_of(month: str, length: int) -> str:
    """The 期次 that holds a month."""
    number = (int(month[5:]) - 1) // length + 1
    return {1: month, 3: f"{month[:4]}-Q{number}", 6: f"{month[:4]}-H{number}", 12: month[:4]}[
        length
    ]


@dataclass
class Occurrence:
    """What is due once: a task, or one of its rounds."""

    task: str
    name: str
    begins: date
    due: date
    last: Row | None
    gone: date | None  # the day that called it off

    def done(self, end: date, column: str = "完成日期") -> bool:
        """Whether it is done, or accepted, by a day."""
        if self.last is None or self.last["状态"] != "已完成":
            return False
        day = self.last.get(column)
        return bool(day and day <= end)


@dataclass
class Task:
    """A task: its latest row, all rows, its occurrences."""

    last: Row
    rows: list[Row]
    rounds: list[Occurrence]


def tasks(ground: Ground) -> list[Task]:
    """Every task with its occurrences."""
    if "tasks" not in ground.memory:
        histories: dict[str, list[Row]] = {}
        for row in sorted(ground.rows["任务台账"], key=lambda r: r["更新日期"]):
            histories.setdefault(row["任务编号"], []).append(row)
        ground.memory["tasks"] = [
            Task(rows[-1], rows, occurrences(rows)) for rows in histories.values()
        ]
    held: list[Task] = ground.memory["tasks"]
    return held


def occurrences(rows: list[Row]) -> list[Occurrence]:
    """The rounds of a task that recurs, or the task as one."""
    last = rows[-1]
    key, starts, due = last["任务编号"], last["开始日期"], last["完成时限"]
    length = LENGTHS.get(last["周期"] or "", 0)
    if not length or not any(row.get("期次") for row in rows):
        off = [row["更新日期"] for row in rows if row["状态"] == "已取消"]
        return [Occurrence(key, "", starts, due, last, min(off) if off else None)]
    found, month = [], f"{starts:%Y-%m}"
    while month <= f"{due:%Y-%m}":
        name = name_of(month, length)
        span = months_of(name)
        own = [row for row in rows if row.get("期次") == name]
        term = min(month_end(span[-1]), due)
        off = [
            row["更新日期"]
            for row in rows
            if row["状态"] == "已取消"
            and row.get("期次") in (None, "", name)
            and row["更新日期"] < term
        ]
        begins = max(starts, date.fromisoformat(f"{span[0]}-01"))
        found.append(
            Occurrence(key, name, begins, term, own[-1] if own else None, min(off) if off else None)
        )
        month = shift(span[-1], 1)
    return found


def standing(task: Task, end: date) -> list[Occurrence]:
    """What of a task has begun and is not called off at a day."""
    return [o for o in task.rounds if o.begins <= end and not (o.gone and o.gone <= end)]


def stands(task: Task, end: date) -> bool:
    """Whether a task has begun and some of it is not called off at a day."""
    called_off = all(o.gone and o.gone <= end for o in task.rounds)
    return task.last["开始日期"] <= end and not called_off


def led(ground: Ground, period: Period, body: str) -> list[Task]:
    """Tasks of a body, begun and not cancelled."""
    return [
        task
        for task in tasks(ground)
        if stands(task, period.end) and (not body or body in task.last["牵头部门"])
    ]


def silent(ground: Ground, period: Period) -> bool:
    """Whether the ledger has no row of the period: nothing is known of its tasks then."""
    return not any(period.holds(row["更新日期"]) for row in ground.rows["任务台账"])


def task_figure(ground: Ground, period: Period, scope: Scope, metric: str) -> Figure:
    """One of the figures of tasks."""
    end, items, today, accepted = period.end, [], 0, 0
    mine = [task for task in led(ground, period, scope.department) if standing(task, end)]
    for task in mine:
        for o in standing(task, end):
            if o.due > end:
                continue
            done, axes = o.done(end), {"department": tuple(task.last["牵头部门"])}
            good = {
                "task_completion": done,
                "accepted_rate": o.done(end, "销号日期"),
                "on_time_rate": o.done(o.due),
                "overdue_tasks": not done and o.due < end,
            }[metric]
            today += not done and o.due == end
            accepted += o.done(end, "销号日期")
            items.append(Item((o.task, o.name), float(good), 1, axes=axes))
    state = "no_data" if silent(ground, period) else "" if mine else "not_applicable"
    if metric == "overdue_tasks":
        for item in items:
            item.d = 0
        figure = Figure("count", items, state, left_open=() if items else ("status",))
    else:
        figure = Figure("rate", items, state or ("" if items else "not_due"))
    if not figure.state and not scope.department:
        figure.axes = {"department": ground.plan.departments}
        busy = {name for task in mine for name in task.last["牵头部门"]}
        figure.absent = frozenset(ground.plan.departments) - busy
    if metric == "task_completion" and not figure.state:
        figure.beside = {"due_today": today, "accepted": accepted}
    return figure


def task_completion(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: done ÷ due."""
    return task_figure(ground, period, scope, "task_completion")


def accepted_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: accepted ÷ due."""
    return task_figure(ground, period, scope, "accepted_rate")


def on_time_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: done by its own term ÷ due."""
    return task_figure(ground, period, scope, "on_time_rate")


def overdue_tasks(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: due before the period's last day and not done."""
    return task_figure(ground, period, scope, "overdue_tasks")


def stale_tasks(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: begun, not done, not cancelled, silent for more than 30 days."""
    end, items = period.end, []
    mine = led(ground, period, scope.department)
    for task in mine:
        days = [row["更新日期"] for row in task.rows if row["更新日期"] <= end]
        off = any(
            r["状态"] == "已取消" and not r.get("期次") and r["更新日期"] <= end for r in task.rows
        )
        live = [o for o in task.rounds if not (o.gone and o.gone <= end)]
        open_still = not off and not all(o.done(end) for o in live)
        stale = open_still and bool(days) and max(days) < end - timedelta(days=30)
        items.append(Item(task.last["任务编号"], float(stale)))
    state = "no_data" if silent(ground, period) else "" if mine else "not_applicable"
    return Figure("count", items, state)


def departments_with_tasks(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R2: bodies leading a task ÷ bodies that lead a measure of the plan."""
    busy = {name for task in led(ground, period, "") for name in task.last["牵头部门"]}
    items = [Item(name, float(name in busy), 1) for name in ground.plan.leading]
    return Figure("rate", items, "no_data" if silent(ground, period) else "")


def received(ground: Ground, name: str, month: str) -> list[date]:
    """The days on which a ledger came for a month, or was said to stand as it was."""
    ledger = SHEETS_OF[name]
    if name == "employment":
        return [row["填报日期"] for row in ground.rows[ledger] if row["监测月份"] == month]
    if name == "tasks":
        return [r["更新日期"] for r in ground.rows[ledger] if f"{r['更新日期']:%Y-%m}" == month]
    if name == "occupancy":
        return [day_of(row["#"][1]) for row in ground.rows[ledger] if row["月份"] == month]
    since, until = date.fromisoformat(f"{month}-10"), month_end(month) + timedelta(days=10)
    same = [day for of, at, day in ground.unchanged if (of, at) == (ledger, month)]
    return same + [day for day in ground.received.get(ledger, set()) if since < day <= until]


def in_time(ground: Ground, name: str, month: str) -> bool:
    """Whether a ledger came for a month by the 10th of the next."""
    limit, days = month_end(month) + timedelta(days=10), received(ground, name, month)
    if name in ("households", "labour"):
        return any(day <= limit for day in days)
    return bool(days) and max(days) <= limit


def ledger_timeliness(ground: Ground, period: Period, scope: Scope, only: str = "") -> Figure:
    """1: months in which the monthly ledgers and the registers came in time ÷ all."""
    items, keepers = [], {r["台账"]: r["责任部门"] for r in ground.plan.sheet("台账分工")}
    names = [name for name, ledger in SHEETS_OF.items() if not only or ledger in only.split("、")]
    months = [f"{period.year}-{number:02}" for number in range(1, int(period.last[5:]) + 1)]
    came = any(received(ground, name, month) for name in SHEETS_OF for month in months)
    for month in months:
        for name in names:
            axes = {"ledger": (name,), "keeper": (keepers[SHEETS_OF[name]],)}
            good = in_time(ground, name, month)
            items.append(Item((name, month), float(good), 1, axes=axes))
    bodies = sorted({keepers[SHEETS_OF[name]] for name in names})
    state = "" if came else "no_data"
    return Figure("rate", items, state, axes={"ledger": names, "keeper": bodies})
