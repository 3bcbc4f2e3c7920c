"""Who works where in every month, and what of it the monitoring rounds report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from board.sample import story
from board.sample.jobs import Job, job
from board.sample.register import Home, Member, Settlement

# chances a month
LOSES, FINDS, LEAVES_A_WHILE, MISSED, HOUSEHOLD_MISSED = 0.0100, 0.40, 0.008, 0.007, 0.010
FRAGILE_MONTHS, FRAGILE = 6, 0.12
"""How long a job found after months without one stays shaky, and how shaky."""


class Report(NamedTuple):
    """A row of the employment ledger, in the ledger's order."""

    month: date
    citizen_id: str
    status: str
    kind: str | None
    channel: str | None
    place: str | None
    county: str | None
    industry: str | None
    employer: str | None
    wage: float | None
    contract_months: int | None
    insured_months: int | None
    returned: bool
    reporter: str
    reported_on: date


@dataclass
class Life:
    """Where one person stands: the job, months without one, months since coming home.

    `alone` is the only able worker of a household, who finds work half as easily.
    """

    job: Job | None = None
    idle: int = 0
    shaky: int = 0
    returned: int = 0
    begun: bool = False
    alone: bool = False


@dataclass
class Work:
    """The rounds as reported, and what households truly earned by month, in yuan."""

    rounds: dict[date, list[Report]] = field(default_factory=dict)
    earned: dict[tuple[str, date], float] = field(default_factory=dict)


def work(town: Settlement, months: int, seed: int) -> Work:
    """Let everyone work through the months."""
    rng = story.chance(seed, "work")
    lives = {key: Life() for key in town.people}
    done = Work()
    for month in story.months_of(months):
        rows: list[Report] = []
        missed: dict[str, bool] = {}
        workers = {key: found for key in lives if (found := town.worker(key, month))}
        hands = Counter(home.household_id for _, home in workers.values())
        for key, (member, home) in workers.items():
            life = lives[key]
            life.alone = hands[home.household_id] == 1
            _live(rng, life, member, month)
            row = _report(rng, life, member, home, month)
            if life.job:
                earned = (member.household_id, month)
                done.earned[earned] = done.earned.get(earned, 0.0) + (
                    row.wage or life.job.pay * 0.5
                )
            if home.household_id not in missed:
                missed[home.household_id] = _unreached(rng, home, month)
            if not missed[home.household_id] and rng.random() >= MISSED:
                rows.append(row)
        done.rounds[month] = rows
    return done


def _live(rng: Random, life: Life, member: Member, month: date) -> None:
    """One month of a working life."""
    life.returned = max(0, life.returned - 1)
    life.shaky = max(0, life.shaky - 1)
    if not life.begun:
        life.begun = True
        leaver = member.effective_month == month
        if rng.random() < (0.7 if leaver else 0.975 if member.willing_to_work else 0.2):
            life.job = _found(rng, member, story.shift(month, -rng.randint(0, 30)), month)
        return
    if life.job is None:
        life.idle += 1
        if rng.random() < _chance_to_find(member, life, month):
            life.shaky = FRAGILE_MONTHS if life.idle >= 2 else 0
            life.job, life.idle = _found(rng, member, month, month), 0
        return
    closes = life.job.employer == story.CLOSING_EMPLOYER and month >= story.CLOSED_FROM
    risk = FRAGILE if life.shaky else LOSES * (3 if not member.willing_to_work else 1)
    if closes or rng.random() < risk + story.SPRING.get(month, 0) * 0.4:
        away = life.job.place in ("广东", "区外其他", "境外")
        life.returned = rng.randint(3, 7) if away and rng.random() < 0.6 else life.returned
        life.job = None
    elif rng.random() < 0.006:
        life.job = _changed(life.job, _found(rng, member, month, month))


def _chance_to_find(member: Member, life: Life, month: date) -> float:
    if not member.willing_to_work:
        return 0.02
    hard = story.HARD_TIMES[0] <= month <= story.HARD_TIMES[1]
    better = 1 + 0.10 * story.months_between(story.FIRST, month) / 36
    return FINDS * better * (0.7 if hard else 1.0) * (0.45 if life.alone else 1.0)


def _found(rng: Random, member: Member, since: date, month: date) -> Job:
    male = int(member.citizen_id[16]) % 2 == 1
    skilled = member.work_ability == "技能劳动力"
    weak = member.work_ability == "弱劳动力或半劳动力"
    return job(rng, member.resident, male, skilled, weak, month)._replace(
        since=since, insured_since=since
    )


def _changed(old: Job, new: Job) -> Job:
    """A new job taken without a break: its pay within twice the old, the insurance running on."""
    pay = min(2 * old.pay, max(old.pay / 2, new.pay))
    since = old.insured_since if old.insured else new.since
    return new._replace(pay=pay, insured_since=since)


def _report(rng: Random, life: Life, member: Member, home: Home, month: date) -> Report:
    """The row a grid worker writes of one person."""
    at = life.job
    status = "未就业"
    wage = None
    if at:
        away = rng.random() < LEAVES_A_WHILE + story.SPRING.get(month, 0)
        status = "暂离" if away else "在业"
        raises = 1.055 ** (max(0, story.months_between(max(at.since, story.FIRST), month)) // 12)
        wage = None if away else round(at.pay * raises * rng.uniform(0.95, 1.06), -1)
    insured = story.months_between(at.insured_since, month) + 1 if at and at.insured else None
    return Report(
        month=month,
        citizen_id=member.citizen_id,
        status=status,
        kind=at and at.kind,
        channel=at and at.channel,
        place=at and at.place,
        county=at and at.county,
        industry=at and at.industry,
        employer=at and at.employer,
        wage=wage,
        contract_months=at and at.contract_months,
        insured_months=insured,
        returned=life.returned > 0,
        reporter=home.helper_name,
        reported_on=_reported_on(rng, home, month),
    )


def _reported_on(rng: Random, home: Home, month: date) -> date:
    """From the 25th to the 6th; in a late month the last buildings report after the 10th."""
    if month in story.LATE_MONTHS and home.building in story.POOR_ROUND_BUILDINGS:
        return story.shift(month, 1) + timedelta(days=rng.randint(10, 12))
    return month + timedelta(days=24 + rng.randint(0, 8))


def _unreached(rng: Random, home: Home, month: date) -> bool:
    """Whether nobody of a household is reported in a month."""
    silent = story.SILENT.get((home.building, home.unit))
    if silent and silent[0] <= month <= silent[1]:
        return True
    if month == story.POOR_ROUND and home.building in story.POOR_ROUND_BUILDINGS:
        return rng.random() < 0.8
    return rng.random() < HOUSEHOLD_MISSED
