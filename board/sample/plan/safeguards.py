"""Households at risk, children at school, assistance and allowances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.names import pick
from board.sample.register import Home, Member, Settlement, in_force
from board.sample.rows import Row
from board.sample.welfare import LIVING, NURSING, SEVERE, drawn

RISKS = (("因病", 38), ("因业", 24), ("因残", 14), ("因学", 12), ("因灾", 7), ("其他", 5))
HELP = {
    "因病": ["医疗", "低保"], "因业": ["就业"], "因残": ["残疾保障"], "因学": ["教育"],
    "因灾": ["低保", "产业"], "其他": ["就业", "养老"],
}  # fmt: skip
MONITORED = ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户")


def risk(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """The monitored households; most are helped within weeks, and cleared within about a year."""
    rng = story.random_stream(seed, "risk")
    for home_id, history in town.homes.items():
        category = history[-1].category
        if category not in MONITORED:
            continue
        spells = 1 + (rng.random() < 0.08)
        begins = sorted(rng.sample(range(len(months)), min(spells, len(months))))
        if rng.random() < 0.45:
            begins[0] = 0
        for month in dict.fromkeys(months[n] for n in begins):
            if town.home(home_id, month):
                yield from _spell(rng, home_id, category, month)


def _spell(rng: Random, home_id: str, category: str, month: date) -> Iterator[tuple[date, Row]]:
    """A household's row when the risk is identified, again when it is helped, and when cleared."""
    identified = month + timedelta(days=rng.randint(1, 24))
    kind = pick(rng, RISKS)
    helped = identified + timedelta(days=rng.randint(6, 40)) if rng.random() < 0.97 else None
    cleared = identified + timedelta(days=rng.randint(190, 520)) if rng.random() < 0.8 else None
    referred = rng.random() < 0.12
    progress: tuple[list[str] | None, date | None, date | None] = (None, None, None)
    yield month, (home_id, identified, category, kind, *progress, referred)
    if helped:
        progress = (HELP[kind], helped, None)
        yield helped.replace(day=1), (home_id, identified, category, kind, *progress, referred)
        if cleared:
            progress = (HELP[kind], helped, cleared)
            yield cleared.replace(day=1), (home_id, identified, category, kind, *progress, referred)


STAGES = ((6, "学前"), (12, "小学"), (15, "初中"), (18, "高中"), (99, "大学"))
NOT_ENROLLED = date(2024, 4, 1)
"""The spring term in which one child is out of school."""
SCHOOLS = {"学前": "片区幼儿园", "小学": "片区第一小学", "初中": "片区中学", "大学": "区内高校"}
PRIVATE_SCHOOLS = {"学前": "小海豚幼儿园", "小学": "港湾实验学校", "初中": "港湾实验学校"}
SILENT_SCHOOL = (date(2025, 10, 1), "8栋")
"""A term and a building whose pupils were not all reported."""


