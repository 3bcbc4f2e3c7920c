"""The history of every task: its start, monthly updates, completion and acceptance.

Of the tasks that come again, those with `by_period` in tasks.csv report each of their periods.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from board.sample import story
from board.sample.periods import Period, periods
from board.sample.rows import ROWS

# lead department → share of its tasks done in time, and the most days by which others are late
PERFORMANCE = {
    "default": (0.86, 70),
    "管委会": (1.0, 20),
    "组织人社局": (0.9, 45),
    "招商服务中心": (0.6, 120),
}
LAGGARD_PERFORMANCE = (0.25, 320)
NEVER = 0.5
"""The share of the late tasks of story.LAGGARD that are never done."""
REASONS = 6
"""A reason is drawn as one of so many; a task with fewer reasons has each several times."""
MISSED = {
    ("按季开展消防演练(2024年)", "2024-Q1"),
    ("每季度召开一次现场会议(2024年)", "2024-Q1"),
    ("按月更新就业监测台账并核对数据质量(2024年)", "2024-02"),
    ("开展防返贫集中排查(2024年)", "2024-H1"),
}
"""Tasks and their periods in which they were not done."""
LATE = 0.15
"""The share of periods reported as done some days after their end."""
CANCELLED = {"组建劳务派遣子公司": date(2025, 2, 1)}
MISSED_FOR_GOOD = ("2024年底铺面等资产盘活率达到60%",)


class Update(ROWS.tasks):
    """A row of the task ledger."""


@cache
def task_list() -> tuple[dict[str, str], ...]:
    """The invented tasks of the plan, in the order of its measures."""
    with (Path(__file__).parent / "tasks.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def tasks(months: int, seed: int) -> dict[date, list[Update]]:
    """Month → the updates reported in it."""
    rng, of_periods = story.random_stream(seed, "tasks"), story.random_stream(seed, "periods")
    all_months = story.months_of(months)
    updates: dict[date, list[Update]] = {month: [] for month in all_months}
    for number, entry in enumerate(task_list(), 1):
        first = Update(
            task_id=f"RW{number:03}",
            measure=entry["measure"],
            content=entry["content"],
            leads=entry["leads"].split("、"),
            supports=entry["supports"].split("、") if entry["supports"] else None,
            starts=date.fromisoformat(entry["starts"]),
            due=date.fromisoformat(entry["due"]),
            cadence=entry["cadence"],
            progress=0.0,
            state="未开始",
            updated_on=date.fromisoformat(entry["starts"]),
        )
        history = _updates(rng, first, all_months, entry["problems"].split("；"))
        if entry["by_period"]:
            history = _by_period(of_periods, history)
        for update in history:
            updates[update.updated_on.replace(day=1)].append(update)
    return updates


def _by_period(rng: Random, history: list[Update]) -> list[Update]:
    """The task's updates with their periods, and an update for each period done before the last.

    Such an update stands in a month before that month's own: the latest update of a month, and of
    the task, stay what they are.
    """
    if not history:
        return []
    task = history[0]
    spans = periods(task.cadence, task.starts, task.due)
    named = [row._replace(occurrence=_period_of(row, spans).name) for row in history]
    done = [row for span in spans[:-1] if (row := _done_in(rng, span, history))]
    return sorted([*named, *done], key=lambda row: row.updated_on)


def _period_of(row: Update, spans: list[Period]) -> Period:
    """The period that an update reports on: the present one, the last when the task is done."""
    present = [span for span in spans if span.first <= row.updated_on]
    return spans[-1] if row.state == "已完成" or not present else present[-1]


def _done_in(rng: Random, span: Period, history: list[Update]) -> Update | None:
    """The update that says that a period is done; None where it was missed or not reported."""
    late = rng.random() < LATE
    done_on = span.last + timedelta(days=rng.randint(4, 12) if late else -rng.randint(0, 6))
    told_on = span.last + timedelta(days=rng.randint(14, 18) if late else rng.randint(3, 7))
    task = history[0]
    if (task.content, span.name) in MISSED:
        return None
    later = [row for row in history if row.updated_on > told_on]
    if not later or later[0].updated_on.replace(day=1) != told_on.replace(day=1):
        return None
    return task._replace(
        occurrence=span.name, progress=100.0, state="已完成", done_on=done_on,
        accepted_on=told_on, evidence=f"{task.task_id}{span.name}完成情况", problem=None,
        updated_on=told_on,
    )  # fmt: skip


def _done_on(rng: Random, task: Update) -> date | None:
    """The day on which a task will be done; None if it stays open."""
    lags = story.LAGGARD in task.leads
    share_in_time, late = (
        LAGGARD_PERFORMANCE if lags else PERFORMANCE.get(task.leads[0], PERFORMANCE["default"])
    )
    chance, span = rng.random(), (task.due - task.starts).days
    if task.content in MISSED_FOR_GOOD or (
        lags and rng.random() < NEVER and chance >= share_in_time
    ):
        return None
    if task.measure in ("R1", "R2") or chance < share_in_time:
        early = min(25, span // 3)
        return task.due - timedelta(days=rng.randint(0, early))
    return task.due + timedelta(days=rng.randint(8, late))


def _updates(rng: Random, task: Update, months: list[date], reasons: list[str]) -> list[Update]:
    """The task's updates, about one each month from its start until it is accepted."""
    done_on = _done_on(rng, task)
    accepted_on = done_on and done_on + timedelta(days=rng.randint(6, 24))
    if accepted_on and rng.random() < 0.06:
        accepted_on = None
    stale = any(lead in story.STALE for lead in task.leads)
    pace, updates = rng.uniform(0.75, 1.05), list[Update]()
    for month in months:
        on = month + timedelta(days=rng.randint(23, 26))
        if on < task.starts or (updates and updates[-1].state == "已取消"):
            continue
        done = updates and updates[-1].state == "已完成"
        if done and (updates[-1].accepted_on or not accepted_on):
            break
        skipped = rng.random() < ((0.7 if on > task.due else 0.35) if stale else 0.02)
        update = _update(rng, task, month, on, done_on, accepted_on, pace, reasons)
        if not (skipped and updates and update.state == "推进中"):
            updates.append(update)
    return updates


def _update(
    rng: Random,
    task: Update,
    month: date,
    on: date,
    done_on: date | None,
    accepted_on: date | None,
    pace: float,
    reasons: list[str],
) -> Update:
    """The row reported on a task in one month."""
    if task.content in CANCELLED and month >= CANCELLED[task.content]:
        return task._replace(state="已取消", problem="经研究不再组建", updated_on=on, progress=20.0)
    if done_on and done_on <= on:
        return task._replace(
            progress=100.0,
            state="已完成",
            done_on=done_on,
            accepted_on=accepted_on if accepted_on and accepted_on <= on else None,
            evidence=f"{task.task_id}完成情况报告及照片",
            updated_on=on,
        )
    until = max(task.due, done_on or task.due)
    passed = (on - task.starts).days / max(1, (until - task.starts).days)
    progress = float(min(95, round(100 * passed * pace / 5) * 5))
    behind = on > task.due or rng.random() < 0.08
    return task._replace(
        progress=progress,
        state="推进中" if progress > 0 else "未开始",
        problem=reasons[rng.randrange(REASONS) % len(reasons)] if behind else None,
        updated_on=on,
    )
