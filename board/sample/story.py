"""The settings of the sample: what happens in the invented settlement, and when."""

from __future__ import annotations

import calendar
from datetime import date
from random import Random

SETTLEMENT = "幸福小镇"
FIRST = date(2023, 1, 1)
MONTHS = 36
HOUSEHOLDS = 1000
SEED = 2023
MARK = "示例数据"

UNITS = (4, 3, 3, 2, 3, 4, 3, 2, 3, 3, 4, 2)
"""How many units each building has: 1栋 has 4."""
ROOMS_A_FLOOR = 4

# Work: many leave around the Spring Festival, a factory in the zone closes in March 2024, and
# a new tenant takes over its hall a year later.
SPRING = {date(2023, 2, 1): 0.035, date(2024, 2, 1): 0.03, date(2025, 2, 1): 0.025}
CLOSING_EMPLOYER = "港区联泰电子配件厂"
CLOSED_FROM = date(2024, 3, 1)
HARD_TIMES = (date(2024, 3, 1), date(2024, 6, 1))
NEW_TENANT_FROM = date(2025, 3, 1)

# Reporting: a round with low coverage, two units without reports, months reported late.
SILENT = {
    ("7栋", "2单元"): (date(2024, 6, 1), date(2024, 9, 1)),
    ("10栋", "1单元"): (date(2025, 11, 1), date(2025, 12, 1)),
}
POOR_ROUND = date(2023, 2, 1)
POOR_ROUND_BUILDINGS = ("8栋", "9栋")
LATE_MONTHS = {date(2023, 2, 1), date(2023, 9, 1), date(2024, 2, 1), date(2025, 10, 1)}
MISCODED = (date(2024, 5, 1), "5栋")
"""The month and building first reported with wrong places of work and one wage too high."""
OVERCOUNTED = date(2023, 12, 1)
"""The month whose occupancy was first reported too high."""
UNUSABLE = (date(2023, 6, 1), "QT001")
"""The month in which an asset that can't be used was reported by mistake, and the asset."""
MARKET_UNREPORTED = date(2024, 7, 1)
PLANNED_AS_ACTUAL = date(2025, 9, 1)
"""The month for which planned occupancy was first sent as actual, and then withdrawn."""

# Income per head: the settlement's by quarter, the county's year to date; growth is year to date
# over the same time of the year before.
PER_HEAD_2022 = (3563.0, 3155.0, 3332.0, 3550.0)
GROWTH = {
    2023: (0.094, 0.091, 0.096, 0.102),
    2024: (0.081, 0.066, 0.074, 0.079),
    2025: (0.082, 0.087, 0.090, 0.093),
}
COUNTY_2022 = (3902.0, 7288.0, 10910.0, 14820.0)
COUNTY_GROWTH = {
    2023: (0.088, 0.086, 0.085, 0.085),
    2024: (0.074, 0.072, 0.070, 0.069),
    2025: (0.068, 0.067, 0.066, 0.065),
}
POOR_QUARTER, POOR_QUARTER_BUILDINGS = date(2022, 10, 1), ("8栋", "9栋")
LATE_QUARTER, LATE_QUARTER_BUILDINGS = date(2024, 10, 1), ("3栋", "11栋")
"""The quarter and the two buildings whose income was reported weeks late."""

# Assets: the share of the usable area in use, interpolated between these months.
OCCUPANCY = (
    (date(2023, 1, 1), 0.382),
    (date(2023, 6, 1), 0.436),
    (date(2023, 12, 1), 0.507),
    (date(2024, 2, 1), 0.529),
    (date(2024, 3, 1), 0.454),
    (date(2024, 8, 1), 0.497),
    (date(2024, 9, 1), 0.539),
    (date(2024, 12, 1), 0.568),
    (date(2025, 2, 1), 0.581),
    (date(2025, 3, 1), 0.659),
    (date(2025, 8, 1), 0.684),
    (date(2025, 9, 1), 0.787),
    (date(2025, 12, 1), 0.808),
)
HALLS_IN_USE = {
    "CF001": ((FIRST, date(2024, 2, 1)), (NEW_TENANT_FROM, date.max)),
    "CF002": ((date(2025, 9, 1), date.max),),
    "CJ001": ((FIRST, date.max),),
    "CY001": ((date(2024, 9, 1), date.max),),
}
PLACES_IN_USE = {"TC001": (0.26, 0.71), "TC002": (0.45, 0.83), "SC001": (0.36, 0.90)}
"""Assets let by places: the share in use at the start and three years later."""

