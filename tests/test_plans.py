"""Plans: checked, loaded, replaced, withdrawn, as data beside ledgers."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from board import intake
from board.catalogue import METRICS, measure_states
from board.intake import plans
from board.journal import Journal
from board.metrics import Period, Reading, Scope, parse_scope, places, read, rows, whole
from board.plan_names import departments, keepers, lists
from board.plans import of_scope, plan_of
from board.publish import as_known, plans_listed, publish, verify, withdraw
from board.publish import plans as stored
from board.reference import shipped_plan
from board.storage import RefusedError
from board.store import Snapshot, open_store
from tests.support.rows import citizen, employment, household, task, worker
from tests.support.stores import batch, batch_of

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

SECOND = Path(__file__).resolve().parent / "support" / "second_plan"
Edit = Callable[[list[dict[str, str]]], None]


def folder(place: Path, source: Path = SECOND, /, **edits: Edit) -> Path:
    """A copy of a plan's folder, with the rows of some sheets edited."""
    made = place / "plan"
    shutil.copytree(source, made)
    for sheet, edit in edits.items():
        path = made / f"{sheet}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        header = list(rows[0])
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    return made


def put(row: int, **cells: str) -> Edit:
    """An edit that writes cells of one row, by header."""
    return lambda rows: rows[row].update(cells)


def told(place: Path, root: Path) -> list[tuple[str, str | None, str | None, str]]:
    """The findings of a plan: file, cell, column and rule."""
    found = plans.check(place, root).findings
    return [(f.file, f.cell, f.column, f.rule) for f in found]


def opened(root: Path) -> Snapshot:
    """The published snapshot."""
    return open_store(root).snapshot()


@pytest.mark.parametrize("source", [shipped_plan(), SECOND], ids=["shipped", "second"])
def test_a_plan_agrees_with_itself(source: Path, tmp_path: Path) -> None:
    checked = plans.check(source, tmp_path / "store")
    assert checked.findings == ()


FAULTS: list[tuple[str, Edit, tuple[str, str, str, str]]] = [
    ("方案", put(0, 结束月份="2025-11"), ("方案.csv", "F2", "until", "ends_after_start")),
    (
        "方案",
        put(0, **{"最大年龄(不含)": "18"}),
        ("方案.csv", "N2", "maximum_age", "ages_in_order"),
    ),
    ("方案", put(0, 对标县="紫云县城"), ("方案.csv", "K2", "county", "code")),
    ("目标", put(0, 指标="employment_rat"), ("目标.csv", "B2", "metric", "unknown_metric")),
    ("目标", put(0, 举措序号="77"), ("目标.csv", "A2", "measure", "unknown_measure")),
    ("目标", put(0, 期限="每旬"), ("目标.csv", "C2", "due", "due")),
    ("目标", put(0, 目标值="60"), ("目标.csv", "G2", "value", "rate_above_one")),
    ("目标", put(0, 摘句="没有说过的话"), ("目标.csv", "J2", "quote", "quote")),
    ("目标", put(0, 摘句="", 依据="方案"), ("目标.csv", "J2", "quote", "quoted")),
    ("目标", put(0, 筛选="颜色=红"), ("目标.csv", "L2", "filter", "filter")),
    ("举措", put(0, 牵头部门="没有的局"), ("举措.csv", "I2", "leads", "unknown_department")),
    ("指标归属", put(0, 指标="x"), ("指标归属.csv", "B2", "metric", "unknown_metric")),
]


@pytest.mark.parametrize(("sheet", "edit", "finding"), FAULTS, ids=lambda one: "")
def test_a_fault_of_a_plan_is_told_with_file_cell_and_column(
    sheet: str, edit: Edit, finding: tuple[str, str, str, str], tmp_path: Path
) -> None:
    place = folder(tmp_path, **{sheet: edit})
    assert finding in told(place, tmp_path / "store")
    outcome = plans.load(place, tmp_path / "store")
    assert outcome.batch is None
    assert Journal(tmp_path / "store").events() == []


