"""The rows of each batch: a month's reports with their errors, late reports and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from board.sample import story
from board.sample.assets import Asset, Use, register
from board.sample.income import Earnings, Level, benchmark, income
from board.sample.meetings import Meeting, meetings
from board.sample.occupancy import occupancy, overstated
from board.sample.people import settlement
from board.sample.plan import plan
from board.sample.register import Home, Settlement
from board.sample.tasks import Update, tasks
from board.sample.welfare import enter_welfare
from board.sample.work import Report, Work, work

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
CORRECTED, PLANNED = "更正", "报送"


@dataclass(frozen=True)
class Step:
    """One batch before it becomes frames: time recorded, name of its file, note, rows by ledger."""

    at: datetime
    name: str
    note: str
    rows: Rows


@dataclass(frozen=True)
class World:
    """All facts of the settlement; the batches report them, with some errors."""

    months: list[date]
    town: Settlement
    work: Work
    assets: dict[str, list[Asset]]
    uses: dict[date, list[Use]]
    tasks: dict[date, list[Update]]
    meetings: dict[date, list[Meeting]]
    income: dict[date, list[Earnings]]
    county: dict[date, list[Level]]
    others: dict[date, dict[str, list[tuple[Any, ...]]]]


def world(households: int, months: int, seed: int) -> World:
    """The facts of the settlement for its first `months` months."""
    town = settlement(households, months, seed)
    enter_welfare(town, seed)
    done, assets = work(town, months, seed), register(households, months, seed)
    return World(
        months=story.months_of(months),
        town=town,
        work=done,
        assets=assets,
        uses=occupancy(assets, months, seed),
        tasks=tasks(months, seed),
        meetings=meetings(months, seed),
        income=income(town, done, months, seed),
        county=benchmark(months),
        others=plan(town, done, months, seed),
    )


def steps(facts: World) -> list[Step]:
    """The batches in the order in which they were recorded."""
    monthly = [_monthly(facts, month) for month in facts.months]
    return sorted([*monthly, *_closing(facts), *_corrections(facts)], key=lambda step: step.at)


def recorded(month: date) -> datetime:
    """When a month's batch is recorded: the 8th of the next month, or the 14th if it is late."""
    late = month in story.LATE_MONTHS
    return datetime.combine(story.shift(month, 1), time(10)) + timedelta(days=13 if late else 7)


def _monthly(facts: World, month: date) -> Step:
    first = month == facts.months[0]
    rows: dict[str, Sequence[tuple[Any, ...]]] = {
        "households": _homes(facts, month, first),
        "labour": _effective(facts.town.people.values(), month, first),
        "assets": _effective(facts.assets.values(), month, first),
        "employment": _employment_as_sent(facts, month),
        "occupancy": _occupancy_as_sent(facts, month),
        "tasks": facts.tasks[month],
        "meetings": facts.meetings[month],
    }
    quarters = [story.shift(month, -3)] if month.month % 3 == 1 else []
    if first:
        quarters = story.quarters_of(0)
    rows["income"] = [row for q in quarters for row in _income_in_time(facts, q)]
    rows["benchmark"] = [row for q in quarters for row in facts.county[q]]
    rows.update(facts.others[month])
    return Step(recorded(month), f"{month:%Y-%m}", f"{month.year}年{month.month}月台账", rows)


def _occupancy_as_sent(facts: World, month: date) -> list[Use]:
    """The month's occupancy as it was first sent, including its errors."""
    uses = facts.uses[month]
    if month == story.OVERCOUNTED:
        return overstated(uses, 6)
    if month == story.UNUSABLE[0]:
        office = story.UNUSABLE[1]
        return [*uses, Use(month, office, "在用", mode="公益使用")]
    return uses


def _effective(histories: Iterable[Sequence[Any]], month: date, first: bool) -> list[Any]:
    """The register rows that take effect in a month; in the first, also those without a month."""
    return [
        row
        for history in histories
        for row in history
        if row.effective_month == month or (first and row.effective_month is None)
    ]


