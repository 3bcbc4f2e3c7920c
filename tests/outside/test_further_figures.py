"""The plan's further figures equal those worked out in plain loops from the same rows."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.outside.cli import PROJECT, Settled, call, settle
from tests.outside.columns import NAMES
from tests.outside.further import CASES, Ground, differences, expected
from tests.outside.further.change import PARTS, change
from tests.outside.further.plan import Plan
from tests.outside.further.table import Case, unlike
from tests.outside.further.terms import day_of
from tests.outside.town import Load, Town
from tests.outside.town.fuller import fuller
from tests.support.spread import spread

pytestmark = pytest.mark.usefixtures("workbooks_read_here", "stores_kept_open")

FIRST = Plan(PROJECT / "data" / "plans" / "qinzhou-port-2023")
NAMED = {name: sheet for sheet, name in NAMES.items()}
SECOND = Plan(PROJECT / "tests" / "support" / "second_plan")


def seldom(*periods: str) -> list[Any]:
    """Periods that are compared in the long runs only."""
    return [pytest.param(period, marks=pytest.mark.soak) for period in periods]


def ground_of(town: Town, plan: Plan, upto: int | None = None) -> Ground:
    """What the town's ledgers say, now or as known after a load."""
    ground = Ground(town.in_force(upto), plan, town.months)
    for load in town.loads[:upto]:
        day = day_of(load.at)
        for name in load.unchanged:
            ground.unchanged.add((NAMED[name], load.month, day))
        for book in [] if load.withdrawn else load.books:
            for sheet in book.sheets:
                ground.received.setdefault(sheet.ledger, set()).add(day)
    return ground


