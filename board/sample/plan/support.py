"""Subsidies with some wrong payments, start-up loans, and workshops by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.register import Settlement
from board.sample.rows import ROWS, Row

SERVICE, TRACKING = "就业创业服务补助", "跟踪服务补贴"
AGENCIES = ("钦州港人力资源服务公司", "北部湾劳务合作社", "幸福小镇就业服务站")
NEEDED = {SERVICE: 6, TRACKING: 12}
INSURED = 3
SUM = {SERVICE: 400.0, TRACKING: 500.0}
PAID_AFTER = 1
NO_PENSION = 0.04


class Application(ROWS.subsidies):
    """A row of the subsidies ledger."""


def subsidies(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Applications every quarter; eligible ones are paid in the next month, with three errors.

    The errors: in 2024-06 one is paid for a contract of five months, in 2024-09 an eligible one
    is not paid, in 2025-03 a person is paid the tracking subsidy a second time. For a few the
    months of pension insurance are not entered.
    """
    rng, gaps = story.random_stream(seed, "subsidies"), story.random_stream(seed, "pensions")
    number, before = 0, ""
    tracked: set[str] = set()
    for month in (m for m in months if m.month % 3 == 0):
        workers = [key for key in town.people if town.worker(key, month)]
        applicants = rng.sample(workers, min(len(workers), max(2, len(workers) // 160)))
        for place, applicant in enumerate(applicants):
            key = applicant
            number += 1
            kind = SERVICE if place % 2 == 0 else TRACKING
            if kind == TRACKING and key in tracked:
                kind = SERVICE
            length = rng.choice((6, 12, 12, 24, 36)) if rng.random() < 0.85 else rng.randint(3, 11)
            insured = rng.randint(3, 24) if rng.random() < 0.92 else rng.randint(0, 2)
            right = length >= NEEDED[kind] and insured >= INSURED
            pays = right
            if month == date(2024, 6, 1) and place == 0:
                length, insured, pays = 5, 6, True
            if month == date(2024, 9, 1) and place == 0:
                length, insured, pays = 12, 8, False
            if month == date(2025, 3, 1) and place == 1 and before:
                key, kind, length, insured, pays = before, TRACKING, 12, 12, True
            if kind == TRACKING and pays:
                tracked.add(key)
                before = key
            row = _application(rng, number, month, kind, key, length, insured)
            row = row._replace(pension_months=None if gaps.random() < NO_PENSION else insured)
            yield month, row
            if pays:
                later = story.shift(month, PAID_AFTER)
                paid_on = later + timedelta(days=rng.randint(5, 20))
                yield later, row._replace(paid=row.requested, paid_on=paid_on)


def _application(
    rng: Random, number: int, month: date, kind: str, key: str, length: int, insured: int
) -> Application:
    begins = story.shift(month, -min(length, insured + 1)) + timedelta(days=rng.randint(0, 14))
    ends = story.shift(begins, length) + timedelta(days=begins.day - 2)
    agency = rng.choice(AGENCIES)
    return Application(
        application_id=f"BT{number:04}", kind=kind, agency=agency, citizen_id=key,
        contract_from=begins, contract_to=ends, insured_months=insured, requested=SUM[kind],
    )  # fmt: skip


FORMS = ("个体工商户", "小微企业", "家庭作坊", "帮扶车间", "帮扶工厂")
CAP = 3_000_000.0


def loans(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Up to two loans a month; in 2024-05 also one at the cap, in 2025-06 one above it."""
    rng = story.random_stream(seed, "loans")
    number = 0
    for month in months:
        special = {date(2024, 5, 1): CAP, date(2025, 6, 1): CAP + 500_000}.get(month)
        amounts = [float(rng.randint(5, 40) * 10_000) for _ in range(rng.choice((0, 1, 1, 2)))]
        for amount in [*amounts, *([special] if special else [])]:
            number += 1
            owners = rng.sample(list(town.people), min(60, len(town.people)))
            owner = next((key for key in owners if town.worker(key, month)), None)
            form = "小微企业" if amount >= CAP else rng.choice(FORMS)
            granted = month + timedelta(days=rng.randint(3, 24))
            due = granted.replace(year=granted.year + 3) - timedelta(days=1)
            jobs = 46 if amount >= CAP else rng.randint(2, 9)
            name = f"{rng.choice('兴和顺昌盛泰')}{rng.choice('达源丰林海通')}{form}{number:02}"
            yield month, (f"DK{number:03}", name, owner, amount, granted, due, jobs, form)


WORKSHOPS = (
    ("CJ01", "幸福小镇制衣帮扶车间", "3栋一层", 62, 0.86, 2650.0),
    ("CJ02", "手工编织车间", "8栋一层", 28, 0.93, 2050.0),
    ("CJ03", "水产分拣车间", "一号标准厂房", 40, 0.72, 3150.0),
)
OPENS = {"CJ03": date(2024, 2, 1)}
UNREPORTED = {("CJ02", date(2024, 10, 1))}


def workshops(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """Every workshop each month, one of them from 2024 on; one report is missing."""
    rng = story.random_stream(seed, "workshops")
    scale = max(len(town.homes) / 1000, 0.05)
    for number, month in enumerate(months):
        for shop, name, place, size, share, wage in WORKSHOPS:
            if month < OPENS.get(shop, months[0]) or (shop, month) in UNREPORTED:
                continue
            workers = max(2, round(size * scale * (1 + 0.006 * number) + rng.uniform(-2, 2)))
            own = min(workers, round(workers * share))
            pay = float(round(wage * (1 + 0.004 * number) + rng.uniform(-60, 60)))
            yield month, (shop, month, name, story.SETTLEMENT, place, workers, own, pay)
