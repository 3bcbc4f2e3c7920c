"""The plan's other ledgers of a small random town, drawn from a seed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.support import plan_rows as plan
from tests.support import random_town
from tests.support.random_town import MONTHS, Town
from tests.support.rows import Row, worker

KINDS = ("就业创业服务补助", "跟踪服务补贴")
ALLOWANCES = ("困难残疾人生活补贴", "重度残疾人护理补贴", "低保", "产业奖补")
ACTIVITIES = ("干部培训", "消防宣传", "志愿服务", "文化活动", "示范创建")


def town(seed: int) -> Town:
    """A random town whose people train, study, apply, are at risk and are paid."""
    rng = Random(seed)
    found = random_town.town(seed, told=0.8)
    for row in found["labour"]:
        row |= {
            "willing_to_train": rng.random() < 0.6, "resident": rng.random() < 0.8,
            "groups": rng.choice([
                None, None, ["残疾人"], ["就业困难人员"], ["残疾人", "就业困难人员"],
            ]),
            "low_income": rng.choice([None, True, False, True]),
            "disability_grade": rng.choice([None, "一级", "二级", "三级"]),
        }  # fmt: skip
    for row in found["employment"]:
        if row["status"] == "在业" and rng.random() < 0.3:
            row["kind"] = "公益性岗位"
    children = [
        worker(
            500 + n, f"H{rng.randrange(14)}", date(rng.randint(2007, 2018), rng.randint(1, 12), 9),
            work_ability="无劳动力", student=True,
        )
        for n in range(12)
    ]  # fmt: skip
    found["labour"] += children
    people = sorted({row["citizen_id"] for row in found["labour"]})
    pupils = [row["citizen_id"] for row in children]
    return found | {
        "training": _training(rng, people),
        "subsidies": [_application(rng, n, people) for n in range(40)],
        "schooling": [
            plan.schooling(
                term, one, rng.random() < 0.8, stage=rng.choice(["小学", "初中", "高中"]),
                ownership=rng.choice([None, "公办", "公办", "民办"]),
                nearby=rng.choice([None, True, True, False]),
            )
            for term in ("2022秋", "2023春", "2023秋") for one in pupils if rng.random() < 0.8
        ],
        "risk": _risks(rng),
        "repairs": [_ticket(rng, n) for n in range(40)],
        "assistance": [
            plan.assistance(
                f"R{n}", f"{rng.choice(MONTHS):%Y-%m}", f"H{rng.randrange(14)}",
                rng.choice(ALLOWANCES), citizen_id=rng.choice([None, *people]),
                amount=float(rng.randint(1, 900)),
            )
            for n in range(150)
        ],
        "projects": [_project(rng, n) for n in range(25)],
        "funds": _funds(rng),
        "activities": [
            plan.activity(
                f"A{n}", rng.choice(ACTIVITIES), _day(rng), people=rng.choice([None, 5, 40]),
                level=rng.choice(["片区", "市级", "自治区级"]),
            )
            for n in range(60)
        ],
    }  # fmt: skip


def _day(rng: Random, days: int = 450) -> date:
    return date(2023, 1, 1) + timedelta(days=rng.randrange(days))


def _training(rng: Random, people: list[str]) -> list[Row]:
    found = {(f"T{rng.randrange(6)}", rng.choice(people)): None for _ in range(40)}
    return [plan.training(name, one, _day(rng)) for name, one in found]


def _application(rng: Random, n: int, people: list[str]) -> Row:
    since = _day(rng, 300)
    paid = rng.choice([None, 0.0, 300.0, 500.0, 500.0, 600.0])
    return plan.subsidy(
        f"S{n:02}", rng.choice(KINDS), rng.choice(people[:12]), contract_from=since,
        contract_to=since + timedelta(days=rng.choice([150, 181, 182, 200, 364, 365, 400])),
        insured_months=rng.randint(1, 5), pension_months=rng.choice([None, 2, 3, 5]), paid=paid,
        paid_on=_day(rng) if paid and rng.random() < 0.9 else None,
    )  # fmt: skip


def _risks(rng: Random) -> list[Row]:
    found = {(f"H{rng.randrange(14)}", _day(rng, 300)) for _ in range(15)}
    return [
        plan.risk(
            one, day,
            helped_on=rng.choice([None, day + timedelta(days=rng.randrange(60))]),
            cleared_on=rng.choice([None, day + timedelta(days=rng.randrange(200))]),
            referred=rng.choice([None, True, False]),
        )
        for one, day in sorted(found)
    ]  # fmt: skip


def _ticket(rng: Random, n: int) -> Row:
    day = _day(rng)
    building, unit = rng.choice([*random_town.UNITS, (None, None)])
    return plan.repair(
        f"G{n:02}", day, building=building, unit=unit,
        due=rng.choice([None, day + timedelta(days=rng.randrange(30))]),
        closed_on=rng.choice([None, day + timedelta(days=rng.randrange(90))]),
    )  # fmt: skip


def _project(rng: Random, n: int) -> Row:
    started = rng.choice([None, _day(rng)])
    finished = started and rng.choice([None, started + timedelta(days=rng.randrange(300))])
    state = rng.choice(["完工", "运营"]) if finished else rng.choice(["在建", "停建", "谋划"])
    return plan.project(
        f"P{n:02}", rng.choice(["产业项目", "招商项目", "配套设施"]), state,
        fund_source=rng.choice(["财政衔接资金", "其他"]), started=started, finished=finished,
    )  # fmt: skip


def _funds(rng: Random) -> list[Row]:
    found = []
    for n in range(6):
        for at in MONTHS:
            if at != MONTHS[5] and rng.random() < 0.6:
                approved = float(rng.randint(50, 100))
                disbursed = rng.choice([None, float(rng.randint(20, 50))])
                spent = disbursed and rng.choice([None, float(rng.randint(0, 20))])
                amounts = {"disbursed": disbursed, "spent": spent}
                found.append(plan.fund(f"{at:%Y-%m}", f"F{n}", approved, **amounts))
    return found
