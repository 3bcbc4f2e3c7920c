"""What each delivery carries: a month's rows, what was late or wrong, and what put it right."""

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
from board.sample.work import Report, Work, work

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
CORRECTED, PLANNED = "更正", "报送"


@dataclass(frozen=True)
class Step:
    """One batch before it becomes frames: when it is recorded, its file's name, note and rows."""

    at: datetime
    name: str
    note: str
    rows: Rows


@dataclass(frozen=True)
class World:
    """Everything that is true of the settlement."""

    known: list[date]
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
    """Make the settlement and let its months pass."""
    town = settlement(households, months, seed)
    done, assets = work(town, months, seed), register(households, months, seed)
    return World(
        known=story.months_of(months),
        town=town,
        work=done,
        assets=assets,
        uses=occupancy(assets, months, seed),
        tasks=tasks(months, seed),
        meetings=meetings(months, seed),
        income=income(town, done, months, seed),
        county=benchmark(months),
        others=plan(town, months, seed),
    )


def steps(all_of: World) -> list[Step]:
    """The batches in the order in which they were recorded."""
    monthly = [_monthly(all_of, month) for month in all_of.known]
    return sorted([*monthly, *_closing(all_of), *_corrections(all_of)], key=lambda step: step.at)


def recorded(month: date) -> datetime:
    """When a month's delivery comes in: the 8th of the next month, the 14th when it is late."""
    late = month in story.LATE_MONTHS
    return datetime.combine(story.shift(month, 1), time(10)) + timedelta(days=13 if late else 7)


def _monthly(all_of: World, month: date) -> Step:
    first = month == all_of.known[0]
    rows: dict[str, Sequence[tuple[Any, ...]]] = {
        "households": _homes(all_of, month, first),
        "labour": _effective(all_of.town.people.values(), month, first),
        "assets": _effective(all_of.assets.values(), month, first),
        "employment": _as_first_reported(all_of, month),
        "occupancy": _as_first_sent(all_of, month),
        "tasks": all_of.tasks[month],
        "meetings": all_of.meetings[month],
    }
    quarters = [story.shift(month, -3)] if month.month % 3 == 1 else []
    if first:
        quarters = story.quarters_of(0)
    rows["income"] = [row for q in quarters for row in _income_in_time(all_of, q)]
    rows["benchmark"] = [row for q in quarters for row in all_of.county[q]]
    rows.update(all_of.others[month])
    return Step(recorded(month), f"{month:%Y-%m}", f"{month.year}年{month.month}月台账", rows)


def _as_first_sent(all_of: World, month: date) -> list[Use]:
    """The month's occupancy as it came in, with what was wrong in it."""
    uses = all_of.uses[month]
    if month == story.OVERCOUNTED:
        return overstated(uses, 6)
    if month == story.UNUSABLE[0]:
        office = story.UNUSABLE[1]
        return [*uses, Use(month, office, "在用", None, "公益使用", None, None, None, None)]
    return uses


def _effective(histories: Iterable[Sequence[Any]], month: date, first: bool) -> list[Any]:
    """The register rows that begin to hold in a month; at first those that always held, too."""
    return [
        row
        for history in histories
        for row in history
        if row.effective_month == month or (first and row.effective_month is None)
    ]


def _homes(all_of: World, month: date, first: bool) -> list[Home]:
    """Household rows of a month, with those whose first visit has become known since the last."""
    until = recorded(month).date()
    since = date.min if first else recorded(story.shift(month, -1)).date()
    found = []
    for history in all_of.town.homes.values():
        for row in history:
            begins = row.effective_month == month or (first and row.effective_month is None)
            earlier = row.effective_month is None or row.effective_month < month
            visited = row.first_visit is not None and since < row.first_visit <= until
            if begins or (earlier and visited):
                unseen = row.first_visit is not None and row.first_visit > until
                found.append(row._replace(first_visit=None) if unseen else row)
    return found


def _as_first_reported(all_of: World, month: date) -> list[Report]:
    """The round as it came in: once a building's workers away were put down as nearby."""
    rows = all_of.work.rounds[month]
    if month != story.MISCODED[0]:
        return rows
    away = [
        row
        for row in rows
        if row.place in ("广东", "区内市外") and _building(all_of, row) == story.MISCODED[1]
    ]
    nearby = [row._replace(place="片区内", county="钦州市") for row in away]
    for number, row in enumerate(nearby):
        if row.wage:
            nearby[number] = row._replace(wage=row.wage * 10)
            break
    wrong = {row.citizen_id: row for row in nearby}
    return [wrong.get(row.citizen_id, row) for row in rows]


def _building(all_of: World, row: Report) -> str:
    worker = all_of.town.worker(row.citizen_id, row.month)
    return worker[1].building if worker else ""


def _late(all_of: World, row: Earnings) -> bool:
    home = all_of.town.homes[row.household_id][0]
    return row.quarter == story.LATE_QUARTER and home.building in story.LATE_QUARTER_BUILDINGS


def _income_in_time(all_of: World, quarter: date) -> list[Earnings]:
    return [row for row in all_of.income[quarter] if not _late(all_of, row)]


def _closing(all_of: World) -> Iterator[Step]:
    """The last quarter's income, which no later month's delivery brings."""
    last = all_of.known[-1]
    if last.month % 3 == 0:
        quarter = story.shift(last, -2)
        at = datetime.combine(story.shift(last, 1), time(10)) + timedelta(days=25)
        label = f"{quarter.year}年第{(quarter.month + 2) // 3}季度收入"
        rows: Rows = {"income": all_of.income[quarter], "benchmark": all_of.county[quarter]}
        yield Step(at, f"{last:%Y-%m}-收入", label, rows)


def _corrections(all_of: World) -> Iterator[Step]:
    """What came between the months: two corrections, a late quarter, figures sent by mistake."""
    if (month := story.OVERCOUNTED) in all_of.known:
        yield Step(
            datetime.fromisoformat("2024-01-22T15:30:00"),
            f"{month:%Y-%m}-{CORRECTED}",
            "更正2023年12月资产盘活台账,6间铺面尚未签约",
            {"occupancy": all_of.uses[month]},
        )
    if (month := story.MISCODED[0]) in all_of.known:
        rows = [r for r in all_of.work.rounds[month] if _building(all_of, r) == story.MISCODED[1]]
        yield Step(
            datetime.fromisoformat("2024-07-02T09:20:00"),
            f"{month:%Y-%m}-{CORRECTED}",
            f"更正{story.MISCODED[1]}2024年5月就业地点",
            {"employment": rows},
        )
    if story.shift(story.LATE_QUARTER, 3) in all_of.known:
        late = [row for row in all_of.income[story.LATE_QUARTER] if _late(all_of, row)]
        yield Step(
            datetime.fromisoformat("2025-03-03T11:00:00"),
            "2024-12-补报",
            "补报3栋、11栋2024年第四季度收入",
            {"income": late},
        )
    if (month := story.PLANNED_AS_ACTUAL) in all_of.known:
        yield Step(
            datetime.fromisoformat("2025-10-07T16:00:00"),
            f"{month:%Y-%m}-{PLANNED}",
            "2025年9月资产盘活台账",
            {"occupancy": overstated(all_of.uses[month], None)},
        )
