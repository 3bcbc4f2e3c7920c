"""Tasks and their occurrences, meetings, follow-ups, mechanisms: each by a case worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from board import questions
from board.catalogue import METRICS, measure_states
from board.ledgers import by_name
from board.metrics import FilterError, Period, Reading, Scope, Status, filter_of, read, rows
from board.metrics.bound import columns_of
from board.metrics.metric import Part
from board.metrics.parts import schema_of
from board.publish import publish, rows_in_force, without_stand_ins
from board.retain import retain
from board.store import Snapshot, open_store
from tests.support.rows import Row, follow_up, meeting, published, task

WHOLE = Scope()
ONE, TWO = "社会事务局", "经济发展局"
DECEMBER = date(2024, 12, 31)
HELD: dict[str, Any] = {"place": "安置点", "attendees": [ONE, "乡村振兴工作专班"]}
BODIES = "参加单位=社会事务局、乡村振兴工作专班"


def every_month(leads: str = "管委会") -> list[Row]:
    """A task that is not due in 2024, with a row in every month: the ledger was kept."""
    due = date(2030, 1, 1)
    return [task("T9", [leads], due, date(2024, n, 15)) for n in range(1, 13)]


def of(snapshot: Snapshot, key: str, period: str, scope: Scope = WHOLE, only: str = "") -> Reading:
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
    told: Row = {"occurrence": occurrence}
    if done:
        told |= {"state": "已完成", "done_on": done}
    return row | told | more


def test_a_recurring_task_is_due_once_a_period_and_done_by_the_row_that_names_it(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            *every_month(),
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
    assert behind(town, "task_completion", "2024-06", "denominator", "row") == [
        14, 15, 16, 17, 17, 17,
    ]  # fmt: skip


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
        kept = task("T9", ["管委会"], date(2030, 1, 1), date(2023, 12, 5))
        town = published(tmp_path / cadence, tasks=[row, kept])
        led = questions.tasks_led(town, date(2024, 6, 1), WHOLE).filter(pl.col("task_id") == "T1")
        assert led["occurrence"].to_list() == names
        assert led["due"].to_list() == due[cadence]
        assert led["starts"][0] == date(2023, 11, 10)
        assert counted(town, "task_completion", "2023-12") == (0, 1)
        assert of(town, "task_completion", "2023-11").status is Status.NOT_DUE


def test_a_recurring_task_without_any_occurrence_is_one_task(tmp_path: Path) -> None:
    row = task("T1", [ONE], DECEMBER, date(2024, 2, 3), cadence="每月")
    town = published(tmp_path, tasks=[row, *every_month()])
    assert of(town, "task_completion", "2024-11").status is Status.NOT_DUE
    assert counted(town, "task_completion", "2024-12") == (0, 1)


def test_the_latest_row_of_a_task_says_what_it_is_and_of_an_occurrence_what_became_of_it(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            *every_month(),
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
            *every_month(),
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
    assert of(town, "stale_tasks", "2024-12").value == 0
    assert of(town, "departments_with_tasks", "2024-02").numerator == 2
    assert of(town, "departments_with_tasks", "2024-03").numerator == 1
    assert of(town, "departments_with_tasks", "2024-04").numerator == 0


def test_an_occurrence_cancelled_before_its_day_is_out_and_afterwards_is_not(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        tasks=[
            *every_month(),
            monthly(date(2024, 2, 10), "2024-02", state="已取消"),
            monthly(date(2024, 4, 10), "2024-03", state="已取消"),
        ],
    )
    assert counted(town, "task_completion", "2024-04") == (0, 3)  # January, March and April
    assert behind(town, "task_completion", "2024-04", "excluded", "occurrence") == ["2024-02", None]


def test_a_recurring_task_is_stale_by_its_last_row_and_done_when_every_occurrence_is(
    tmp_path: Path,
) -> None:
    quarterly = {"starts": date(2024, 1, 1), "cadence": "每季度"}
    end = date(2024, 6, 30)
    town = published(
        tmp_path,
        tasks=[
            *every_month(),
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
            *every_month(),
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


def test_a_period_without_a_row_of_the_ledger_says_nothing_of_tasks(tmp_path: Path) -> None:
    row = task("T1", [ONE], date(2024, 1, 31), date(2024, 2, 10))
    town = published(tmp_path, tasks=[row])
    assert of(town, "task_completion", "2024-01").status is Status.NO_DATA
    assert counted(town, "task_completion", "2024-02") == (0, 1)
    assert counted(town, "task_completion", "2024-Q1") == (0, 1)
    for key in ("task_completion", "overdue_tasks", "stale_tasks", "departments_with_tasks"):
        silent = of(town, key, "2024-03")
        assert (silent.value, silent.low, silent.high) == (None, None, None)
        assert silent.status is Status.NO_DATA


def held(number: int, day: date = date(2024, 2, 9), **more: Any) -> Row:
    return meeting(f"M{number}", "季度工作会议", day, **HELD | more)


def test_a_quarterly_meeting_is_held_at_the_settlement_with_the_bodies_it_needs(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        meetings=[
            held(1),
            held(2, place="片区"),
            held(3, attendees=[ONE]),
            held(4, date(2024, 4, 9), place=None),
            held(5, date(2024, 4, 9), attendees=None),
            held(6, date(2024, 4, 9), place=None, attendees=None),
            held(7, date(2024, 4, 9), place="其他", attendees=None),
            held(8, date(2024, 4, 9), place=None, attendees=[TWO]),
            meeting("M9", "专题会议", date(2024, 4, 9), **HELD),
        ],
    )
    first = of(town, "quarterly_meetings", "2024-Q1", only=BODIES)
    assert (first.value, first.low, first.high, first.status) == (1, 1, 1, Status.MET)
    second = of(town, "quarterly_meetings", "2024-Q2", only=BODIES)
    assert (second.value, second.low, second.high) == (0, 0, 3)
    assert (second.unreported, second.status) == (3, Status.UNDETERMINED)
    metric = replace(METRICS["quarterly_meetings"], filter=filter_of(METRICS["quarterly_meetings"], BODIES))  # fmt: skip
    unclear = rows(town, metric, Period.parse("2024-Q2"), WHOLE, "unreported")
    assert unclear["subject"].to_list() == ["M4", "M5", "M6"]
    # The plan's filter holds where none is asked for.
    assert of(town, "quarterly_meetings", "2024-Q1").value == 1
    # Nothing is held after the first row: that is none, and before it nothing is known.
    third = of(town, "quarterly_meetings", "2024-Q3")
    assert (third.value, third.high, third.status) == (0, 0, Status.MISSED)
    assert of(town, "quarterly_meetings", "2023-Q4").status is Status.NO_DATA


def visit(number: int, day: date = date(2024, 3, 9), **more: Any) -> Row:
    told = {"rank": "管委领导", "place": "安置点", "chair": "王一"} | more
    return meeting(f"V{number}", "领导调研", day, **told)


def leader(rank: str, since: date, name: str | None, until: date | None = None) -> Row:
    return {"rank": rank, "since": since, "post": "副主任", "name": name, "until": until}


def test_a_leaders_visit_is_led_at_the_settlement_by_a_leader_in_charge(tmp_path: Path) -> None:
    leaders = [
        leader("管委领导", date(2023, 1, 1), "王一", date(2024, 6, 30)),
        leader("管委领导", date(2024, 7, 1), "李二"),
    ]
    town = published(
        tmp_path, leaders=leaders,
        meetings=[
            visit(1), visit(2, chair="王 一"), visit(3, chair="赵三"), visit(4, chair="李二"),
            visit(5, rank="处级领导"), visit(6, place="片区"),
            visit(7, chair=None), visit(8, rank=None), visit(9, place=None),
            visit(10, place=None, rank="处级领导"),
            visit(11, date(2024, 7, 1), chair="李二"), visit(12, date(2024, 7, 1)),
        ],
    )  # fmt: skip
    half = of(town, "leader_visits", "2024-H1")
    assert (half.value, half.low, half.high, half.unreported) == (2, 2, 5, 3)
    assert half.status is Status.MET
    later = of(town, "leader_visits", "2024-H2")
    assert (later.value, later.high) == (1, 1)


def test_without_a_leaders_name_nobody_knows_who_led_a_visit(tmp_path: Path) -> None:
    alone = published(tmp_path / "none", meetings=[visit(1)])
    nameless = published(
        tmp_path / "nameless", meetings=[visit(1)],
        leaders=[leader("管委领导", date(2024, 1, 1), None)],
    )  # fmt: skip
    for town in (alone, nameless):
        found = of(town, "leader_visits", "2024-H1")
        assert (found.value, found.low, found.high) == (0, 0, 1)
        assert found.status is Status.UNDETERMINED


def test_each_level_has_exactly_one_leader_in_charge(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        tasks=every_month(),
        leaders=[
            leader("管委领导", date(2024, 2, 29), "王一", date(2024, 5, 31)),
            leader("处级领导", date(2024, 3, 1), "李二"),
            leader("处级领导", date(2024, 4, 30), "赵三"),
            leader("部门负责人", date(2024, 1, 31), "钱四"),
        ],
    )
    found = {n: of(town, "leaders_assigned", f"2024-{n:02}") for n in range(1, 7)}
    assert [one.value for one in found.values()] == [0, 0.5, 1, 0.5, 0.5, 0]
    assert (found[1].status, found[3].status) == (Status.MISSED, Status.MET)
    before = of(town, "leaders_assigned", "2023-12")
    assert (before.value, before.low, before.high) == (None, 0, 1)
    assert (before.unreported, before.status) == (2, Status.NO_DATA)


def test_items_are_done_of_those_due_since_the_plan_began(tmp_path: Path) -> None:
    march, told = date(2024, 3, 31), date(2024, 3, 1)
    town = published(
        tmp_path,
        tasks=every_month(),
        follow_ups=[
            follow_up(1, march, told, "已办结", done_on=told),
            follow_up(2, march, told, "已销号", done_on=told, accepted_on=date(2024, 4, 1), leads=[ONE, TWO]),
            follow_up(3, march, told),
            follow_up(4, march, told),
            follow_up(4, march, date(2024, 4, 5), "已取消"),
            follow_up(5, date(2024, 4, 1), told),
            follow_up(6, date(2023, 2, 28), told, raised_on=date(2022, 5, 1)),
            follow_up(7, date(2022, 12, 31), told, raised_on=date(2022, 5, 1)),
            follow_up(8, march, told, "已办结", done_on=told, kind="问题整改", leads=[TWO]),
            follow_up(9, date(2025, 3, 1), told, kind="问题整改"),
        ],
    )  # fmt: skip
    now = of(town, "decisions_done", "2024-03")
    # 6 was due after the plan began, 7 before.
    assert (now.numerator, now.denominator, now.extra) == (2, 5, {"accepted": 0})
    by = {one.label: (one.numerator, one.denominator) for one in now.by["department"]}
    assert (by[ONE], by[TWO]) == ((2, 5), (1, 1))
    april = of(town, "decisions_done", "2024-04")
    assert (april.numerator, april.denominator, april.extra) == (2, 5, {"accepted": 1})
    assert april.status is Status.MISSED
    closed = of(town, "problems_closed", "2024-03")
    assert (closed.value, closed.denominator, closed.status) == (1, 1, Status.MET)
    own = {one.label: one.status for one in closed.by["department"]}
    assert (own[ONE], own["行政审批局"]) == (Status.NOT_DUE, Status.NOT_APPLICABLE)
    assert of(town, "decisions_done", "2023-12").status is Status.NO_DATA


def mechanism(measure: str, name: str, updated_on: date, state: str) -> Row:
    return {"measure": measure, "name": name, "updated_on": updated_on, "state": state}


def test_mechanisms_run_of_those_reported_and_at_least_of_those_listed(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        tasks=every_month(),
        mechanisms=[
            mechanism("19", "清单制", date(2024, 2, 1), "建设中"),
            mechanism("19", "清单制", date(2024, 3, 31), "运行中"),
            mechanism("19", "清单制", date(2024, 5, 1), "停止"),
            mechanism("19", "没有列出的制度", date(2024, 2, 1), "运行中"),
            mechanism("R2", "工作清单", date(2024, 2, 1), "运行中"),
        ],
    )
    only = "举措序号=19"  # 清单制 and 积分制
    march = of(town, "mechanisms_running", "2024-03", only=only)
    assert (march.value, march.low, march.high) == (1, 0.5, 1)
    assert (march.numerator, march.denominator, march.unreported) == (1, 1, 1)
    assert of(town, "mechanisms_running", "2024-02", only=only).value == 0
    assert of(town, "mechanisms_running", "2024-05", only=only).value == 0
    every = of(town, "mechanisms_running", "2024-03")
    assert (every.value, every.low) == (1, 2 / 28)
    before = of(town, "mechanisms_running", "2024-01", only=only)
    assert (before.value, before.low, before.high) == (None, 0, 1)
    assert before.status is Status.NO_DATA


def test_a_visit_counts_when_the_names_of_those_who_led_it_are_removed(tmp_path: Path) -> None:
    leaders = [leader("管委领导", date(2023, 1, 1), "王一")]
    published(
        tmp_path,
        "2024-04-01T00:00:00",
        leaders=leaders,
        meetings=[visit(1), visit(2, chair="赵三")],
    )
    retain(tmp_path, date(2025, 1, 1), "到期")
    publish(tmp_path)
    town = open_store(tmp_path).snapshot()
    half = of(town, "leader_visits", "2024-H1")
    assert (half.value, half.low, half.high) == (1, 1, 1)
    for name, column in (("leaders", "name"), ("meetings", "chair")):
        kept = without_stand_ins(rows_in_force(tmp_path, name))
        assert kept[column].to_list() == [None] * kept.height
    assert not retain(tmp_path, date(2025, 1, 1), "再次").changes


def test_a_filter_names_the_leads_of_tasks_and_of_items(tmp_path: Path) -> None:
    due, told = date(2024, 3, 5), date(2024, 3, 20)
    done = {"state": "已完成", "done_on": due}
    town = published(
        tmp_path,
        tasks=[
            task("T1", [ONE], due, told) | done,
            task("T2", [ONE, TWO], due, told),
            task("T3", [TWO], due, told) | done,
        ],
        follow_ups=[
            follow_up(1, due, told, leads=[ONE]),
            follow_up(2, due, told, leads=[TWO, ONE]),
        ],
    )

    def found(key: str, only: str) -> tuple[Any, Any]:
        figure = of(town, key, "2024-03", only=only)
        return figure.numerator, figure.denominator

    assert found("task_completion", f"牵头部门={ONE}") == (1, 2)
    assert found("task_completion", f"牵头部门={ONE}、{TWO}") == (0, 1)
    assert found("overdue_tasks", f"牵头部门={TWO}") == (1, None)
    assert found("decisions_done", f"牵头部门={TWO}")[1] == 1
    completion = replace(
        METRICS["task_completion"], filter=filter_of(METRICS["task_completion"], f"牵头部门={ONE}")
    )
    listed = rows(town, completion, Period.parse("2024-03"), WHOLE, "denominator")
    assert sorted(listed["subject"]) == ["T1", "T2"]


def test_a_filter_names_only_columns_that_a_metrics_rows_have(tmp_path: Path) -> None:
    town = published(tmp_path, tasks=every_month())
    for metric in METRICS.values():
        has = schema_of(town, metric)
        declared = [field for name in metric.ledgers for field in by_name()[name].fields()]
        for header in columns_of(metric):
            codes = next((f.codes for f in declared if f.header == header and f.name in has), ())
            only = filter_of(metric, f"{header}={'、'.join(codes[:2] or ['tasks'])}")
            assert only, (metric.key, header)
            assert (has[only.column] == pl.List(pl.String)) == only.several, (metric.key, header)
    with pytest.raises(FilterError):
        filter_of(METRICS["decisions_done"], "类型=议定事项")
