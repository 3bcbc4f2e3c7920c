"""A spot check: the wages of twenty households asked for at the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from board.sample import story
from board.sample.names import pick
from board.sample.register import Settlement
from board.sample.rows import ROWS, Row
from board.sample.work import Report, Work

CHECKED, MONTH = date(2025, 6, 1), date(2025, 5, 1)
"""The month of the check, and the month of the employment ledger that is checked."""
HOUSEHOLDS = 20
RESULTS = (("一致", 82), ("不一致", 10), ("查无此人", 3), ("未核实", 5))
CHECKERS = ("韦海燕", "蒙立新")


class Check(ROWS.spot_checks):
    """A row of the spot checks ledger."""


def spot_checks(
    work: Work, town: Settlement, months: list[date], seed: int
) -> Iterator[tuple[date, Row]]:
    """One wage in each of twenty households, as recorded and as found."""
    if CHECKED not in months:
        return
    rng = story.random_stream(seed, "spot checks")
    waged: dict[str, Report] = {}
    for row in work.rounds[MONTH]:
        if row.wage and (worker := town.worker(row.citizen_id, MONTH)):
            waged.setdefault(worker[0].household_id, row)
    homes = sorted(rng.sample(sorted(waged), min(HOUSEHOLDS, len(waged))))
    for position, home_id in enumerate(homes, 1):
        yield CHECKED, _check(rng, town, position, home_id, waged[home_id])


def _check(rng: Random, town: Settlement, position: int, home_id: str, row: Report) -> Check:
    result = pick(rng, RESULTS)
    name = town.people[row.citizen_id][-1].name
    other = row.wage + rng.choice((-1, 1)) * rng.randint(3, 9) * 100
    wage = {"一致": row.wage, "不一致": other}.get(result)
    return Check(
        check_id="CC2025Q2",
        position=position,
        ledger="就业监测台账",
        subject=f"{home_id} {name}",
        month=MONTH,
        column="月收入",
        recorded=f"{row.wage:g}",
        found=None if wage is None else f"{wage:g}",
        result=result,
        checked_on=CHECKED + timedelta(days=15 + position // 8),
        checker=CHECKERS[position % len(CHECKERS)],
    )
