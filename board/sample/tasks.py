"""The history of every task: its start, monthly updates, completion and acceptance."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from board.sample import story
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
PROBLEMS = (
    "资金尚未到位",
    "权属资料不齐",
    "意向商户观望",
    "施工单位进场慢",
    "人手不足",
    "需与上级部门对接",
)
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
    rng = story.random_stream(seed, "tasks")
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
        for update in _updates(rng, first, all_months):
            updates[update.updated_on.replace(day=1)].append(update)
    return updates


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


def _updates(rng: Random, task: Update, months: list[date]) -> list[Update]:
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
        update = _update(rng, task, month, on, done_on, accepted_on, pace)
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
        problem=rng.choice(PROBLEMS) if behind else None,
        updated_on=on,
    )