def schooling(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """In April and October, everybody at school, and every child who should be at school."""
    rng, schools = story.random_stream(seed, "schooling"), _schools(town, seed)
    for month in (m for m in months if m.month in (4, 10)):
        term = f"{month.year}{'春' if month.month == 4 else '秋'}"
        dropout_placed = month != NOT_ENROLLED
        for member, home, age in _present(town, month, 4, 22):
            if not member.student and not 6 <= age <= 15 and not (age < 6 and rng.random() < 0.7):
                continue
            if (month, home.building) == SILENT_SCHOOL and rng.random() < 0.25:
                continue
            stage = next(name for limit, name in STAGES if age < limit)
            if stage == "高中" and (member.education == "中专或职高" or rng.random() < 0.3):
                stage = "中职"
            enrolled = True
            if not dropout_placed and 9 <= age <= 14:
                enrolled, dropout_placed = False, True
            aid = (
                float(rng.choice((500, 625, 1000)))
                if member.lifted_out and age >= 6 and enrolled
                else None
            )
            yield month, (
                term, member.citizen_id, stage, *schools[member.citizen_id].at(stage), enrolled, aid,
            )  # fmt: skip


@dataclass(frozen=True)
class Schools:
    """The schools that a person goes to: private, far away, or not all entered."""

    private: bool
    far: bool
    incomplete: bool

    def at(self, stage: str) -> tuple[str | None, str | None, bool | None]:
        """The school of a stage, who runs it, and whether it is nearby."""
        if stage not in ("学前", "小学", "初中"):
            return SCHOOLS.get(stage), None if self.incomplete else "公办", False
        if self.private:
            return PRIVATE_SCHOOLS[stage], "民办", not self.far
        return SCHOOLS[stage], None if self.incomplete else "公办", not self.far


def _schools(town: Settlement, seed: int) -> dict[str, Schools]:
    rng = story.random_stream(seed, "schools")
    return {
        key: Schools(rng.random() < 0.015, rng.random() < 0.025, rng.random() < 0.01)
        for key in town.people
    }


def _present(
    town: Settlement, month: date, low: int, high: int
) -> Iterator[tuple[Member, Home, int]]:
    """The people aged `low` to `high` in households in register in a month: (member, home, age)."""
    for key, history in town.people.items():
        age = story.age(town.born[key], story.last_day(month))
        member = in_force(history, month)
        home = town.home(member.household_id, month) if member else None
        if member and home and low <= age <= high:
            yield member, home, age


AMOUNTS = {LIVING: 100.0, NURSING: 100.0, "低保": 385.0}
ALLOWANCES_MISSING = date(2024, 8, 1)
"""The month whose disability allowances were never entered."""


def assistance(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Allowances and minimum living aid every month, and other aid."""
    rng = story.random_stream(seed, "assistance")
    draws, poor = drawn(rng, town)
    for month in months:
        rows = [
            *_allowances(town, month, draws),
            *_living(town, month, poor),
            *_others(rng, town, month),
        ]
        for number, (home, person, kind, amount) in enumerate(rows, 1):
            yield month, (f"JZ{month:%y%m}{number:04}", month, home, person, kind, amount)


def _allowances(
    town: Settlement, month: date, draws: dict[str, float]
) -> Iterator[tuple[str, str | None, str, float]]:
    if month == ALLOWANCES_MISSING:
        return
    for member, _home, _age in _present(town, month, 0, 120):
        if "残疾人" not in (member.groups or []):
            continue
        draw = draws[member.citizen_id]
        reached = draw > (0.06 if month.year == 2023 else 0.015)
        if reached:
            kind = NURSING if draw > SEVERE else LIVING
            yield member.household_id, member.citizen_id, kind, AMOUNTS[kind]


def _living(
    town: Settlement, month: date, poor: list[str]
) -> Iterator[tuple[str, str | None, str, float]]:
    for home_id in poor:
        if home := town.home(home_id, month):
            yield home_id, None, "低保", AMOUNTS["低保"] * min(home.size, 3)


def _others(
    rng: Random, town: Settlement, month: date
) -> Iterator[tuple[str, str | None, str, float]]:
    homes = [key for key in town.homes if town.home(key, month)]
    count = max(1, len(homes) // 300)
    for home in rng.sample(homes, min(len(homes), count)):
        yield home, None, "临时救助", float(rng.randint(5, 30) * 100)
    for home in rng.sample(homes, min(len(homes), count)):
        yield home, None, "医疗救助", float(rng.randint(8, 90) * 100)
    if month.month in (4, 10):
        for home in rng.sample(homes, min(len(homes), count * 6)):
            yield home, None, "教育资助", float(rng.choice((1000, 1500, 2000)))
    if month.month == 11:
        for home in rng.sample(homes, min(len(homes), count * 8)):
            yield home, None, "产业奖补", float(rng.randint(10, 50) * 100)
    if month.month == 1:
        for home in rng.sample(homes, min(len(homes), count * 2)):
            yield home, None, "公租房", 1200.0
