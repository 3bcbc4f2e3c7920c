"""The income of households by quarter, and the county's published income."""

from __future__ import annotations

from datetime import date
from random import Random

from board.sample import story
from board.sample.register import Home, Settlement
from board.sample.rows import ROWS
from board.sample.work import Work

MISSED = 0.028
LEAST, GREATEST = 0.45, 2.2
"""By which factors a household's earnings may change from one quarter to the next."""


class Earnings(ROWS.income):
    """A row of the income ledger."""


class Level(ROWS.benchmark):
    """A row of the county benchmark."""


def income(town: Settlement, work: Work, months: int, seed: int) -> dict[date, list[Earnings]]:
    """Quarter → reported rows, scaled to the income per head that `story` sets."""
    rng = story.random_stream(seed, "income")
    per_head = story.settlement_per_head()
    habits = {key: _habit(rng) for key in town.homes}
    weights: dict[str, float] = {}
    rows = {}
    for quarter in story.quarters_of(months):
        homes = _reporting(rng, town, quarter)
        shares = [_shares(rng, town, work, home, quarter, habits, weights) for home in homes]
        rows[quarter] = _scaled(quarter, town, homes, shares, per_head[quarter])
    return rows


def _habit(rng: Random) -> tuple[float, float, float, float]:
    """A household's weight for each of the four sources of income, constant over the years."""
    business = rng.choices((0.0, 1.0, 4.0), (70, 18, 12))[0] * rng.uniform(0.7, 1.3)
    estate = rng.uniform(0.4, 1.8)
    return rng.lognormvariate(0, 0.16), business, estate, rng.lognormvariate(0, 0.35)


def _reporting(rng: Random, town: Settlement, quarter: date) -> list[Home]:
    """The households in register that report the quarter's income."""
    reporting = []
    for key in town.homes:
        home = town.home(key, story.shift(quarter, 2)) or town.home(key, quarter)
        poor = (
            quarter == story.POOR_QUARTER and home and home.building in story.POOR_QUARTER_BUILDINGS
        )
        if home and rng.random() >= (0.96 if poor else MISSED):
            reporting.append(home)
    return reporting


def _shares(
    rng: Random,
    town: Settlement,
    work: Work,
    home: Home,
    quarter: date,
    habits: dict[str, tuple[float, float, float, float]],
    weights: dict[str, float],
) -> tuple[float, float, float, float]:
    """A household's wage, business, property and transfer income, before scaling."""
    key = home.household_id
    wage_habit, business, estate, transfer = habits[key]
    first = max(quarter, story.FIRST)
    earned = sum(work.earned.get((key, story.shift(first, n)), 0.0) for n in range(3))
    weight = wage_habit * max(earned, 500.0 * home.size) * rng.uniform(0.94, 1.06)
    before = weights.get(key, weight)
    weights[key] = weight = min(GREATEST * before, max(LEAST * before, weight))
    loss = business > 4.6 and quarter.month == 7
    return (
        weight,
        (-0.2 if loss else 1.0) * business * rng.uniform(0.85, 1.15),
        estate * home.size,
        transfer * (home.size + (6 if earned == 0 else 0)),
    )


def _scaled(
    quarter: date,
    town: Settlement,
    homes: list[Home],
    shares: list[tuple[float, float, float, float]],
    per_head: float,
) -> list[Earnings]:
    """Rows in yuan, scaled so that lifted-out households reach `per_head` on average."""
    lifted = {row[0].household_id for row in town.people.values() if row[0].lifted_out}
    counted = [n for n, home in enumerate(homes) if home.household_id in lifted] or list(
        range(len(homes))
    )
    total = per_head * sum(homes[n].size for n in counted)
    years = story.months_between(date(2022, 1, 1), quarter) / 12
    parts = (
        0.792 + 0.004 * years,
        0.078 + 0.001 * years,
        0.026 + 0.002 * years,
        0.104 - 0.007 * years,
    )
    scale = [
        total * part / (sum(shares[n][source] for n in counted) or 1.0)
        for source, part in enumerate(parts)
    ]
    rows = []
    for home, share in zip(homes, shares, strict=True):
        wage, business, estate, transfer = (
            float(round(amount * factor)) for amount, factor in zip(share, scale, strict=True)
        )
        rows.append(
            Earnings(
                quarter, home.household_id, home.size, wage, business, estate, transfer,
                wage + business + estate + transfer,
            )
        )  # fmt: skip
    return rows


def benchmark(months: int) -> dict[date, list[Level]]:
    """Quarter → the county's published income, on two bases."""
    to_date = story.county_to_date()
    levels = {}
    for quarter in story.quarters_of(months):
        amount, before = to_date[quarter], to_date.get(story.shift(quarter, -12))
        growth = round((amount / before - 1) * 100, 1) if before else None
        source = f"县乡村振兴部门{quarter.year}年第{(quarter.month + 2) // 3}季度通报(虚构)"
        county = "大化瑶族自治县"
        levels[quarter] = [
            Level(county, quarter, "脱贫人口人均可支配收入", amount, growth, source),
            Level(
                county, quarter, "农村居民人均可支配收入", round(amount * 1.031),
                growth and round(growth - 0.4, 1), source,
            ),
        ]  # fmt: skip
    return levels