def cases_by_filter(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The cases of one call each: those without a filter, and those of each filter."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.filter, []).append(case)
    return found


def keep_from(town: Town, month: str) -> None:
    """Leave out what belongs to a plan by its date and is dated before a month."""
    columns = {
        "任务台账": "完成时限",
        "会议调研台账": "日期",
        "督办台账": "提出日期",
        "活动台账": "日期",
    }
    for load in town.loads:
        for book in load.books:
            for sheet in book.sheets:
                if column := columns.get(sheet.ledger):
                    sheet.rows = [row for row in sheet.rows if f"{row[column]:%Y-%m}" >= month]
            book.sheets = [sheet for sheet in book.sheets if sheet.rows]
        load.books = [book for book in load.books if book.sheets]


def answers(settled: Settled, period: str, scope: str, more: list[str]) -> dict[str, Any]:
    """The command's answer by metric; empty where it refuses."""
    words = ["metrics", "--period", period, "--scope", scope, "--format", "json", *more]
    answer = call(*words, store=settled.store)
    return {figure["metric"]: figure for figure in answer.json} if answer.code == 0 else {}


def compare(
    settled: Settled,
    ground: Ground,
    periods: Iterable[str],
    scopes: Iterable[str],
    among: list[Case] = CASES,
) -> list[str]:
    """All differences over periods and scopes, a figure that is not answered among them."""
    found = []
    for period in periods:
        for text in scopes:
            scope = ground.plan.scope(text)
            for asked, cases in cases_by_filter(among).items():
                due = [case for case in cases if case.defined(ground, period, scope)]
                if not due:
                    continue
                named = asked or among is not CASES
                keys = sorted({case.key for case in due}) if named else []
                more = [word for key in keys for word in ("--metric", key)]
                more += ["--filter", asked] if asked else []
                told = answers(settled, period, text, more)
                for case in due:
                    at = f"{case.key} {period} {text} {asked}".strip()
                    if case.key not in told:
                        found.append(f"{at}: not answered")
                        continue
                    fields, figure = expected(ground, case, period, scope)
                    lines = differences(told[case.key], fields, figure)
                    found += [f"{at}: {line}" for line in lines]
    return found


def moved(
    settled: Settled, ground: Ground, period: str, before: str, scopes: Iterable[str]
) -> list[str]:
    """All differences of `change` between two periods."""
    found = []
    for text in scopes:
        scope = ground.plan.scope(text)
        told = answers(settled, period, text, ["--from", before])
        for case in CASES:
            if case.filter or not case.defined(ground, period, scope):
                continue
            at = f"{case.key} {period} from {before} {text}"
            if case.key not in told or "change" not in told[case.key]:
                found.append(f"{at}: not answered")
                continue
            now, then = (case.figure(ground, p, scope) for p in (period, before))
            wanted = {"from": before} | change(ground.plan, now, then)
            answer = told[case.key]["change"]
            found += [
                f"{at} {name}: told {answer.get(name)!r}, worked out {value!r}"
                for name, value in wanted.items()
                if unlike(answer.get(name), value)
            ]
    return found


PLACES = [
    "幸福小镇",
    "幸福小镇/1栋",
    "幸福小镇/3栋",
    "幸福小镇/4栋",
    "幸福小镇/1栋/1单元",
    "幸福小镇/3栋/2单元",
    "组织人社局",
    "社会事务局",
]


# When a month's registers are said to stand as they were, and of which month.
UNCHANGED = [
    ("2023-04-10T15:00:00", "2023-03"),  # 23:00 on the 10th where the settlement is
    ("2023-05-10T16:30:00", "2023-04"),  # half past midnight on the 11th
    ("2023-06-05T10:00:00", "2023-05"),
    ("2023-08-05T10:00:00", "2023-06"),
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """A town of the shipped plan with every ledger, taken in."""
    town = fuller(1, FIRST)
    for at, month in UNCHANGED:
        town.loads.append(Load(at, [], unchanged=("households", "labour"), month=month))
    town.loads.sort(key=lambda load: load.at)
    return settle(town, tmp_path_factory.mktemp("fuller"))


@pytest.mark.parametrize("period", ["2024-08", *seldom("2023-01", "2023-12", "2026-01")])
def test_a_month_is_what_its_rows_say(settled: Settled, period: str) -> None:
    ground = ground_of(settled.town, FIRST)
    assert compare(settled, ground, [period], PLACES) == []


@pytest.mark.parametrize("period", ["2024-Q3", "2025", *seldom("2023-Q2", "2025-H1", "2023-H2")])
def test_a_longer_period_is_what_its_rows_say(settled: Settled, period: str) -> None:
    ground = ground_of(settled.town, FIRST)
    assert compare(settled, ground, [period], ["幸福小镇", "幸福小镇/3栋", "社会事务局"]) == []


@pytest.mark.parametrize(
    ("period", "before"),
    [("2024-08", "2024-07"), ("2024-08", "2023-08"), ("2025-Q1", "2024-Q4"), ("2025", "2024")],
)
def test_what_moved_a_figure_is_told_from_silence(
    settled: Settled, period: str, before: str
) -> None:
    ground = ground_of(settled.town, FIRST)
    scopes = ["幸福小镇", "幸福小镇/1栋", "幸福小镇/3栋/2单元"]
    assert moved(settled, ground, period, before, scopes) == []


SETTLEMENTS = [
    "east-lake-2026",
    "云岭新村",
    "清溪家园",
    "云岭新村/1栋",
    "清溪家园/1栋",
    "清溪家园/3栋/2单元",
    "安居办公室",
]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """A town of two settlements, its plan beside that of another town.

    That a plan alone answers the same is shown over eight such towns in the long runs.
    """
    town = fuller(2, SECOND, "2025-09", "2026-10")
    keep_from(town, SECOND.said["起始月份"])
    return settle(town, tmp_path_factory.mktemp("elsewhere"), [FIRST.folder, SECOND.folder])


@pytest.mark.parametrize("period", ["2026-Q2", *seldom("2026-03", "2026-06", "2026-Q3")])
def test_two_settlements_of_another_plan_are_what_their_rows_say(
    elsewhere: Settled, period: str
) -> None:
    ground = ground_of(elsewhere.town, SECOND)
    assert compare(elsewhere, ground, [period], SETTLEMENTS) == []


def test_settlements_add_up_to_their_plan_when_households_move_between_them(
    elsewhere: Settled,
) -> None:
    ground = ground_of(elsewhere.town, SECOND)
    homes = ground.homes.values()
    assert any(len({row["安置点"] for row in rows}) > 1 for rows in homes)
    whole, *parts = SETTLEMENTS[:3]
    keys = ("register_size", "employment_destination", "zero_employment_households")
    named = [word for key in keys for word in ("--metric", key)]
    for period in ("2026-01", "2026-06", "2026-Q3"):
        told = {text: elsewhere.metrics(period, text, *named) for text in (whole, *parts)}
        for key in keys:
            counts = [told[text][key]["numerator"] or 0 for text in parts]
            assert sum(counts) == told[whole][key]["numerator"], (key, period, counts)


@pytest.mark.parametrize("seed", spread(range(10, 14), [10]))
def test_what_moved_a_count_adds_up_to_its_difference(seed: int) -> None:
    town = fuller(seed, FIRST)
    ground, scope = ground_of(town, FIRST), FIRST.scope("幸福小镇/3栋")
    for case in CASES:
        for period, before in (("2024-08", "2024-07"), ("2025", "2024")):
            if not case.defined(ground, period, scope):
                continue
            parts = change(FIRST, *(case.figure(ground, p, scope) for p in (period, before)))
            if parts.get("entered") is not None:
                assert sum(parts[name] for name in PARTS) == pytest.approx(parts["difference"])


def test_a_register_said_to_stand_as_it_was_is_in_time(settled: Settled) -> None:
    assert any(load.unchanged for load in settled.town.loads)
    ground = ground_of(settled.town, FIRST)
    cases = [case for case in CASES if case.key == "ledger_timeliness"]
    assert compare(settled, ground, ["2023-06", "2023"], ["幸福小镇"], cases) == []


PARTED = [
    ("industrial_occupancy", "2024-08", "幸福小镇"),
    ("capitalised_rate", "2024-08", "幸福小镇"),
    ("land_papers_rate", "2025", "幸福小镇/1栋"),
    ("stable_jobs", "2024-08", "幸福小镇"),
    ("willing_employment_rate", "2024-Q3", "幸福小镇/3栋"),
    ("public_post_priority", "2024-08", "幸福小镇"),
    ("zero_employment_overdue", "2025-06", "幸福小镇"),
    ("risk_referred", "2024-08", "幸福小镇"),
    ("nearby_public_rate", "2024-05", "幸福小镇"),
    ("households_visited", "2024-Q3", "幸福小镇"),
    ("promises_kept", "2024", "幸福小镇"),
    ("decisions_done", "2024", "幸福小镇"),
    ("problems_closed", "2025", "幸福小镇"),
    ("job_fairs", "2024", "幸福小镇"),
    ("leader_visits", "2023-H1", "幸福小镇"),
    ("quarterly_meetings", "2024-Q3", "幸福小镇"),
    ("demonstration_sites", "2025", "幸福小镇"),
    ("overdue_repairs", "2024-08", "幸福小镇"),
]


@pytest.mark.parametrize(("key", "period", "scope"), PARTED)
def test_as_many_rows_stand_behind_a_figure_as_it_counts(
    settled: Settled, key: str, period: str, scope: str
) -> None:
    ground = ground_of(settled.town, FIRST)
    case = next(case for case in CASES if case.key == key and not case.filter)
    items = case.figure(ground, period, FIRST.scope(scope)).items
    wanted = {
        "numerator": sum(item.n > 0 for item in items),
        "denominator": sum(item.d > 0 for item in items),
        "unreported": sum(item.unreported for item in items),
    }
    if not wanted["denominator"]:  # a count has none
        del wanted["denominator"]
    assert items
    places = (row["@"] for rows in ground.rows.values() for row in rows)
    cells = {(file, sheet.strip(), line) for file, sheet, line in places}
    for part, count in wanted.items():
        told = settled.rows(key, period, scope, part)
        assert {(row["file"], row["sheet"].strip(), row["row"]) for row in told} <= cells, part
        assert len(told) == count, part


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200, 215))
def test_any_town_is_what_its_rows_say(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    settled = settle(fuller(seed, FIRST), tmp_path_factory.mktemp(f"fuller{seed}"))
    ground = ground_of(settled.town, FIRST)
    months = settled.town.months
    longer = ["2023-Q1", "2023-Q4", "2024-Q2", "2025-Q3", "2023-H1", "2024-H2", "2024", "2025"]
    assert compare(settled, ground, [*months[:-1], *longer], PLACES[:1]) == []
    assert compare(settled, ground, [*months[1:-1:6], *longer], PLACES[1:]) == []
    for period, before in ((months[7], months[6]), ("2025-Q2", "2025-Q1"), ("2024", "2023")):
        assert moved(settled, ground, period, before, PLACES[:5]) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(300, 308))
def test_any_two_settlements_are_what_their_rows_say(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    town = fuller(seed, SECOND, "2025-06", "2026-10")
    settled = settle(town, tmp_path_factory.mktemp(f"elsewhere{seed}"), [SECOND.folder])
    ground = ground_of(town, SECOND)
    periods = [*town.months[1:-1:2], "2026-Q1", "2026-Q3", "2026-H1", "2025-H2", "2025"]
    assert compare(settled, ground, periods, SETTLEMENTS) == []
    for period, before in ((town.months[9], town.months[8]), ("2026-Q2", "2026-Q1")):
        assert moved(settled, ground, period, before, SETTLEMENTS[:6]) == []