def _homes(facts: World, month: date, first: bool) -> list[Home]:
    """Household rows that take effect in a month, and those first visited since the last batch."""
    until = recorded(month).date()
    since = date.min if first else recorded(story.shift(month, -1)).date()
    rows = []
    for history in facts.town.homes.values():
        for row in history:
            takes_effect = row.effective_month == month or (first and row.effective_month is None)
            earlier = row.effective_month is None or row.effective_month < month
            visited = row.first_visit is not None and since < row.first_visit <= until
            if takes_effect or (earlier and visited):
                visit_unknown = row.first_visit is not None and row.first_visit > until
                rows.append(row._replace(first_visit=None) if visit_unknown else row)
    return rows


def _employment_as_sent(facts: World, month: date) -> list[Report]:
    """The month's employment as first sent; once with wrong places of work in one building."""
    rows = facts.work.rounds[month]
    if month != story.MISCODED[0]:
        return rows
    away = [
        row
        for row in rows
        if row.place in ("广东", "区内市外") and _building(facts, row) == story.MISCODED[1]
    ]
    nearby = [row._replace(place="片区内", county="钦州市") for row in away]
    for number, row in enumerate(nearby):
        if row.wage:
            nearby[number] = row._replace(wage=row.wage * 10)
            break
    wrong = {row.citizen_id: row for row in nearby}
    return [wrong.get(row.citizen_id, row) for row in rows]


def _building(facts: World, row: Report) -> str:
    worker = facts.town.worker(row.citizen_id, row.month)
    return worker[1].building if worker else ""


def _late(facts: World, row: Earnings) -> bool:
    home = facts.town.homes[row.household_id][0]
    return row.quarter == story.LATE_QUARTER and home.building in story.LATE_QUARTER_BUILDINGS


def _income_in_time(facts: World, quarter: date) -> list[Earnings]:
    return [row for row in facts.income[quarter] if not _late(facts, row)]


def _closing(facts: World) -> Iterator[Step]:
    """The batch with the last quarter's income, which comes after the last month."""
    last = facts.months[-1]
    if last.month % 3 == 0:
        quarter = story.shift(last, -2)
        at = datetime.combine(story.shift(last, 1), time(10)) + timedelta(days=25)
        label = f"{quarter.year}年第{(quarter.month + 2) // 3}季度收入"
        rows: Rows = {"income": facts.income[quarter], "benchmark": facts.county[quarter]}
        yield Step(at, f"{last:%Y-%m}-收入", label, rows)


def _corrections(facts: World) -> Iterator[Step]:
    """The other batches: two corrections, a late quarter, planned figures sent as actual."""
    if (month := story.OVERCOUNTED) in facts.months:
        yield Step(
            datetime.fromisoformat("2024-01-22T15:30:00"),
            f"{month:%Y-%m}-{CORRECTED}",
            "更正2023年12月资产盘活台账,6间铺面尚未签约",
            {"occupancy": facts.uses[month]},
        )
    if (month := story.MISCODED[0]) in facts.months:
        rows = [r for r in facts.work.rounds[month] if _building(facts, r) == story.MISCODED[1]]
        yield Step(
            datetime.fromisoformat("2024-07-02T09:20:00"),
            f"{month:%Y-%m}-{CORRECTED}",
            f"更正{story.MISCODED[1]}2024年5月就业地点",
            {"employment": rows},
        )
    if story.shift(story.LATE_QUARTER, 3) in facts.months:
        late = [row for row in facts.income[story.LATE_QUARTER] if _late(facts, row)]
        yield Step(
            datetime.fromisoformat("2025-03-03T11:00:00"),
            "2024-12-补报",
            "补报3栋、11栋2024年第四季度收入",
            {"income": late},
        )
    if (month := story.PLANNED_AS_ACTUAL) in facts.months:
        yield Step(
            datetime.fromisoformat("2025-10-07T16:00:00"),
            f"{month:%Y-%m}-{PLANNED}",
            "2025年9月资产盘活台账",
            {"occupancy": overstated(facts.uses[month], None)},
        )
