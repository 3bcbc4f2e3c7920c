"""The status of a figure, case by case: what low, high and the target's date say."""

from __future__ import annotations

from datetime import date

import pytest

from board.metrics import Metric, Status
from board.metrics.status import Figure, judge
from board.metrics.targets import Aim, aim
from board.plans.plan import Sign
from tests.support import targets
from tests.support.answers import present

RATE = Metric("rate", "率", "", ()), "≥"
LOWER = Metric("lower", "数", "", (), better="lower", kind="count"), "≤"
STRICT = Metric("strict", "差", "", (), kind="gap"), ">"
EXACT = Metric("exact", "数", "", (), kind="count"), "="

CASES = [
    # metric, low, high, target, path, due → status
    (RATE, 0.6, 0.6, 0.6, 0.6, True, "met"),
    (RATE, 0.59, 0.59, 0.6, 0.6, True, "missed"),
    (RATE, 0.59, 0.61, 0.6, 0.6, True, "undetermined"),
    (RATE, 0.55, 0.55, 0.6, 0.55, False, "on_pace"),
    (RATE, 0.7, 0.7, 0.6, 0.55, False, "on_pace"),
    (RATE, 0.54, 0.54, 0.6, 0.55, False, "behind"),
    (RATE, 0.54, 0.56, 0.6, 0.55, False, "undetermined"),
    (RATE, 0.1 + 0.2, 0.3, 0.3, 0.3, True, "met"),
    (LOWER, 0, 0, 0, 0, True, "met"),
    (LOWER, 0, 2, 0, 0, True, "undetermined"),
    (LOWER, 1, 1, 0, 0, True, "missed"),
    (STRICT, 0.0, 0.0, 0, 0, True, "missed"),
    (STRICT, 1e-12, 1e-12, 0, 0, True, "missed"),
    (STRICT, 0.1, 0.1, 0, 0, True, "met"),
    (STRICT, 0.1, 0.1, 0, 0, False, "on_pace"),
    (STRICT, -0.1, -0.1, 0, 0, False, "behind"),
    (EXACT, 2, 2, 2, 2, True, "met"),
    (EXACT, 1, 3, 2, 2, True, "undetermined"),
    (EXACT, 3, 4, 2, 2, True, "missed"),
]


@pytest.mark.parametrize(("metric", "low", "high", "target", "path", "due", "status"), CASES)
def test_low_and_high_decide_against_target_or_path(
    metric: tuple[Metric, Sign],
    low: float,
    high: float,
    target: float,
    path: float,
    due: bool,
    status: str,
) -> None:
    figure = Figure(value=low, low=low, high=high)
    declared, sign = metric
    aimed = Aim(targets.target(target, every="month", sign=sign), path, due)
    assert judge(declared, figure, aimed) == status


def test_without_a_target_there_is_nothing_to_judge() -> None:
    assert judge(RATE[0], Figure(value=0.5, low=0.5, high=0.5), None) == "no_target"


def test_what_stands_already_is_not_judged() -> None:
    assert judge(RATE[0], Figure(standing=Status.NO_DATA), ONE) == "no_data"


def test_a_growth_made_of_too_few_rows_is_undetermined_where_there_is_a_target() -> None:
    thin = Figure(value=3.0, thin=True)
    assert judge(STRICT[0], thin, ONE) == "undetermined"
    assert judge(STRICT[0], thin, None) == "no_target"


ONE = Aim(targets.target(1, every="month"), 1, True)
DATED = [
    targets.target(0.50, "2023-12", path="straight"),
    targets.target(0.60, "2024-12", path="straight"),
    targets.target(0.80, "2025-12", path="straight"),
]
START = (date(2023, 2, 1), 0.30)


@pytest.mark.parametrize(
    ("month", "target", "path", "due"),
    [
        (date(2023, 1, 1), 0.50, 0.50, False),  # before the first report: no line leads there
        (date(2023, 2, 1), 0.50, 0.30, False),
        (date(2023, 7, 1), 0.50, 0.40, False),
        (date(2023, 12, 1), 0.50, 0.50, True),
        (date(2024, 3, 1), 0.60, 0.525, False),
        (date(2024, 12, 1), 0.60, 0.60, True),
        (date(2025, 6, 1), 0.80, 0.70, False),
        (date(2025, 12, 1), 0.80, 0.80, True),
        (date(2026, 5, 1), 0.80, 0.80, True),  # after the plan the last target stays
    ],
)
def test_the_path_runs_straight_from_the_first_report_and_from_target_to_target(
    month: date, target: float, path: float, due: bool
) -> None:
    found = present(aim(DATED, month, START))
    assert (found.target, found.due) == (target, due)
    assert found.path == pytest.approx(path)


def test_a_first_report_after_a_target_does_not_move_the_line_from_it() -> None:
    assert present(aim(DATED, date(2024, 6, 1), (date(2024, 5, 1), 0.1))).path == pytest.approx(
        0.55
    )


def test_rounds_grow_by_one_a_month_and_fall_due_in_december() -> None:
    rounds = [targets.target(12, every="year", path="growing")]
    assert aim(rounds, date(2024, 9, 1)) == Aim(rounds[0], 9, False)
    assert aim(rounds, date(2024, 12, 1)) == Aim(rounds[0], 12, True)


def test_a_path_to_a_number_of_things_is_rounded_down_and_nothing_is_due_while_it_is_zero() -> None:
    meetings = [targets.target(3, every="year", path="growing")]
    months = [date(2024, month, 1) for month in (1, 3, 4, 11, 12)]
    paths = [present(aim(meetings, month, counted=True)).path for month in months]
    assert paths == [0, 0, 1, 2, 3]
    one = Figure(value=0, low=0, high=0)
    assert judge(LOWER[0], one, aim(meetings, date(2024, 3, 1), counted=True)) == "not_due"
    assert judge(LOWER[0], one, aim(meetings, date(2024, 4, 1), counted=True)) == "behind"


def test_a_half_years_target_falls_due_in_june_and_december() -> None:
    visits = [targets.target(1, every="half")]
    due = [month for month in range(1, 13) if present(aim(visits, date(2024, month, 1))).due]
    assert due == [6, 12]


def test_a_milestone_is_met_as_soon_as_it_is_reached_and_not_due_before() -> None:
    dated = [targets.target(1, "2025-12", path="milestone")]
    yearly = [targets.target(1, every="year", path="milestone")]
    reached, short = Figure(value=1, low=1, high=1), Figure(value=0, low=0, high=1)
    told = [
        [str(judge(LOWER[0], figure, aim(of, month))) for figure in (reached, short)]
        for of in (dated, yearly)
        for month in (date(2024, 6, 1), date(2025, 12, 1))
    ]
    assert told == [
        ["met", "not_due"], ["met", "undetermined"],
        ["not_due", "not_due"], ["met", "undetermined"],
    ]  # fmt: skip


def test_a_target_holds_between_its_months_only() -> None:
    of = targets.target(
        0.3, every="year", since=date(2023, 1, 1), until=date(2025, 12, 1), path="growing"
    )
    assert aim([of], date(2022, 12, 1)) is None
    assert aim([of], date(2025, 12, 1)) is not None
    assert aim([of], date(2026, 1, 1)) is None
