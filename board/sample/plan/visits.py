"""Visits to households: who goes, what is found, what is promised and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.names import pick
from board.sample.register import Home, Settlement
from board.sample.rows import ROWS, Row

VISITED = {2023: 0.62, 2024: 0.74, 2025: 0.83}
"""The share of households visited in a quarter, by year."""
WAYS = (("入户", 82), ("电话", 12), ("微信", 6))
QUIET = (
    "家中情况稳定",
    "家里有人在岗，孩子在读",
    "老人身体尚好，日常有人照看",
    "务工的人近期不返乡",
)
NEEDY = 0.18
NEEDS = {
    "就业": ("家里有人想换离家近的工作", "推荐附近岗位两个"),
    "培训": ("想学一门手艺", "登记参加下一期培训"),
    "医疗": ("老人看慢性病不方便", "联系家庭医生上门"),
    "教育": ("孩子转学手续没办完", "联系学校办理"),
    "住房": ("卫生间渗水", "报修并跟到修好"),
    "救助": ("近期开支大，周转困难", "协助申请临时救助"),
    "其他": ("户口信息要改", "带材料到服务中心办理"),
}
NEED_WEIGHTS = (("就业", 30), ("培训", 14), ("医疗", 18), ("教育", 10), ("住房", 14), ("救助", 9), ("其他", 5))  # fmt: skip
KEPT, IN_TIME = 0.9, 0.85
"""The share of promises kept, and of those the share kept by the day that was promised."""


class Visit(ROWS.visits):
    """A row of the visits ledger."""


def visits(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """The visits of a month, and again in a later month those whose promise has been kept since."""
    rng = story.random_stream(seed, "visits")
    number = 0
    for month in months:
        share = VISITED.get(month.year, 0.8) / 3
        for home_id in town.homes:
            chosen = rng.random() < share
            home = town.home(home_id, month)
            if not (chosen and home):
                continue
            number += 1
            visit = _visit(rng, number, home, month)
            kept_on = _kept_on(rng, visit)
            if kept_on and kept_on <= story.last_day(month):
                visit = visit._replace(kept_on=kept_on)
                kept_on = None
            yield month, visit
            if kept_on:
                yield kept_on.replace(day=1), visit._replace(kept_on=kept_on)


def _visit(rng: Random, number: int, home: Home, month: date) -> Visit:
    visited_on = max(home.moved_in, month + timedelta(days=rng.randint(0, 27)))
    visit = Visit(
        visit_id=f"ZF{number:05}",
        household_id=home.household_id,
        visited_on=visited_on,
        visitor=home.helper_name,
        kind=pick(rng, WAYS),
        found=rng.choice(QUIET),
    )
    if rng.random() >= NEEDY:
        return visit
    need = pick(rng, NEED_WEIGHTS)
    state, promised = NEEDS[need]
    due = visited_on + timedelta(days=rng.choice((7, 14, 30)))
    return visit._replace(
        found=state, needs=[need], promised=promised, promised_by=due,
        next_on=due + timedelta(days=rng.randint(1, 20)),
    )  # fmt: skip


def _kept_on(rng: Random, visit: Visit) -> date | None:
    """The day on which the visit's promise will be kept; None without one, or if it never is."""
    if visit.promised is None or rng.random() >= KEPT:
        return None
    span = (visit.promised_by - visit.visited_on).days
    if rng.random() < IN_TIME:
        return visit.visited_on + timedelta(days=rng.randint(1, span))
    return visit.promised_by + timedelta(days=rng.randint(2, 40))
