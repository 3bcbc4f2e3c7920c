"""The members of an invented household: age, sex and relation to its head."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_WEIGHTS = (35, 80, 140, 260, 250, 140, 60, 35)
"""How common each size is; the mean is 4.44 persons."""


class Kin(NamedTuple):
    """One member: relation to the head, age at the start, sex (`male`)."""

    relation: str
    age: int
    male: bool


def family(rng: Random) -> list[Kin]:
    """The members of a random household, its head first."""
    size = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    if size == 1:
        return [_alone(rng)]
    if size == 2:
        return _pair(rng)
    return _larger(rng, size)


def _alone(rng: Random) -> Kin:
    old = rng.random() < 0.45
    return Kin("户主", rng.randint(61, 83) if old else rng.randint(24, 57), rng.random() < 0.7)


def _pair(rng: Random) -> list[Kin]:
    draw = rng.random()
    if draw < 0.25:
        head = Kin("户主", rng.randint(62, 80), True)
        return [head, Kin("配偶", head.age - rng.randint(-2, 5), False)]
    if draw < 0.6:
        head = Kin("户主", rng.randint(25, 57), True)
        return [head, Kin("配偶", max(21, head.age - rng.randint(-2, 5)), False)]
    head = Kin("户主", rng.randint(33, 58), rng.random() < 0.5)
    return [head, _child(rng, head.age - rng.randint(22, 29))]


def _larger(rng: Random, size: int) -> list[Kin]:
    head = Kin("户主", min(59, max(26, round(rng.gauss(41.0, 8.0)))), rng.random() < 0.88)
    kin = [head]
    if rng.random() < 0.91:
        kin.append(Kin("配偶", max(22, head.age - rng.randint(-2, 5)), not head.male))
    elders = min(rng.choices((0, 1, 2), (44, 33, 23))[0], size - len(kin))
    for relation in ("母亲", "父亲")[:elders]:
        age = min(90, head.age + rng.randint(20, 28))
        kin += [Kin(relation, age, relation == "父亲")]
    eldest = head.age - rng.randint(21, 27)
    for number in range(min(3, size - len(kin))):
        kin += [_child(rng, max(0, eldest - number * rng.randint(2, 4)))]
    while len(kin) < size:
        kin.append(Kin("孙子女", rng.randint(0, 7), rng.random() < 0.5))
    return kin


def _child(rng: Random, age: int) -> Kin:
    male = rng.random() < 0.52
    return Kin("儿子" if male else "女儿", max(0, age), male)
