"""What pages ask beside the metrics, over an invented town: it agrees with the metrics' figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from board import questions
from board.catalogue import METRICS
from board.metrics import Period, Scope, departments, periods, places, read, shift
from board.store import Snapshot, open_store
from tests.support.rows import citizen, employment, household, published, worker
from tests.support.settlement import made

WHOLE, SINCE, UNTIL = Scope(), date(2023, 6, 1), date(2023, 11, 1)
PERSONAL = {"head_name", "citizen_id", "phone", "helper_name", "helper_phone", "reporter", "name"}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return open_store(made(80, 14)).snapshot()


@pytest.mark.parametrize("axis", questions.AXES)
def test_movements_sum_to_both_months(snapshot: Snapshot, axis: str) -> None:
    for scope in (WHOLE, places(snapshot)[1], places(snapshot)[2]):
        moved = questions.movements(snapshot, SINCE, UNTIL, scope, axis)
        metric = METRICS["employment_destination"]
        for side, month, outside in (
            ("origin", SINCE, questions.ENTERED), ("destination", UNTIL, questions.LEFT),
        ):  # fmt: skip
            found = dict(moved.group_by(side).agg(pl.col("people").sum()).rows())
            found.pop(outside, None)
            rate = read(snapshot, METRICS["employment_rate"], Period(month), scope)
            assert sum(found.values()) == rate.denominator
            found.pop(questions.OUT, None)
            by = read(snapshot, metric, Period(month), scope, (axis,)).by[axis]
            assert found == {one.label: one.value for one in by if one.value}


def test_one_stays_one_moves_one_enters_and_one_leaves(tmp_path: Path) -> None:
    told = {1: ("片区内", "片区内"), 2: ("片区内", "广东"), 3: (None, "广东"), 4: ("境外", None)}
    small = published(
        tmp_path,
        households=[household("H1")],
        labour=[worker(n, "H1") for n in told],
        employment=[
            employment(month, citizen(n), place=place)
            for n, where in told.items()
            for month, place in zip(("2024-01", "2024-02"), where, strict=True)
            if place
        ],
    )
    moved = questions.movements(small, date(2024, 1, 1), date(2024, 2, 1), WHOLE)
    assert sorted(moved.rows()) == sorted(
        [
            ("片区内", "片区内", 1), ("片区内", "广东", 1),
            (questions.ENTERED, "广东", 1), ("境外", questions.LEFT, 1),
        ]
    )  # fmt: skip


def test_wages_count_everybody_at_work(snapshot: Snapshot) -> None:
    found = questions.wages(snapshot, UNTIL, WHOLE, "industry")
    assert (
        found["people"].sum()
        == read(snapshot, METRICS["median_wage"], Period(UNTIL), WHOLE).denominator
    )
    assert found.filter(
        (pl.col("low") > pl.col("median")) | (pl.col("median") > pl.col("high"))
    ).is_empty()
    with pytest.raises(KeyError):
        questions.wages(snapshot, UNTIL, WHOLE, "name")


def test_counties_count_everybody_employed(snapshot: Snapshot) -> None:
    found = questions.county_flows(snapshot, UNTIL, WHOLE)
    employed = read(snapshot, METRICS["employment_destination"], Period(UNTIL), WHOLE)
    assert found["people"].sum() == employed.value
    placed = found.filter(pl.col("county").is_not_null())
    assert placed["longitude"].null_count() == 0


def test_open_households_are_the_zero_and_the_unknown(snapshot: Snapshot) -> None:
    metric = METRICS["zero_employment_households"]
    for month in periods(snapshot, "month"):
        listed = questions.open_households(snapshot, month.first, WHOLE)
        figure = read(snapshot, metric, month, WHOLE)
        zero = listed.filter(pl.col("state") == "zero")
        assert listed.height == figure.high
        assert zero.height == figure.low
        counted = questions.months_open(snapshot, month.first, WHOLE)
        assert counted["households"].sum() == zero.height
        assert sorted(zero["months_open"]) == sorted(figure.extra["months_open"])
        assert zero.filter(pl.col("idle") == 0).is_empty()


def test_clearing_falls_from_one_and_never_rises(snapshot: Snapshot) -> None:
    found = questions.clearing(snapshot, UNTIL, WHOLE)
    shares = [1.0, *found["share"]]
    assert shares == sorted(shares, reverse=True)
    assert found["at_risk"].to_list() == sorted(found["at_risk"], reverse=True)


def test_one_spell_cleared_after_a_month_and_one_still_open(tmp_path: Path) -> None:
    story = {1: "在业 未就业 在业", 2: "在业 未就业 未就业"}
    small = published(
        tmp_path,
        households=[household(f"H{n}") for n in story],
        labour=[worker(n, f"H{n}") for n in story],
        employment=[
            employment(f"2024-0{at}", citizen(n), status)
            for n, line in story.items()
            for at, status in enumerate(line.split(), 1)
        ],
    )
    found = questions.clearing(small, date(2024, 3, 1), WHOLE)
    assert found.rows() == [(1, 0.5, 2)]
    flow = questions.flow(small, [date(2024, 2, 1), date(2024, 3, 1)], WHOLE)
    assert flow["new"].to_list() == [2, 0]
    assert flow["closing"].to_list() == [2, 1]


def test_tasks_listed_are_those_counted(snapshot: Snapshot) -> None:
    for scope in (WHOLE, departments(snapshot)[1]):
        listed = questions.tasks_led(snapshot, UNTIL, scope)
        overdue = read(snapshot, METRICS["overdue_tasks"], Period(UNTIL), scope)
        stale = read(snapshot, METRICS["stale_tasks"], Period(UNTIL), scope)
        assert listed["overdue"].sum() == (overdue.value or 0)
        assert questions.tasks_stale(snapshot, UNTIL, scope).height == (stale.value or 0)
    grid = questions.deliveries(snapshot, UNTIL)
    for one in departments(snapshot):
        own = grid.filter(pl.col("department") == one.department)
        figure = read(snapshot, METRICS["task_completion"], Period(UNTIL), one)
        assert (own["done"].sum(), own["due"].sum()) == (
            figure.numerator or 0, figure.denominator or 0,
        )  # fmt: skip


def test_completeness_is_that_of_the_metrics(snapshot: Snapshot) -> None:
    found = questions.completeness(snapshot, UNTIL)
    for building, workers, monitored, *_ in found.rows():
        figure = read(snapshot, METRICS["employment_rate"], Period(UNTIL), Scope(building=building))
        assert (figure.expected, figure.denominator) == (workers, monitored)


def test_reports_are_due_on_the_tenth(snapshot: Snapshot) -> None:
    found = questions.reports(snapshot, SINCE, UNTIL)
    assert found.height == 5 * 6
    assert {day.day for day in found["due_on"]} == {10}
    timely = read(snapshot, METRICS["ledger_timeliness"], Period(UNTIL), WHOLE)
    year = questions.reports(snapshot, shift(UNTIL, -10), UNTIL)
    of_plan = year.filter(pl.col("ledger").is_in(["employment", "households", "labour"]))
    assert of_plan.filter(pl.col("state") == "on_time").height == timely.numerator


def test_no_question_answers_with_a_person(snapshot: Snapshot) -> None:
    frames = [
        questions.open_households(snapshot, UNTIL, WHOLE), questions.tasks_led(snapshot, UNTIL, WHOLE),
        questions.county_flows(snapshot, UNTIL, WHOLE), questions.deliveries(snapshot, UNTIL),
    ]  # fmt: skip
    for frame in frames:
        assert not PERSONAL & set(frame.columns)
