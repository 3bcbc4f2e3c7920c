"""Repairs and community activities: drills, mediation, culture, training of cadres."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from board.sample import story
from board.sample.names import pick
from board.sample.register import Settlement
from board.sample.rows import Row

REPAIRS = (
    ("住房", 26, "幸福小镇物业服务有限公司", 7), ("供排水", 24, "幸福小镇物业服务有限公司", 3),
    ("电力", 12, "港区供电所", 3), ("消防", 8, "钦州保税港区消防救援大队", 7),
    ("电梯", 12, "电梯维保公司", 2), ("道路", 7, "自然资源和建设局", 20),
    ("环卫", 8, "幸福小镇物业服务有限公司", 3), ("其他", 3, "幸福小镇物业服务有限公司", 10),
)  # fmt: skip
FACTS = {kind: (owner, days) for kind, _weight, owner, days in REPAIRS}
SLOW = {"自然资源和建设局": 2.6, "电梯维保公司": 1.3}


def repairs(town: Settlement, all_months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Repair tickets as reported, and again in the month they are closed; a few stay open."""
    rng = story.random_stream(seed, "repairs")
    a_month = max(2, round(len(town.homes) * 0.011))
    number = 0
    homes = {(home.building, home.unit) for rows in town.homes.values() for home in rows}
    units = [unit for unit in story.units() if unit in homes]
    for month in all_months:
        for _ in range(a_month + rng.randint(-2, 3)):
            number += 1
            kind = pick(rng, tuple((name, weight) for name, weight, *_rest in REPAIRS))
            owner, limit = FACTS[kind]
            building, unit = rng.choice(units)
            public = kind in ("道路", "环卫")
            reported = month + timedelta(days=rng.randint(0, 27))
            took = max(0, round(rng.lognormvariate(0.0, 0.7) * limit * 0.6 * SLOW.get(owner, 1.0)))
            closed = None if rng.random() < 0.02 else reported + timedelta(days=took)
            facts = (
                f"WX{number:05}", kind, story.SETTLEMENT, None if public else building, None if public else unit,
                reported, owner, reported + timedelta(days=limit),
            )  # fmt: skip
            cost = float(rng.randint(3, 90) * 10)
            if closed and closed <= story.last_day(month):
                yield month, (*facts, closed, cost)
                continue
            yield month, (*facts, None, None)
            if closed:
                yield closed.replace(day=1), (*facts, closed, cost)


CALENDAR: tuple[tuple[str, str, tuple[int, ...], tuple[int, int], str], ...] = (
    ("干部培训", "19", (3, 6, 9, 12), (25, 48), "社区干部和网格员集中培训"),
    ("消防宣传", "22", (1, 3, 5, 7, 9, 11), (80, 260), "入户发放消防手册"),
    ("消防演练", "22", (2, 5, 8, 11), (60, 180), "疏散演练"),
    ("普法", "22", (4, 10), (60, 150), "劳动合同和反诈宣讲"),
    ("矛盾调解", "22", tuple(range(1, 13)), (2, 9), "邻里纠纷调解成功"),
    ("志愿服务", "24", tuple(range(1, 13)), (15, 60), "看望独居老人和留守儿童"),
    ("文化活动", "24", (1, 4, 6, 9, 10, 12), (120, 520), "三月三歌圩、广场舞和电影下乡"),
    ("心理服务", "24", (3, 9), (12, 40), "心理咨询进社区"),
    ("民族团结", "25", (4, 10), (150, 420), "民族团结进步宣传月"),
    ("招聘会", "4", (2, 5, 8, 11), (180, 460), "现场招聘会"),
)
NO_DRILL = date(2024, 2, 1)
"""The month whose fire drill was not held; publicity was, in the months next to it."""
SITES = (
    (date(2024, 6, 1), "14", "易地搬迁后续扶持示范社区创建启动", "片区"),
    (date(2025, 9, 1), "14", "获评市级易地搬迁后续扶持示范点", "市级"),
)


def activities(town: Settlement, all_months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """The month's activities in CALENDAR, and the steps to a demonstration site."""
    rng = story.random_stream(seed, "activities")
    scale = max(len(town.homes) / 1000, 0.05)
    number = 0
    for month in all_months:
        events = [
            (kind, measure, round(rng.randint(*people) * scale) or 1, outcome, "片区")
            for kind, measure, months, people, outcome in CALENDAR
            if month.month in months and (kind, month) != ("消防演练", NO_DRILL)
        ]
        events += [
            ("示范创建", measure, 1, outcome, level)
            for at, measure, outcome, level in SITES
            if at == month
        ]
        for kind, measure, people, outcome, level in events:
            number += 1
            day = month + timedelta(days=rng.randint(2, 26))
            yield (
                month,
                (f"HD{number:04}", kind, day, story.SETTLEMENT, measure, people, outcome, level),
            )
