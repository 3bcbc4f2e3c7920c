"""Tasks and their occurrences, meetings, follow-ups, mechanisms: each by a case worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from board import questions
from board.access import Reader
from board.catalogue import METRICS, measure_states
from board.metrics import Period, Reading, Scope, Status, filter_of, read, rows
from board.metrics.metric import Part
from board.store import Snapshot
from tests.support.rows import Row, published, task

WHOLE = Scope()
ONE, TWO = "社会事务局", "经济发展局"
DECEMBER = date(2024, 12, 31)


def of(
    snapshot: Snapshot, key: str, period: str, scope: Scope = WHOLE, only: str = ""
) -> Reading:
    metric = replace(METRICS[key], filter=filter_of(METRICS[key], only))
    by = ("department",) if "department" in metric.axes and not scope.department else ()
    return read(snapshot, metric, Period.parse(period), scope, by)


def counted(snapshot: Snapshot, key: str, period: str, scope: Scope = WHOLE) -> tuple[Any, Any]:
    figure = of(snapshot, key, period, scope)
    return figure.numerator, figure.denominator


def behind(snapshot: Snapshot, key: str, period: str, part: Part, column: str) -> list[Any]:
    return rows(snapshot, METRICS[key], Period.parse(period), WHOLE, part)[column].to_list()


def monthly(updated_on: date, occurrence: str | None, done: date | None = None, **more: Any) -> Row:
    """An update of T1, due every month of 2024, that tells of one month."""
    row = task("T1", [ONE], DECEMBER, updated_on, starts=date(2024, 1, 1), cadence="每月")
    told = {"occurrence": occurrence}
    if done:
        told |= {"state": "已完成", "done_on": done}
    return row | told | more


def test_a_recurring_task_is_due_once_a_period_and_done_by_the_row_that_names_it(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            monthly(date(2024, 2, 3), "2024-01", date(2024, 1, 30), accepted_on=date(2024, 2, 3)),
            monthly(date(2024, 3, 8), "2024-02", date(2024, 3, 7)),
            # The row of March says nothing of April, and one without 期次 of no month.
            monthly(date(2024, 3, 20), "2024-03"),
            monthly(date(2024, 4, 2), None, date(2024, 4, 2)),
        ],
    )
    assert counted(town, "task_completion", "2024-01") == (1, 1)
    assert counted(town, "task_completion", "2024-02") == (1, 2)
    assert counted(town, "task_completion", "2024-Q1") == (2, 3)
    assert counted(town, "task_completion", "2024-06") == (2, 6)
    assert counted(town, "on_time_rate", "2024-06") == (1, 6)
    assert counted(town, "accepted_rate", "2024-06") == (1, 6)
    assert of(town, "task_completion", "2024-06").extra == {"accepted": 1, "due_today": 1}
    late = of(town, "overdue_tasks", "2024-06")
    assert (late.value, late.extra["days_late"]) == (3, [91, 61, 30])
    assert behind(town, "overdue_tasks", "2024-06", "numerator", "occurrence") == [
        "2024-03", "2024-04", "2024-05",
    ]  # fmt: skip
    # The row behind an occurrence is its own, else the task's latest.
    assert behind(town, "task_completion", "2024-06", "denominator", "row") == [2, 3, 4, 5, 5, 5]


def test_the_last_period_is_due_with_the_task_and_the_first_begins_with_it(tmp_path: Path) -> None:
    spans = {
        "每季度": ["2023-Q4", "2024-Q1", "2024-Q2"],
        "每半年": ["2023-H2", "2024-H1"],
        "每年": ["2023", "2024"],
    }
    due = {
        "每季度": [date(2023, 12, 31), date(2024, 3, 31), date(2024, 5, 20)],
        "每半年": [date(2023, 12, 31), date(2024, 5, 20)],
        "每年": [date(2023, 12, 31), date(2024, 5, 20)],
    }
    for cadence, names in spans.items():
        row = task(
            "T1", [ONE], date(2024, 5, 20), date(2023, 11, 15), starts=date(2023, 11, 10),
            cadence=cadence, occurrence=names[0],
        )  # fmt: skip
        town = published(tmp_path / cadence, tasks=[row])
        led = questions.tasks_led(town, date(2024, 6, 1), WHOLE)
        assert led["occurrence"].to_list() == names
        assert led["due"].to_list() == due[cadence]
        assert led["starts"][0] == date(2023, 11, 10)
        assert counted(town, "task_completion", "2023-12") == (0, 1)
        assert of(town, "task_completion", "2023-11").status is Status.NOT_DUE


def test_a_recurring_task_without_any_occurrence_is_one_task(tmp_path: Path) -> None:
    row = task("T1", [ONE], DECEMBER, date(2024, 2, 3), cadence="每月")
    town = published(tmp_path, tasks=[row])
    assert of(town, "task_completion", "2024-11").status is Status.NOT_DUE
    assert counted(town, "task_completion", "2024-12") == (0, 1)


def test_the_latest_row_of_a_task_says_what_it_is_and_of_an_occurrence_what_became_of_it(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            monthly(date(2024, 2, 3), "2024-01", date(2024, 1, 30)),
            monthly(date(2024, 2, 20), "2024-01", state="推进中"),  # sent back: it was not done
            monthly(date(2024, 3, 4), "2024-02", date(2024, 2, 29), due=date(2024, 3, 15), leads=[TWO]),
        ],
    )  # fmt: skip
    assert counted(town, "task_completion", "2024-12") == (1, 3)
    assert counted(town, "task_completion", "2024-12", Scope(department=TWO)) == (1, 3)
    assert of(town, "task_completion", "2024-12", Scope(department=ONE)).status == "not_applicable"


def test_cancelling_a_recurring_task_ends_what_is_due_afterwards(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        tasks=[
            monthly(date(2024, 2, 3), "2024-01", date(2024, 1, 30)),
            monthly(date(2024, 3, 31), None, state="已取消"),
            task("T2", [TWO], date(2024, 2, 10), date(2024, 1, 5)),
            task("T2", [TWO], date(2024, 2, 10), date(2024, 4, 5), state="已取消"),
            task("T2", [TWO], date(2024, 2, 10), date(2024, 5, 5)),
        ],
    )
    # T1: January is done, February and March were due by the day of the cancellation.
    assert counted(town, "task_completion", "2024-03") == (1, 4)
    # T2 comes once: it is out from its cancellation on, though it was due before.
    assert counted(town, "task_completion", "2024-04") == (1, 3)
    assert counted(town, "task_completion", "2024-12") == (1, 3)
    assert of(town, "overdue_tasks", "2024-12").value == 2
    assert of(town, "stale_tasks", "2024-12").value is None
    assert of(town, "departments_with_tasks", "2024-02").numerator == 2
    assert of(town, "departments_with_tasks", "2024-03").numerator == 1


def test_an_occurrence_cancelled_before_its_day_is_out_and_afterwards_is_not(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            monthly(date(2024, 2, 10), "2024-02", state="已取消"),
            monthly(date(2024, 4, 10), "2024-03", state="已取消"),
        ],
    )
    assert counted(town, "task_completion", "2024-04") == (0, 3)  # January, March and April
    assert behind(town, "task_completion", "2024-04", "excluded", "occurrence") == ["2024-02"]


def test_a_recurring_task_is_stale_by_its_last_row_and_done_when_every_occurrence_is(
    tmp_path: Path,
) -> None:
    quarterly = {"starts": date(2024, 1, 1), "cadence": "每季度"}
    end = date(2024, 6, 30)
    town = published(
        tmp_path,
        tasks=[
            task("T1", [ONE], end, date(2024, 4, 1), occurrence="2024-Q1", done_on=date(2024, 3, 30),
                 **quarterly),
            task("T1", [ONE], end, date(2024, 7, 1), occurrence="2024-Q2", done_on=date(2024, 6, 30),
                 **quarterly),
        ],
    )  # fmt: skip
    assert of(town, "stale_tasks", "2024-04").value == 0
    # All due by May is done, but not the task: nobody told of it for 60 days.
    assert of(town, "stale_tasks", "2024-05").value == 1
    assert questions.tasks_stale(town, date(2024, 5, 1), WHOLE).select("task_id", "days_since").rows() == [
        ("T1", 60)
    ]  # fmt: skip
    assert of(town, "stale_tasks", "2024-06").value == 0
    assert behind(town, "stale_tasks", "2024-06", "excluded", "reason") == ["已完成"]


def test_a_task_due_on_the_last_day_is_due_and_not_overdue(tmp_path: Path) -> None:
    end = date(2024, 6, 30)
    town = published(
        tmp_path,
        tasks=[
            task("T1", [ONE], end, date(2024, 6, 20)),
            task("T2", [TWO], end, date(2024, 6, 20), done_on=date(2024, 6, 19)),
        ],
    )
    now = of(town, "task_completion", "2024-06")
    assert (now.numerator, now.denominator, now.extra["due_today"]) == (1, 2, 1)
    assert [one.extra.get("due_today") for one in now.by["department"] if one.label in (ONE, TWO)] == [1, 0]  # fmt: skip
    assert of(town, "overdue_tasks", "2024-06").value == 0
    assert of(town, "overdue_tasks", "2024-07").value == 1
    led = questions.tasks_led(town, date(2024, 6, 1), WHOLE)
    assert (led["overdue"].sum(), led["due_today"].sum()) == (0, 1)
    grid = questions.deliveries(town, date(2024, 6, 1))
    assert (grid["overdue"].sum(), grid["due_today"].sum()) == (0, 1)
    state = next(s for s in states(town, "2024-06") if s.measure.number == "15")
    assert (state.tasks.due, state.tasks.overdue, state.tasks.due_today) == (2, 0, 1)
    assert state.tasks.state is Status.ON_PACE


def states(snapshot: Snapshot, period: str) -> list[Any]:
    at = Period.parse(period)
    return measure_states(snapshot, at, lambda *what: read(snapshot, *what))
