"""Trainings and job posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.jobs import EMPLOYERS, INDUSTRIES
from board.sample.names import pick
from board.sample.register import Member, Settlement
from board.sample.rows import Row

TRAININGS = (
    ("叉车操作", "订单式培训"), ("养老护理", "技能提升"), ("电工基础", "技能提升"),
    ("粤桂劳务协作焊工班", "劳务协作培训"), ("大化家政", "劳务品牌"), ("直播带货", "新职业新业态"),
    ("港口机械学徒", "新型学徒制"), ("创办你的企业", "创业培训"),
)  # fmt: skip
SHARES = {2023: 0.34, 2024: 0.27, 2025: 0.37}
"""The share of resident, willing people trained each year; the plan wants 30 %."""
MONTHS_OF_TRAINING = (3, 4, 5, 6, 8, 9, 10, 11)


def training(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Eight courses a year, each for some who are resident and willing, and a few others."""
    rng = story.random_stream(seed, "training")
    for number, month in enumerate(m for m in months if m.month in MONTHS_OF_TRAINING):
        name, kind = TRAININGS[number % len(TRAININGS)]
        starts = month + timedelta(days=rng.randint(4, 10))
        ends = starts + timedelta(days=rng.choice((4, 6, 9, 11)))
        for member in _pupils(rng, town, month):
            certified = rng.random() < 0.82
            subsidy = float(rng.choice((600, 800, 1200))) if certified else None
            yield month, (
                f"PX{month:%y%m}", member.citizen_id, f"{name}（{month.year}年第{number % 8 + 1}期）",
                kind, starts, ends, certified, subsidy,
            )  # fmt: skip


def _pupils(rng: Random, town: Settlement, month: date) -> list[Member]:
    workers = [worker[0] for key in town.people if (worker := town.worker(key, month))]
    willing = [w for w in workers if w.resident and w.willing_to_train]
    others = [w for w in workers if not (w.resident and w.willing_to_train)]
    share = SHARES.get(month.year, 0.3) / len(MONTHS_OF_TRAINING) * 1.06
    chosen = rng.sample(willing, min(len(willing), max(1, round(len(willing) * share))))
    return [*chosen, *rng.sample(others, min(len(others), 2))]


POSTS = (
    ("企业岗位", (("操作工", 3400), ("包装工", 3000), ("叉车工", 4600), ("质检员", 3800), ("仓管员", 3600))),
    ("帮扶车间", (("缝纫工", 2600), ("手工活", 2100))),
    ("公益性岗位", (("保洁员", 1810), ("护河员", 1810), ("楼栋管理员", 1990))),
    ("以工代赈", (("小工", 3900),)),
)  # fmt: skip
KINDS = (("企业岗位", 62), ("帮扶车间", 16), ("公益性岗位", 14), ("以工代赈", 8))
FILLED_AFTER = 2


def posts(_town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Some posts every month, and each again two months later with the number filled."""
    rng = story.random_stream(seed, "posts")
    number = 0
    for month in months:
        for _ in range(rng.randint(4, 7)):
            number += 1
            row = _post(rng, number, month)
            yield month, row
            later = story.shift(month, FILLED_AFTER)
            openings = row[6]
            filled = min(openings, round(openings * rng.uniform(0.35, 1.05)))
            closed = story.last_day(later) if filled == openings or rng.random() < 0.6 else None
            pushes = row[13] + rng.randint(1, 5)
            yield later, (*row[:7], filled, *row[8:12], closed, pushes)


def _post(rng: Random, number: int, month: date) -> Row:
    kind = pick(rng, KINDS)
    title, wage = rng.choice(dict(POSTS)[kind])
    place = (
        "片区内" if kind != "企业岗位" else pick(rng, (("片区内", 64), ("市内", 20), ("广东", 16)))
    )
    industry = pick(rng, INDUSTRIES[place]) if kind == "企业岗位" else None
    employer = {
        "帮扶车间": "幸福小镇制衣帮扶车间",
        "公益性岗位": "幸福小镇社区服务中心",
        "以工代赈": "片区以工代赈项目部",
    }.get(kind) or _employer(rng, industry)
    low = float(round(wage * rng.uniform(0.95, 1.05) / 10) * 10)
    high = low if kind == "公益性岗位" else float(round(low * rng.uniform(1.1, 1.5) / 10) * 10)
    education = (
        pick(rng, (("初中", 30), ("高中", 12), ("中专或职高", 10), ("小学", 18)))
        if rng.random() < 0.6
        else None
    )
    return (
        f"GW{number:04}", employer, title, kind, place, industry, rng.randint(1, 20), 0, low, high,
        education, month + timedelta(days=rng.randint(0, 20)), None, 1,
    )  # fmt: skip


def _employer(rng: Random, industry: str | None) -> str:
    employers = EMPLOYERS.get(industry or "", ())
    return str(rng.choice(employers)) if employers else "港区企业"
