"""Who works where in each month, and what the monitoring rounds report of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.jobs import Job, job
from board.sample.register import Home, Member, Settlement
from board.sample.rows import ROWS

REPORTED = ("kind", "channel", "place", "county", "industry", "employer", "contract_months")
# probabilities per month
LOSES, FINDS, LEAVES_A_WHILE, MISSED, HOUSEHOLD_MISSED = 0.0100, 0.40, 0.008, 0.007, 0.010
FRAGILE_MONTHS, FRAGILE_RISK = 6, 0.12
"""How many months a job found after months without one is at risk, and its monthly risk."""


class Report(ROWS.employment):
    """A row of the employment ledger."""


@dataclass
class Life:
    """A person's working life: job, months without one, months for which it counts as returned.

    `shaky` is the months for which a new job is at risk. `alone` means the only able worker of
    a household, who finds work half as easily.
    """

    job: Job | None = None
    idle: int = 0
    shaky: int = 0
    returned: int = 0
    begun: bool = False
    alone: bool = False


@dataclass
class Work:
    """The monitoring rounds as reported, and what households really earned by month, in yuan."""

    rounds: dict[date, list[Report]] = field(default_factory=dict)
    earned: dict[tuple[str, date], float] = field(default_factory=dict)


def work(town: Settlement, months: int, seed: int) -> Work:
    """The work of all people over the settlement's first `months` months."""
    rng = story.random_stream(seed, "work")
    lives = {key: Life() for key in town.people}
    result = Work()
    for month in story.months_of(months):
        rows: list[Report] = []
        missed: dict[str, bool] = {}
        workers = {key: worker for key in lives if (worker := town.worker(key, month))}
        able_workers = Counter(home.household_id for _, home in workers.values())
        for key, (member, home) in workers.items():
            life = lives[key]
            life.alone = able_workers[home.household_id] == 1
            _live_month(rng, life, member, month)
            row = _report(rng, life, member, home, month)
            if life.job:
                earned = (member.household_id, month)
                result.earned[earned] = result.earned.get(earned, 0.0) + (
                    row.wage or life.job.pay * 0.5
                )
            if home.household_id not in missed:
                missed[home.household_id] = _unreached(rng, home, month)
            if not missed[home.household_id] and rng.random() >= MISSED:
                rows.append(row)
        result.rounds[month] = rows
    return result


def _live_month(rng: Random, life: Life, member: Member, month: date) -> None:
    """Update a person's working life by one month."""
    life.returned = max(0, life.returned - 1)
    life.shaky = max(0, life.shaky - 1)
    if not life.begun:
        life.begun = True
        leaver = member.effective_month == month
        if rng.random() < (0.7 if leaver else 0.975 if member.willing_to_work else 0.2):
            life.job = _new_job(rng, member, story.shift(month, -rng.randint(0, 30)), month)
        return
    if life.job is None:
        life.idle += 1
        if rng.random() < _chance_to_find(member, life, month):
            life.shaky = FRAGILE_MONTHS if life.idle >= 2 else 0
            life.job, life.idle = _new_job(rng, member, month, month), 0
        return
    closes = life.job.employer == story.CLOSING_EMPLOYER and month >= story.CLOSED_FROM
    risk = FRAGILE_RISK if life.shaky else LOSES * (3 if not member.willing_to_work else 1)
    if closes or rng.random() < risk + story.SPRING.get(month, 0) * 0.4:
        away = life.job.place in ("广东", "区外其他", "境外")
        life.returned = rng.randint(3, 7) if away and rng.random() < 0.6 else life.returned
        life.job = None
    elif rng.random() < 0.006:
        life.job = _job_after_change(life.job, _new_job(rng, member, month, month))


def _chance_to_find(member: Member, life: Life, month: date) -> float:
    if not member.willing_to_work:
        return 0.02
    hard = story.HARD_TIMES[0] <= month <= story.HARD_TIMES[1]
    better = 1 + 0.10 * story.months_between(story.FIRST, month) / 36
    return FINDS * better * (0.7 if hard else 1.0) * (0.45 if life.alone else 1.0)


def _new_job(rng: Random, member: Member, since: date, month: date) -> Job:
    male = int(member.citizen_id[16]) % 2 == 1
    skilled = member.work_ability == "技能劳动力"
    weak = member.work_ability == "弱劳动力或半劳动力"
    return job(rng, member.resident, male, skilled, weak, month)._replace(
        since=since, insured_since=since
    )


def _job_after_change(old: Job, new: Job) -> Job:
    """A new job without a break: pay between half and twice the old, insurance continuing."""
    pay = min(2 * old.pay, max(old.pay / 2, new.pay))
    since = old.insured_since if old.insured else new.since
    return new._replace(pay=pay, insured_since=since)


def _report(rng: Random, life: Life, member: Member, home: Home, month: date) -> Report:
    """The row that a grid worker reports for one person."""
    current = life.job
    status = "未就业"
    wage = None
    if current:
        away = rng.random() < LEAVES_A_WHILE + story.SPRING.get(month, 0)
        status = "暂离" if away else "在业"
        raises = 1.055 ** (
            max(0, story.months_between(max(current.since, story.FIRST), month)) // 12
        )
        wage = None if away else round(current.pay * raises * rng.uniform(0.95, 1.06), -1)
    insured = (
        story.months_between(current.insured_since, month) + 1
        if current and current.insured
        else None
    )
    return Report(
        month=month,
        citizen_id=member.citizen_id,
        status=status,
        **{name: getattr(current, name, None) for name in REPORTED},
        wage=wage,
        insured_months=insured,
        returned=life.returned > 0,
        reporter=home.helper_name,
        reported_on=_reported_on(rng, home, month),
    )


def _reported_on(rng: Random, home: Home, month: date) -> date:
    """The day of the report: from the 25th on; in late months, after the 10th for some."""
    if month in story.LATE_MONTHS and home.building in story.POOR_ROUND_BUILDINGS:
        return story.shift(month, 1) + timedelta(days=rng.randint(10, 12))
    return month + timedelta(days=24 + rng.randint(0, 8))


def _unreached(rng: Random, home: Home, month: date) -> bool:
    """Whether a household is not reported at all in a month."""
    silent = story.SILENT.get((home.building, home.unit))
    if silent and silent[0] <= month <= silent[1]:
        return True
    if month == story.POOR_ROUND and home.building in story.POOR_ROUND_BUILDINGS:
        return rng.random() < 0.8
    return rng.random() < HOUSEHOLD_MISSED