# Tasks: the department that is late, and those that rarely update.
LAGGARD = "自然资源和建设局"
STALE = ("招商服务中心", "自然资源和建设局")
MISSED_MEETING = date(2024, 1, 1)
"""The quarter in which no quarterly meeting was held."""
ABSENT = (date(2024, 9, 1), "社会事务局")
"""The month of a quarterly meeting without a body that has to be there, and the body."""

# Leaders in charge of the settlement, one of each rank; the lower one changes once.
LEADERS = (
    ("管委领导", date(2023, 1, 10), None, "管委会副主任", "陆正海"),
    ("处级领导", date(2023, 1, 10), date(2024, 8, 31), "乡村振兴工作专班组长", "覃志远"),
    ("处级领导", date(2024, 9, 1), None, "乡村振兴工作专班组长", "黄启明"),
)


def random_stream(seed: int, part: str) -> Random:
    """The random numbers of one part of the sample; the same for the same seed on every machine."""
    return Random(f"{seed}/{part}")  # noqa: S311 (sample data, no secret)


def units() -> list[tuple[str, str]]:
    """The building and the unit of every unit, in the order of their numbers."""
    return [(f"{b}栋", f"{u}单元") for b, n in enumerate(UNITS, 1) for u in range(1, n + 1)]


def shift(month: date, count: int) -> date:
    """The first day of the month `count` months after `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_of(count: int) -> list[date]:
    """The first days of the settlement's first `count` months."""
    return [shift(FIRST, n) for n in range(count)]


def quarters_of(count: int) -> list[date]:
    """The first days of the quarters with income: the year before, then all in `count` months."""
    return [shift(FIRST, 3 * n - 12) for n in range(4 + count // 3)]


def last_day(month: date) -> date:
    """The month's last day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def age(born: date, on: date) -> int:
    """Age in full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def occupied_share(month: date) -> float:
    """The share of the usable area in use in a month, interpolated from OCCUPANCY."""
    before = OCCUPANCY[0]
    for point in OCCUPANCY:
        if point[0] >= month:
            span = months_between(before[0], point[0])
            done = months_between(before[0], month) / span if span else 1.0
            return before[1] + (point[1] - before[1]) * done
        before = point
    return before[1]


def months_between(earlier: date, later: date) -> int:
    """Whole months from one month to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def leader_on(rank: str, day: date) -> str:
    """The name of the leader of a rank who is in charge on a day."""
    return next(
        name
        for of_rank, since, until, _post, name in reversed(LEADERS)
        if of_rank == rank and since <= day and (until is None or day <= until)
    )


def settlement_per_head() -> dict[date, float]:
    """Quarter → income per head of the lifted-out households in that quarter, in yuan."""
    quarters, per_head = list(PER_HEAD_2022), {}
    for number, amount in enumerate(quarters):
        per_head[date(2022, 1 + 3 * number, 1)] = amount
    for year, growths in GROWTH.items():
        ytd_before = year_total = 0.0
        for number, growth in enumerate(growths):
            ytd_before += per_head[date(year - 1, 1 + 3 * number, 1)]
            amount = ytd_before * (1 + growth) - year_total
            year_total += amount
            per_head[date(year, 1 + 3 * number, 1)] = amount
    return per_head


def county_to_date() -> dict[date, float]:
    """Quarter → the county's income per head, year to date, in yuan."""
    amounts = {date(2022, 1 + 3 * n, 1): amount for n, amount in enumerate(COUNTY_2022)}
    for year, growths in COUNTY_GROWTH.items():
        for n, growth in enumerate(growths):
            amounts[date(year, 1 + 3 * n, 1)] = round(
                amounts[date(year - 1, 1 + 3 * n, 1)] * (1 + growth)
            )
    return amounts
