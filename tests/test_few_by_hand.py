"""Counts of few worked out by hand on a tiny settlement, as the rule reads."""

from __future__ import annotations

import pytest

from board import access, metrics
from board.access import Reader, ReaderSnapshot
from board.catalogue import METRICS
from board.metrics import Period, Reading, Scope, Status
from board.numerals import change
from board.sections import View
from board.sections.words import change_since
from board.store import Snapshot
from tests.support.answers import present
from tests.support.reading import read
from tests.support.rows import asset, citizen, employment, household, occupancy, published, worker

EARLIER, LATER = Period.parse("2024-01"), Period.parse("2024-02")
# Building → able workers, and how many of them are out of work in either month.
HOMES = {"1栋": (40, 12, 12), "2栋": (30, 15, 14), "3栋": (30, 3, 13)}
SUPPRESSED = Status.SUPPRESSED


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    households, labour, rows = [], [], []
    number = 0
    for building, (workers, *idle) in HOMES.items():
        for n in range(workers):
            home = f"{building}-{n // 4}"
            if n % 4 == 0:
                households.append(household(home, building))
            labour.append(worker(number, home))
            for month, out in zip(("2024-01", "2024-02"), idle, strict=True):
                status = "未就业" if n < out else "在业"
                blank = {"industry": None} if building == "1栋" and 20 <= n < 23 else {}
                rows.append(employment(month, citizen(number), status, **blank))
            number += 1
    return published(
        tmp_path_factory.mktemp("few"), households=households, labour=labour, employment=rows,
        assets=[asset("A1", building="1栋"), asset("A2", building="2栋")],
        occupancy=[
            occupancy("2024-01", "A1", "在用", jobs=4, relocated_jobs=2),
            occupancy("2024-01", "A2", "在用", jobs=30, relocated_jobs=15),
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def seen(whole: Snapshot) -> ReaderSnapshot:
    return access.for_reader(whole, Reader().permissions)


def by_building(
    snapshot: Snapshot | ReaderSnapshot, key: str, period: Period = EARLIER
) -> dict[str, Reading]:
    found = read(snapshot, METRICS[key], period, Scope(), ("building",))
    return {one.label: one for one in found.by["building"]}


def test_three_without_work_hide_the_rate_of_every_building(seen: ReaderSnapshot) -> None:
    """Only 3栋 has few; were it alone hidden, that would say so."""
    found = by_building(seen, "employment_rate")
    assert {name: r.status is SUPPRESSED for name, r in found.items()} == dict.fromkeys(HOMES, True)


def test_the_town_and_about_the_numbers_of_those_at_work_are_shown(seen: ReaderSnapshot) -> None:
    """28, 15 and 27 at work, a month later 28, 16 and 17: the one more of 2栋 is told by neither."""
    town = read(seen, METRICS["employment_rate"], EARLIER, Scope())
    assert (town.value, town.numerator, town.denominator) == (0.7, 70, 100)
    found = by_building(seen, "employment_destination")
    assert {name: r.value for name, r in found.items()} == {"1栋": 30, "2栋": 20, "3栋": 30}
    assert {r.rounded_to for r in found.values()} == {10}
    found = by_building(seen, "employment_destination", LATER)
    assert {name: r.value for name, r in found.items()} == {"1栋": 30, "2栋": 20, "3栋": 20}


def test_coverage_below_the_town_would_give_the_rest_away(seen: ReaderSnapshot) -> None:
    """27 at work and all 30 monitored: that is 3."""
    for reading in by_building(seen, "employment_destination").values():
        assert (reading.low, reading.high, reading.expected, reading.coverage) == (None,) * 4


def test_hidden_in_one_month_is_hidden_in_the_next(seen: ReaderSnapshot) -> None:
    """In the second month 13 are out of work in 3栋; shown, they would tell who came to the 3."""
    found = by_building(seen, "employment_rate", LATER)
    assert {r.status for r in found.values()} == {SUPPRESSED}


def test_a_hidden_reading_keeps_nothing_but_what_was_asked(seen: ReaderSnapshot) -> None:
    hidden = by_building(seen, "employment_rate")["3栋"]
    assert (hidden.value, hidden.numerator, hidden.denominator, hidden.low, hidden.high) == (
        None,
    ) * 5
    assert (hidden.unreported, hidden.expected, hidden.extra, hidden.by) == (0, None, {}, {})
    assert hidden.scope.building == "3栋"


def test_categories_are_told_for_the_settlement_alone(seen: ReaderSnapshot) -> None:
    metric = METRICS["employment_destination"]
    town = read(seen, metric, EARLIER, Scope(), ("place",)).by["place"]
    assert {r.label: r.value for r in town}["片区内"] == 70
    inside = read(seen, metric, EARLIER, Scope(building="1栋"), ("place",)).by["place"]
    assert all(r.status is SUPPRESSED for r in inside)


def test_what_few_rows_leave_empty_stands_together_with_its_neighbour(
    seen: ReaderSnapshot,
) -> None:
    """Three have no industry written down: they and the 67 others are one part of 70."""
    metric = METRICS["employment_destination"]
    found = read(seen, metric, EARLIER, Scope(), ("industry",)).by["industry"]
    assert {r.label: r.value for r in found if r.value} == {f"制造业＋{metrics.UNKNOWN}": 70}


def test_a_change_of_few_is_a_band(whole: Snapshot, seen: ReaderSnapshot) -> None:
    """70 at work, then 61: nine fewer are said to be fewer than ten."""
    metric = METRICS["employment_destination"]
    now, before = (read(seen, metric, period, Scope()) for period in (LATER, EARLIER))
    assert present(now.value) - present(before.value) == -9
    told = access.change(seen, metric, LATER, EARLIER, now.scope)
    assert "9" not in change_since(now, told)
    now, before = (read(whole, metric, period, Scope()) for period in (LATER, EARLIER))
    told = metrics.change(whole, metric, LATER, EARLIER, now.scope)
    assert change(now.value, before.value, metric.unit) in change_since(now, told)


def test_a_hidden_place_says_nothing_of_a_month_without_anybody(seen: ReaderSnapshot) -> None:
    """Not even that nobody was there: the others would be what is left."""
    found = by_building(seen, "employment_rate", Period.parse("2023-12"))
    assert {r.status for r in found.values()} == {SUPPRESSED}


def test_people_beside_what_counts_nobody_are_told_for_the_whole_alone(
    seen: ReaderSnapshot,
) -> None:
    """Shops are nobody's; the two of the town who work in 1栋's shop are."""
    found = read(seen, METRICS["asset_occupancy"], EARLIER, Scope(), ("building",))
    assert (found.extra["jobs"], found.extra["relocated_jobs"]) == (34, 17)
    one = read(seen, METRICS["asset_occupancy"], EARLIER, Scope(building="1栋"))
    assert one.value == 1.0
    assert (one.extra["jobs"], one.extra["relocated_jobs"]) == (None, None)


def test_who_may_see_few_sees_everything(whole: Snapshot) -> None:
    leader = access.for_reader(whole, Reader(role=access.Role.LEADER).permissions)
    for key in ("employment_rate", "employment_destination"):
        assert by_building(leader, key) == by_building(whole, key)


def test_whoever_presents_sees_no_more_than_a_viewer(whole: Snapshot) -> None:
    screen = Reader(role=access.Role.TASK_FORCE, presenting=True)
    view = View.of(whole, EARLIER, Scope(), reader=screen)
    assert not view.sees_few
    assert by_building(view.snapshot, "employment_rate")["3栋"].status is SUPPRESSED