def test_a_plan_without_a_required_sheet_is_refused_and_without_another_taken(
    tmp_path: Path,
) -> None:
    place = folder(tmp_path)
    (place / "目标.csv").unlink()
    assert [f.rule for f in plans.check(place, tmp_path / "store").findings] == ["missing_sheet"]
    with pytest.raises(plans.NoPlanFilesError):
        plans.check(tmp_path / "nothing", tmp_path / "store")


def test_a_due_date_outside_the_span_is_a_warning(tmp_path: Path) -> None:
    place = folder(tmp_path, 目标=put(0, 期限="2031-01", 类型="平稳"))
    (finding,) = plans.check(place, tmp_path / "store").findings
    assert (finding.rule, finding.severity) == ("due_outside", "warning")


def test_two_measures_with_a_target_for_the_same_figure_are_an_error(tmp_path: Path) -> None:
    def twice(rows: list[dict[str, str]]) -> None:
        other = next(row for row in rows if row["举措序号"] != rows[0]["举措序号"])
        rows.append({**rows[0], "举措序号": other["举措序号"], "依据": "本板设定", "摘句": ""})

    place = folder(tmp_path, 目标=twice)
    assert "target_twice" in {rule for *_place, rule in told(place, tmp_path / "store")}


def test_a_workbook_with_a_sheet_each_is_the_same_plan(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(SECOND.glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    checked = plans.check(tmp_path / "plan.xlsx", tmp_path / "store")
    assert (checked.findings, checked.rows) == ((), plans.check(SECOND, tmp_path / "store").rows)


def test_the_first_load_of_ledgers_adopts_the_shipped_plan_as_batch_0(tmp_path: Path) -> None:
    root = tmp_path / "store"
    assert [one["state"] for one in plans_listed(root)] == ["shipped"]
    batch(root, households=[household("H1")])
    publish(root)
    assert [(b.number, b.plan) for b in Journal(root).batches()] == [
        (1, ""), (0, "qinzhou-port-2023"),
    ]  # fmt: skip
    assert [one["state"] for one in plans_listed(root)] == ["in_force"]
    assert verify(root) == []


def test_looking_and_checking_write_no_plan(tmp_path: Path) -> None:
    root = tmp_path / "store"
    plans.check(SECOND, root)
    from board.publish import up_to_date

    up_to_date(root)
    assert Journal(root).events() == []
    assert plan_of(opened(root), date(2024, 1, 1)).id == "qinzhou-port-2023"


def test_a_store_that_begins_with_a_plan_has_that_plan_only(tmp_path: Path) -> None:
    root = tmp_path / "store"
    assert plans.load(SECOND, root).batch == 1
    batch(root, households=[household("H1", settlement="云岭新村")])
    publish(root)
    assert [(one["plan"], one["batch"]) for one in plans_listed(root)] == [("east-lake-2026", 1)]
    snapshot = opened(root)
    assert str(whole(snapshot)) == "east-lake-2026"
    assert plan_of(snapshot, date(2015, 1, 1)).id == "east-lake-2026"
    assert set(departments(root)) == {
        d.name for d in plan_of(snapshot, date(2026, 1, 1)).departments
    }


def test_a_plan_whose_span_overlaps_another_is_refused_and_both_are_named(tmp_path: Path) -> None:
    root = tmp_path / "store"
    plans.load(shipped_plan(), root)
    place = folder(tmp_path, 方案=put(0, 起始月份="2025-06"))
    outcome = plans.load(place, root)
    (finding,) = outcome.check.findings
    assert finding.rule == "plans_overlap"
    assert {"east-lake-2026", "qinzhou-port-2023"} <= set(finding.message.gaps.values())


def test_a_plan_loaded_again_is_replaced_from_then_on_and_withdrawing_brings_the_former_back(
    tmp_path: Path,
) -> None:
    root = tmp_path / "store"
    plans.load(shipped_plan(), root, at="2023-01-05T00:00:00")
    batch_of(root, RATES, "2023-02-05T00:00:00")
    lower = folder(tmp_path, shipped_plan(), 目标=_training("0.10"))
    second = plans.load(lower, root)
    target = "training_rate"
    assert _target(opened(root), target) == 0.10
    assert _target(as_known(root, "2023-12-31T00:00:00"), target) == 0.30
    assert [one["state"] for one in plans_listed(root)] == ["replaced", "in_force"]
    withdraw(root, second.batch or 0, "错了")
    assert _target(opened(root), target) == 0.30
    assert [one["state"] for one in plans_listed(root)] == ["in_force", "withdrawn"]
    assert verify(root) == []


def test_the_files_of_the_plan_in_force_are_stored_once(tmp_path: Path) -> None:
    root = tmp_path / "store"
    assert plans.load(SECOND, root).batch == 1
    again = plans.load(SECOND, root)
    assert (again.batch, again.already, again.unpublished) == (1, (1,), None)
    changed = folder(tmp_path, 方案=put(0, 名称="东湖新村后续扶持"))
    assert (plans.load(changed, root).batch, plans.load(SECOND, root).batch) == (2, 3)
    withdraw(root, 3, "错了")
    assert plans.load(changed, root).already == (2,)


RATES: dict[str, list[dict[str, Any]]] = {
    "households": [household("H1")],
    "labour": [worker(1, "H1")],
}


def _training(value: str) -> Edit:
    def edit(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["指标"] == "training_rate")["目标值"] = value

    return edit


def _target(snapshot: Snapshot, key: str) -> float | None:
    return read(snapshot, METRICS[key], Period.parse("2024"), whole(snapshot)).target


def test_without_a_plan_in_force_ledgers_are_refused_and_figures_have_no_targets(
    tmp_path: Path,
) -> None:
    root = tmp_path / "store"
    batch_of(root, RATES)
    publish(root)
    withdraw(root, 0, "换一份")
    snapshot = opened(root)
    assert _target(snapshot, "training_rate") is None
    assert (
        read(snapshot, METRICS["register_size"], Period.parse("2024-03"), whole(snapshot)).value
        == 1
    )
    path = tmp_path / "x.csv"
    path.write_text("户编号\n", "utf-8")
    with pytest.raises(RefusedError, match="plan load"):
        intake.load([path], root)
    plans.load(SECOND, root)
    assert [one["state"] for one in plans_listed(root)] == ["withdrawn", "in_force"]


def test_a_period_goes_by_the_plan_whose_span_holds_it_and_outside_by_the_nearest(
    both: Path,
) -> None:
    snapshot = opened(both)
    goes_by = {
        month: plan_of(snapshot, date(int(month[:4]), int(month[5:]), 1)).id
        for month in ("2015-01", "2024-06", "2025-12", "2026-01", "2028-12", "2030-01")
    }
    assert goes_by == {
        "2015-01": "qinzhou-port-2023", "2024-06": "qinzhou-port-2023",
        "2025-12": "qinzhou-port-2023", "2026-01": "east-lake-2026",
        "2028-12": "east-lake-2026", "2030-01": "east-lake-2026",
    }  # fmt: skip
    assert (
        read(snapshot, METRICS["task_completion"], Period.parse("2030-01"), Scope()).target is None
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both plans, and rows of both: read and checked against, never written to."""
    root = tmp_path_factory.mktemp("both") / "store"
    plans.load(shipped_plan(), root)
    plans.load(SECOND, root)
    second: dict[str, Any] = {
        "settlement": "云岭新村", "effective_month": date(2026, 1, 1),
    }  # fmt: skip
    batch(
        root,
        households=[
            household("H1"),
            household("H2", **second),
            household("H3", **{**second, "settlement": "清溪家园"}),
        ],
        labour=[worker(1, "H1"), worker(2, "H2"), worker(3, "H3")],
        tasks=[
            task("T1", ["组织人社局"], date(2024, 2, 29), date(2024, 3, 1), starts=date(2024, 1, 1)),
            task("T2", ["安居办公室"], date(2026, 3, 1), date(2026, 3, 2), measure="1", starts=date(2026, 1, 1)),
        ],
    )  # fmt: skip
    publish(root)
    return root


def test_each_plan_counts_its_own_places_and_tasks_only(both: Path) -> None:
    snapshot = opened(both)
    found: dict[str, Any] = {}
    for month in ("2024-03", "2026-03"):
        period = Period.parse(month)
        own = of_scope(snapshot, period.last_month)
        found[month] = [
            read(own, METRICS[key], period, whole(own)).value
            for key in ("register_size", "overdue_tasks")
        ]
        found[f"{month} places"] = [str(place) for place in places(own)]
    assert found["2024-03"] == [1, 1]
    assert found["2026-03"] == [2, 1]
    assert found["2024-03 places"] == ["幸福小镇", "幸福小镇/1栋", "幸福小镇/1栋/1单元"]
    assert found["2026-03 places"] == [
        "east-lake-2026",
        "云岭新村", "云岭新村/1栋", "云岭新村/1栋/1单元",
        "清溪家园", "清溪家园/1栋", "清溪家园/1栋/1单元",
    ]  # fmt: skip


def test_settlements_with_buildings_of_the_same_name_are_told_apart(both: Path) -> None:
    snapshot = opened(both)
    period = Period.parse("2026-03")
    own = of_scope(snapshot, period.last_month)
    values = {
        name: read(own, METRICS["register_size"], period, parse_scope(own, name)).value
        for name in ("east-lake-2026", "云岭新村", "云岭新村/1栋", "清溪家园/1栋/1单元")
    }
    assert values == {
        "east-lake-2026": 2, "云岭新村": 1, "云岭新村/1栋": 1, "清溪家园/1栋/1单元": 1,
    }  # fmt: skip
    by_building = read(own, METRICS["register_size"], period, whole(own), by=("building",))
    assert [(str(one.scope), one.value) for one in by_building.by["building"]] == [
        ("云岭新村/1栋", 1), ("清溪家园/1栋", 1),
    ]  # fmt: skip


def test_keepers_and_names_are_those_of_every_plan_in_force(both: Path) -> None:
    assert {"幸福小镇", "云岭新村", "清溪家园"} == set(lists(both)["settlements"])
    assert keepers(both)["households"] in departments(both)


def test_a_sentence_of_the_plan_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    root = tmp_path / "store"
    plans.load(SECOND, root)
    with (SECOND / "举措.csv").open(encoding="utf-8", newline="") as file:
        written = [row["原文"] for row in csv.DictReader(file)]
    assert [m.text for m in plan_of(opened(root), date(2026, 1, 1)).measures] == written


def test_every_measure_of_the_shipped_plan_has_a_state_and_its_reason(sample_store: Path) -> None:
    snapshot = opened(sample_store)
    for text in ("2023-Q1", "2024-Q2", "2025-Q4", "2025"):
        period = Period.parse(text)
        own = of_scope(snapshot, period.last_month)

        states = measure_states(own, period, partial(read, own, companions=False))
        assert len(states) == 33
        for one in states:
            assert (one.because is None) == (str(one.state) == "no_target"), one.measure.number
            assert json.dumps(one.as_dict(), ensure_ascii=False)


def test_an_overdue_task_turns_its_measure_behind_and_after_ninety_days_missed(
    tmp_path: Path,
) -> None:
    root = tmp_path / "store"
    plans.load(shipped_plan(), root)
    batch(
        root,
        tasks=[
            task("T1", ["组织人社局"], date(2024, 3, 31), date(2024, 3, 1), measure="19", starts=date(2024, 1, 1)),
        ],
    )  # fmt: skip
    publish(root)
    snapshot = opened(root)
    told = {}
    for month in ("2024-02", "2024-03", "2024-04", "2024-07"):
        period = Period.parse(month)
        states = measure_states(snapshot, period, partial(read, snapshot))
        (one,) = [one for one in states if one.measure.number == "19"]
        told[month] = (str(one.state), one.because, one.tasks.overdue, one.tasks.due_today)
    assert told == {
        "2024-02": ("not_due", "T1", 0, 0),
        "2024-03": ("on_pace", "T1", 0, 1),
        "2024-04": ("behind", "T1", 1, 0),
        "2024-07": ("missed", "T1", 1, 0),
    }


def test_a_target_reached_after_its_date_is_met_late(tmp_path: Path) -> None:
    from tests.support.rows import asset

    root = tmp_path / "store"
    batch(
        root,
        assets=[
            asset("A1", accounts="未结算"),
            asset("A1", effective_month=date(2023, 9, 1), accounts="已结算"),
        ],
    )
    publish(root)
    snapshot = opened(root)
    told = {
        month: str(
            read(snapshot, METRICS["settlement_rate"], Period.parse(month), whole(snapshot)).status
        )
        for month in ("2023-04", "2023-08", "2023-09", "2025-12")
    }
    assert told == {
        "2023-04": "missed", "2023-08": "missed", "2023-09": "met_late", "2025-12": "met_late",
    }  # fmt: skip


def test_a_metric_whose_number_the_plan_lacks_is_left_out(tmp_path: Path) -> None:
    from board.metrics import given_by_plan

    root = tmp_path / "store"
    place = folder(tmp_path)
    (place / "参数.csv").unlink(missing_ok=True)
    plans.load(place, root)
    snapshot = opened(root)
    period = Period.parse("2026-03")
    given = {key for key, metric in METRICS.items() if given_by_plan(snapshot, metric, period)}
    assert not given & {"loans_above_cap", "tracking_subsidy_check", "service_subsidy_check"}
    assert not given & {key for key, metric in METRICS.items() if metric.dated}


def test_the_shipped_plan_is_read_without_a_process_of_its_own() -> None:
    sheets = stored.shipped()
    assert sheets["measures"].height == 33
    assert replace(plan_like(sheets), batch=1).id == "qinzhou-port-2023"


def plan_like(sheets: Any) -> stored.StoredPlan:
    """The shipped plan as a stored one."""
    return stored.StoredPlan(0, sheets)


def test_a_row_is_checked_against_the_plan_of_its_own_date(both: Path, tmp_path: Path) -> None:
    rows = (
        ("T8", "1", "2024-03-31", "就业服务局"),
        ("T9", "29", "2026-03-31", "就业服务局"),
    )
    path = tmp_path / "任务台账.csv"
    header = "任务编号,举措序号,任务内容,牵头部门,开始日期,完成时限,状态,更新日期\n"
    lines = [
        f"{task_id},{measure},做一件事,{lead},{due[:5]}01-01,{due},推进中,{due[:5]}02-01\n"
        for task_id, measure, due, lead in rows
    ]
    path.write_text(header + "".join(lines), "utf-8")
    found = {
        (f.cell, f.column, f.rule) for f in intake.check([path], both).findings
        if f.severity == "error"
    }  # fmt: skip
    assert found == {("D2", "leads", "not_in_plan"), ("B3", "measure", "not_in_plan")}


def test_an_asset_of_a_building_that_two_settlements_have_must_say_which(
    both: Path, tmp_path: Path
) -> None:
    path = tmp_path / "资产台账.csv"
    header = (
        "资产编号,资产类别,资产名称,安置点,楼栋,面积,数量,可盘活,权属单位,不动产登记,财务决算\n"
    )
    lines = [
        "A1,商业铺面,铺1,,1栋,20,1,是,某单位,已登记,已决算\n",
        "A2,商业铺面,铺2,云岭新村,1栋,20,1,是,某单位,已登记,已决算\n",
        "A3,商业铺面,铺3,,,20,1,是,某单位,已登记,已决算\n",
    ]
    path.write_text(header + "".join(lines), "utf-8")
    errors = [f for f in intake.check([path], both).findings if f.severity == "error"]
    assert [(f.rule, f.cell) for f in errors] == [("settlement_needed", "D2")]


def test_a_household_of_a_settlement_that_no_plan_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "户台账.csv"
    path.write_text(
        "户编号,安置点,楼栋,单元,房号,户主姓名,家庭人口数,户类别,在册状态\n"
        "H1,别的地方,1栋,1单元,0101,韦某,3,一般户,在册\n",
        "utf-8",
    )
    (finding,) = [
        f for f in intake.check([path], tmp_path / "store").findings if f.severity == "error"
    ]
    assert (finding.rule, finding.column, finding.expected) == ("code", "settlement", "幸福小镇")


def test_who_moves_to_another_settlement_leaves_the_first(tmp_path: Path) -> None:
    root = tmp_path / "store"
    plans.load(SECOND, root, at="2026-01-01T00:00:00")
    east: dict[str, Any] = {"settlement": "云岭新村", "effective_month": None}
    west: dict[str, Any] = {"settlement": "清溪家园", "effective_month": date(2026, 4, 1)}
    batch(
        root,
        "2026-08-01T00:00:00",
        households=[
            household("H1", **east),
            household("H1", **west),
            household("H2", **east),
            household("H3", **east | {"settlement": "清溪家园"}),
        ],
        labour=[
            worker(1, "H1"),
            worker(2, "H2"),
            worker(3, "H2"),
            worker(3, "H3", effective_month=date(2026, 5, 1)),
        ],
    )
    publish(root)
    snapshot = opened(root)

    def persons(settlement: str) -> list[float | None]:
        scope = Scope(settlement, part=True) if settlement else Scope()
        months = [Period.parse(f"2026-0{n}") for n in (3, 4, 5)]
        return [read(snapshot, METRICS["register_size"], at, scope).value for at in months]

    assert persons("") == [3, 3, 3]
    assert persons("云岭新村") == [3, 2, 1]
    assert persons("清溪家园") == [None, 1, 2]
    homes = [str(one) for one in places(of_scope(snapshot, date(2026, 5, 1), "云岭新村"))]
    assert not [name for name in homes if "清溪家园" in name]


def test_an_allowance_counts_where_its_person_lives_whoevers_household_it_is_booked_under(
    tmp_path: Path,
) -> None:
    root = tmp_path / "store"
    plans.load(SECOND, root, at="2026-01-01T00:00:00")
    disabled: dict[str, Any] = {"groups": ["残疾人"], "disability_grade": "一级"}
    paid: dict[str, Any] = {"month": date(2026, 3, 1), "amount": 100.0}
    batch(
        root,
        "2026-08-01T00:00:00",
        households=[
            household("H1", settlement="云岭新村"),
            household("H2", settlement="清溪家园"),
        ],
        labour=[
            worker(1, "H1", **disabled, low_income=False),
            worker(2, "H2", **disabled, low_income=False),
        ],
        assistance=[
            paid | {"record_id": "Z1", "household_id": "H1", "kind": "重度残疾人护理补贴",
                    "citizen_id": citizen(2)},
        ],
    )  # fmt: skip
    publish(root)
    snapshot = opened(root)

    def of(key: str, settlement: str) -> tuple[float | None, float | None]:
        scope = Scope(settlement, part=True) if settlement else Scope()
        figure = read(snapshot, METRICS[key], Period.parse("2026-03"), scope)
        return figure.numerator, figure.denominator

    allowances = [of("disability_allowance", name) for name in ("", "云岭新村", "清溪家园")]
    assert allowances == [(1, 2), (0, 1), (1, 1)]
    amounts = [of("assistance_paid", name)[0] for name in ("", "云岭新村", "清溪家园")]
    assert amounts == [100, 100, 0]


def test_a_plans_own_least_coverage_decides_what_is_judged(tmp_path: Path) -> None:
    root = tmp_path / "store"
    plans.load(SECOND, root, at="2026-01-01T00:00:00")
    reports = {"2026-05": 7, "2026-06": 6}  # of 8 workers: above and below 0.85
    batch(
        root,
        "2026-08-01T00:00:00",
        households=[household("H1", settlement="云岭新村")],
        labour=[worker(n, "H1") for n in range(8)],
        employment=[
            employment(at, citizen(n)) for at, told in reports.items() for n in range(told)
        ],
    )
    publish(root)
    snapshot = opened(root)

    def of(key: str, at: str) -> Reading:
        return read(snapshot, METRICS[key], Period.parse(at), Scope())

    assert of("median_wage", "2026-05").status == "behind"
    assert of("median_wage", "2026-06").status == "undetermined"
    assert [of("monitoring_rounds", at).value for at in reports] == [1, 1]
    behind = rows(snapshot, METRICS["monitoring_rounds"], Period.parse("2026-06"), Scope(), "numerator")  # fmt: skip
    assert behind["subject"].to_list() == ["2026-05"]
