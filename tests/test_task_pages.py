"""Every chart and page treats what is due on the last day alike: due, and not overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board.catalogue import Tasks
from board.figures import tables
from board.metrics import Period, Scope
from board.sections import cards
from board.sections.departments import page as departments
from board.sections.measures import words
from board.sections.section import View
from tests.support.reading import full_view
from tests.support.rows import follow_up, published, task

ONE, TWO = "社会事务局", "经济发展局"
END = date(2024, 6, 30)


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> View:
    """One task done and accepted, one due today, and a recurring one with its second quarter open."""
    done, quarterly = (
        {"done_on": date(2024, 6, 19)},
        {"starts": date(2024, 1, 1), "cadence": "每季度"},
    )
    town = published(
        tmp_path_factory.mktemp("june"),
        tasks=[
            task("T1", [ONE], END, date(2024, 6, 25), accepted_on=date(2024, 6, 25), **done),
            task("T2", [TWO], END, date(2024, 6, 20)),
            task("T3", [ONE], END, date(2024, 4, 2), measure="22", occurrence="2024-Q1",
                 done_on=date(2024, 3, 20), **quarterly),
        ],
        follow_ups=[follow_up(1, date(2024, 5, 1), date(2024, 5, 1), "已办结", done_on=date(2024, 5, 1))],
    )  # fmt: skip
    return full_view(town, Period.parse("2024-06"), Scope())


def test_the_page_of_departments_calls_nothing_overdue_that_is_due_today(june: View) -> None:
    view = june.choosing(department="all")
    assert departments.headline(view) == "到期任务 4 项，完成 2，销号 1，当日到期 2 项"
    assert departments.matrix_finding(view) == "没有逾期的部门，当日到期 2 项"
    assert departments.overdue_finding(view) == "没有逾期的任务"
    assert departments.timeline_finding(view) == "未完成 2 项，其中逾期 0 项"
    rows = {row.department: row for row in departments.rows(view)}
    assert (rows[TWO].overdue, rows[TWO].due_today, rows[TWO].measures) == (
        0,
        1,
        {"15": "due_today"},
    )
    assert rows[ONE].measures == {"15": "done", "22": "due_today"}
    assert (rows[ONE].accepted, rows[ONE].due, rows[ONE].done) == (1, 3, 2)
    table = tables.of_deliveries(list(rows.values()), departments.total(view)).frame
    assert table.row(-1, named=True)["当日到期"] == 2
    chart = departments.timeline(view)
    assert isinstance(chart, dict)
    assert "逾期" not in str(chart["data"])


def test_an_occurrence_is_named_beside_its_task(june: View) -> None:
    view = june.choosing(department="all")
    chart = departments.timeline(view)
    assert isinstance(chart, dict)
    shown = str(chart["layout"]["annotations"])
    assert "T3（2024-Q2）" in shown
    assert departments.with_occurrence("演练", None) == "演练"


def test_what_is_accepted_stands_beside_what_is_done(june: View) -> None:
    assert (
        cards.card(june, "task_completion").note == "销号 1项 · 当日到期 2项 · 到期 4项，逾期 0项"
    )
    assert words.task_words(Tasks(begun=4, due=4, done=2, accepted=1, due_today=2)) == (
        "到期 4 项，完成 2 项，销号 1 项，当日到期 2 项"
    )
    assert words.task_words(Tasks(begun=1)) == "任务未到期"


def test_a_period_without_a_row_says_that_the_ledger_was_not_reported(june: View) -> None:
    later = replace(june, period=Period.parse("2024-09")).choosing(department="all")
    assert departments.headline(later) == "这一期没有报任务台账"
