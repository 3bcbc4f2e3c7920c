"""Small towns drawn from a seed: registers with histories, moves, gaps in what is reported."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from board.metrics import Period, shift
from tests.support.rows import (
    Row,
    asset,
    benchmark,
    citizen,
    employment,
    household,
    income,
    occupancy,
    task,
    worker,
)

Town = dict[str, list[Row]]
MONTHS = tuple(shift(date(2023, 1, 1), n) for n in range(15))
QUARTERS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2")
UNITS = (("1栋", "1单元"), ("1栋", "2单元"), ("2栋", "1单元"))
PLACES = ("片区内", "市内", "区内市外", "广东", "区外其他", "境外")
DEPARTMENTS = ("组织人社局", "社会事务局", "经济发展局")


def town(seed: int, told: float = 0.9, homes: int = 14) -> Town:
    """The rows of a town; `told` is the share of the monthly and quarterly rows that came in."""
    rng = Random(seed)
    found: Town = {"households": _households(rng, homes)}
    found["labour"] = _people(rng, homes)
    found["employment"] = [
        row
        for month in MONTHS
        for citizen_id, born in sorted(
            {(row["citizen_id"], row["born"]) for row in found["labour"]}
        )
        for row in [_job(rng, month, citizen_id, born)]
        if rng.random() < told
    ]
    for row in found["labour"]:
        del row["born"]
    found["employment"].sort(key=lambda row: (row["month"], row["citizen_id"]))
    found["income"] = [
        income(
            quarter, f"H{n}", wage=float(rng.randint(0, 9000)), members=rng.randint(1, 5),
            business_income=float(rng.randint(-900, 900)), property_income=float(rng.randint(0, 99)),
            transfer_income=float(rng.randint(0, 999)),
        )
        for quarter in QUARTERS
        for n in range(homes)
        if rng.random() < told
    ]  # fmt: skip
    found["benchmark"] = [
        benchmark("2024-Q1", 1080.0), benchmark("2023-Q1", 1000.0), benchmark("2024-Q2", growth=7.5),
    ]  # fmt: skip
    found["assets"] = _assets(rng)
    found["occupancy"] = [
        occupancy(
            f"{month:%Y-%m}", f"A{n}", rng.choice(["在用", "在用", "闲置", "装修"]),
            used_count=rng.choice([None, None, 1]),
        )
        for month in MONTHS
        for n in range(10)
        if rng.random() < told
    ]  # fmt: skip
    found["tasks"] = [row for n in range(20) for row in _updates(rng, n)]
    return found


def _households(rng: Random, homes: int) -> list[Row]:
    found = []
    for n in range(homes):
        building, unit = rng.choice(UNITS)
        moved_in = date(2023, rng.randint(1, 6), 15) if rng.random() < 0.2 else None
        row = household(f"H{n}", building, unit, moved_in=moved_in)
        found.append(row)
        if rng.random() < 0.4:
            building, unit = rng.choice(UNITS)
            status = rng.choice(["在册", "在册", "迁出"])
            at = {"effective_month": rng.choice(MONTHS[3:9]), "status": status}
            found.append(row | at | {"building": building, "unit": unit})
    return found


def _people(rng: Random, homes: int) -> list[Row]:
    found: list[Row] = []
    for number in range(2 * homes):
        born = date(rng.choice([1964, 1980, 1995, 2008]), rng.randint(1, 12), rng.randint(1, 28))
        row: dict[str, Any] = worker(
            number, f"H{rng.randrange(homes)}", born,
            willing_to_work=rng.random() < 0.7, lifted_out=rng.random() < 0.7,
            student=rng.random() < 0.1,
        ) | {"born": born}  # fmt: skip
        found.append(row)
        if rng.random() < 0.3:
            at = {"effective_month": rng.choice(MONTHS[3:9]), "student": False}
            found.append(row | at | {"household_id": f"H{rng.randrange(homes)}"})
    return found


def _job(rng: Random, month: date, citizen_id: str, born: date) -> Row:
    assert citizen_id == citizen(int(citizen_id[14:17]), born)
    status = rng.choice(["在业", "未就业", "未就业", "暂离"])
    more = {"place": rng.choice(PLACES)} if status == "在业" else {}
    return employment(f"{month:%Y-%m}", citizen_id, status, returned=rng.random() < 0.2, **more)


def _assets(rng: Random) -> list[Row]:
    found = []
    for n in range(10):
        row = asset(
            f"A{n}", rng.choice([None, 50.0, 120.0]), count=rng.choice([1, 1, 8]),
            usable=rng.random() < 0.8, building=rng.choice(["1栋", "2栋", None]),
            kind=rng.choice(["商业铺面", "地面停车位", "标准厂房"]),
        )  # fmt: skip
        found.append(row)
        if rng.random() < 0.3:
            found.append(row | {"effective_month": rng.choice(MONTHS[2:]), "usable": True})
    return found


def _updates(rng: Random, n: int) -> list[Row]:
    starts = rng.choice(MONTHS) + timedelta(days=rng.randint(0, 20))
    due = starts + timedelta(days=rng.randint(0, 200))
    leads = rng.sample(DEPARTMENTS, rng.randint(1, 3))
    days = sorted({starts + timedelta(days=rng.randint(0, 150)) for _ in range(3)})
    found = [task(f"T{n}", leads, due, day, starts=starts) for day in days]
    end = rng.choice(["done", "accepted", "cancelled", "open"])
    if end in ("done", "accepted"):
        accepted = {"accepted_on": days[-1]} if end == "accepted" else {}
        found[-1] |= {"state": "已完成", "done_on": days[-1] - timedelta(days=2)} | accepted
    if end == "cancelled":
        found[-1] |= {"state": "已取消"}
    return found


def end_of(month: date) -> date:
    """The last day of a month."""
    return Period(month).end
