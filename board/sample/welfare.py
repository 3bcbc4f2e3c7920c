"""Who gets which allowance, and the grades, minimum living aid and certificates that go with it."""

from __future__ import annotations

from random import Random

from board.sample import story
from board.sample.register import Member, Settlement

LIVING, NURSING = "困难残疾人生活补贴", "重度残疾人护理补贴"
SEVERE = 0.62
"""Disabled people with a higher draw get the allowance for nursing, the others that for living."""
POOR = 0.035
UNKNOWN = 0.06
"""The share of disabled people of whom the deciding column is empty."""
CERTIFICATES = ("叉车", "焊工", "电工", "养老护理", "缝纫", "驾驶")


def drawn(rng: Random, town: Settlement) -> tuple[dict[str, float], list[str]]:
    """A draw for every person, which decides on allowances, and the households on living aid."""
    draws = {key: rng.random() for key in town.people}
    return draws, [home for home in town.homes if rng.random() < POOR]


def enter_welfare(town: Settlement, seed: int) -> None:
    """Fill the columns of the labour register that allowances and posts depend on."""
    draws, poor = drawn(story.random_stream(seed, "assistance"), town)
    rng, on_aid = story.random_stream(seed, "welfare"), set(poor)
    for key, history in town.people.items():
        disabled = any("残疾人" in (row.groups or []) for row in history)
        severe, unknown = draws[key] > SEVERE, rng.random() < UNKNOWN
        grade = rng.choice(("一级", "二级") if severe else ("三级", "四级"))
        aided = (disabled and not severe) or history[0].household_id in on_aid
        certificate, skilled = rng.choice(CERTIFICATES), rng.random() < 0.9
        town.people[key] = [
            row._replace(
                disability_grade=grade if disabled and not (severe and unknown) else None,
                low_income=None if disabled and not severe and unknown else aided,
                certificates=certificate if skilled and _is_skilled(row) else None,
            )
            for row in history
        ]


def _is_skilled(row: Member) -> bool:
    return bool(row.work_ability == "技能劳动力")
