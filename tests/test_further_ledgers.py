"""The ledgers of follow-ups, visits, leaders, mechanisms, shares and spot checks, and later columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from board.access import masks
from board.export import export
from board.findings import Finding
from board.intake import load
from board.intake.across import CHECKS
from board.intake.frames import Load
from board.intake.keys import references
from board.ledgers import by_name, document
from board.publish import publish, rows_in_force
from board.retain import retain
from board.storage import BATCHES, prepare
from board.store import open_store
from tests.support.rows import asset, employment, household, meeting, task, worker
from tests.support.stores import batch, batch_of, frame
from tests.support.workbooks import ROWS, book, checked, table

LATER = {
    "labour": ("残疾等级", "低保对象", "技能证书"), "assets": ("安置点", "转固", "土地手续"),
    "tasks": ("期次",), "meetings": ("安置点", "地点", "主持"), "subsidies": ("养老保险月数",),
    "schooling": ("学校性质", "就近"), "repairs": ("安置点",), "activities": ("安置点",),
    "workshops": ("安置点",),
}  # fmt: skip
ITEM = {
    "item_id": "D1", "kind": "议定事项", "raised_on": date(2024, 3, 1), "content": "修灯",
    "leads": ["社会事务局"], "due": date(2024, 4, 1), "state": "推进中",
    "updated_on": date(2024, 3, 1),
}  # fmt: skip
VISIT = {"visit_id": "Z1", "household_id": "H1", "visited_on": date(2024, 3, 5)}
SHARE = {"return_id": "F1", "household_id": "H1", "amount": 12.5}
RETURN = {
    "return_id": "F1", "source_kind": "实体公司", "source_id": "公司", "paid_on": date(2024, 3, 1),
    "use": "群众增收", "amount": 12.5,
}  # fmt: skip
CHECK = {
    "check_id": "C1", "position": 1, "ledger": "就业监测台账", "subject": "韦小芳",
    "column": "月收入", "result": "一致", "checked_on": date(2024, 3, 9), "checker": "蒙立新",
}  # fmt: skip
LEADER = {"rank": "管委领导", "since": date(2024, 1, 1), "post": "副主任", "name": "陆正海"}
NAMED = {
    "meetings": [meeting("M1", "领导调研", date(2024, 3, 9), chair="陆正海")],
    "follow_ups": [ITEM | {"leader": "陆正海", "accepted_by": "覃志远"}],
    "visits": [VISIT | {"visitor": "岑小燕"}],
    "leaders": [LEADER],
    "spot_checks": [CHECK],
}
NAMES = ("陆正海", "覃志远", "岑小燕", "韦小芳", "蒙立新")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    prepare(store)
    return store


def found(root: Path, **rows: list[dict[str, Any]]) -> Iterator[Finding]:
    """The findings across ledgers of loading these rows."""
    loading = Load(root, {name: frame(name, given) for name, given in rows.items()}, {})
    for check in (references, *CHECKS):
        yield from check(loading)


def test_a_workbook_without_the_later_columns_is_read_as_before(tmp_path: Path) -> None:
    for ledger, headers in LATER.items():
        assert not set(headers) & set(ROWS[ledger])
        read = checked(tmp_path, ledger)
        assert read.told() == []
        fields = {f.header: f.name for f in by_name()[ledger].fields()}
        assert [read.values(ledger, fields[header]) for header in headers] == [[None]] * len(
            headers
        )


def test_a_workbook_without_the_later_columns_is_loaded(tmp_path: Path, root: Path) -> None:
    sheets = ("households", "labour", "assets", "meetings", "repairs", "activities", "schooling")
    rows = {by_name()[name].sheet: table(name) for name in sheets}
    done = load([book(tmp_path / "旧表.xlsx", rows)], root)
    assert done.batch == 1
    assert done.check.findings == ()
    assert rows_in_force(root, "assets")["land_papers"].to_list() == [None]


def test_a_store_of_before_the_later_columns_opens_unchanged(root: Path) -> None:
    batch(root, labour=[worker(1, "H1")], households=[household("H1")], assets=[asset("P1")])
    for path in (root / BATCHES).rglob("*.parquet"):
        declared = {f.header: f.name for f in by_name()[path.stem].fields()}
        later = [declared[header] for header in LATER.get(path.stem, ())]
        pl.read_parquet(path).drop(later).write_parquet(path)
    labour, assets = rows_in_force(root, "labour"), rows_in_force(root, "assets")
    assert labour["name"].to_list() == ["某"]
    assert labour["disability_grade"].to_list() == [None]
    assert assets["settlement"].to_list() == [None]


def test_a_place_of_work_stored_under_its_old_name_is_read_under_the_new_one(root: Path) -> None:
    people, homes = [worker(1, "H1")], [household("H1")]
    works = employment("2024-03", people[0]["citizen_id"], place="钦州市内")
    batch(root, households=homes, labour=people, employment=[works])
    assert rows_in_force(root, "employment")["place"].to_list() == ["市内"]
    publish(root)
    months = (
        open_store(root)
        .snapshot()
        .frame("metrics/nearby_share", since=date(2024, 3, 1), until=date(2024, 3, 1))
    )
    assert months["numerator"].sum() == 1


@pytest.mark.parametrize(("ledger", "header", "column"), [
    ("employment", "就业地点", "place"), ("posts", "地点", "place"),
])  # fmt: skip
def test_the_old_name_of_a_place_is_still_taken(
    tmp_path: Path, ledger: str, header: str, column: str
) -> None:
    read = checked(tmp_path, ledger, {header: "钦州市内"}, {header: "市内"})
    assert read.told() == []
    assert read.values(ledger, column) == ["市内", "市内"]


def test_the_old_header_of_a_column_is_still_taken(tmp_path: Path) -> None:
    assert "线索移交大化县" in ROWS["risk"]
    read = checked(tmp_path, "risk", {"线索移交大化县": "是"})
    assert read.told() == []
    assert read.values("risk", "referred") == [True]
    assert by_name()["risk"].fields()[-1].header == "线索移交原籍县"
    assert "表头也认线索移交大化县" in document.page()


def test_both_headers_of_a_column_on_one_sheet_are_an_error(tmp_path: Path) -> None:
    read = checked(tmp_path, "risk", {"线索移交大化县": "是", "线索移交原籍县": "是"})
    assert [rule for rule, *_ in read.told("error")] == ["duplicate_column"]


@pytest.mark.parametrize(("cadence", "good", "bad"), [
    ("每月", ["2024-03", "2024-10"], ["2024-02", "2024-11", "2024-3", "2024-13", "2024-Q2", "2024"]),
    ("每季度", ["2024-Q1", "2024-Q4"], ["2023-Q4", "2025-Q1", "2024-Q5", "2024-H1", "2024-04"]),
    ("每半年", ["2024-H1", "2024-H2"], ["2023-H2", "2024-H3", "2024-Q1", "2024"]),
    ("每年", ["2024"], ["2023", "2025", "2024-01", "24"]),
    ("一次性", [], ["2024", "2024-03"]),
    (None, [], ["2024-03"]),
])  # fmt: skip
def test_an_occurrence_is_a_period_of_the_cadence_within_the_task(
    tmp_path: Path, cadence: str, good: list[str], bad: list[str]
) -> None:
    dates = {"开始日期": date(2024, 3, 31), "完成时限": date(2024, 10, 1), "周期": cadence}
    rows = [{**dates, "期次": text, "任务编号": text} for text in (*good, *bad)]
    read = checked(tmp_path, "tasks", *rows)
    column = len(ROWS["tasks"])
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
    told = [
        ("occurrence", f"{letter}{row}", "occurrence")
        for row in range(2 + len(good), 2 + len(rows))
    ]
    assert read.told() == told


def test_rows_of_two_occurrences_on_one_day_are_two_rows(root: Path) -> None:
    row = task("T1", ["社会事务局"], date(2024, 12, 31), date(2024, 7, 1), cadence="每季度")
    batch(root, tasks=[row, row | {"occurrence": "2024-Q1"}, row | {"occurrence": "2024-Q2"}])
    again = row | {"occurrence": "2024-Q2", "progress": 50.0}
    batch(root, tasks=[again])
    stored = rows_in_force(root, "tasks").sort("occurrence", nulls_last=True)
    assert stored.select("occurrence", "progress").rows() == [
        ("2024-Q1", None), ("2024-Q2", 50.0), (None, None),
    ]  # fmt: skip


def test_a_recurring_task_without_occurrences_is_told_once(root: Path) -> None:
    row = task("T1", ["社会事务局"], date(2024, 12, 31), date(2024, 3, 1), cadence="每月")
    later = row | {"updated_on": date(2024, 4, 1)}
    once = row | {"task_id": "T2", "cadence": "一次性"}
    (finding,) = found(root, tasks=[row, later, once])
    assert (finding.rule, finding.severity) == ("occurrence_lacking", "warning")
    assert "T1" in finding.message.zh
    assert "T1" in finding.message.en
    assert list(found(root, tasks=[row, later | {"occurrence": "2024-04"}])) == []
    batch(root, tasks=[row | {"occurrence": "2024-03"}])
    assert list(found(root, tasks=[later])) == [], "a stored row names one"


@pytest.mark.parametrize(("rows", "column"), [
    ({"visits": [VISIT]}, "household_id"),
    ({"beneficiaries": [SHARE], "households": [household("H1")]}, "return_id"),
    ({"beneficiaries": [SHARE], "returns": [RETURN]}, "household_id"),
    ({"follow_ups": [ITEM | {"meeting_id": "M9"}]}, "meeting_id"),
])  # fmt: skip
def test_what_is_referred_to_must_be_known(root: Path, rows: Any, column: str) -> None:
    (lost,) = (f for f in found(root, **rows) if f.severity == "error")
    assert (lost.rule, lost.column) == ("unknown_reference", column)


def test_what_is_known_may_be_referred_to(root: Path) -> None:
    homes, met = [household("H1")], [meeting("M1", "季度工作会议", date(2024, 3, 1))]
    batch(root, households=homes, labour=[worker(1, "H1")], returns=[RETURN], meetings=met)
    items = [ITEM, ITEM | {"item_id": "D2", "meeting_id": "M1"}]
    assert list(found(root, visits=[VISIT], beneficiaries=[SHARE], follow_ups=items)) == []


@pytest.mark.parametrize(("change", "rule", "column"), [
    ({"时限": date(2024, 2, 1)}, "due_after_raising", "due"),
    ({"状态": "已办结"}, "done_required", "done_on"),
    ({"状态": "已销号"}, "done_required", "done_on"),
    ({"销号日期": date(2024, 3, 20)}, "accepted_after_done", "accepted_on"),
    ({"状态": "已销号", "办结日期": date(2024, 3, 20), "销号日期": date(2024, 3, 19)},
     "accepted_after_done", "accepted_on"),
    ({"状态": "已销号", "办结日期": date(2024, 3, 20), "销号日期": date(2024, 3, 20)}, None, None),
    ({"状态": "已取消"}, None, None),
])  # fmt: skip
def test_the_days_of_a_follow_up_are_in_order(
    tmp_path: Path, change: dict[str, Any], rule: str | None, column: str | None
) -> None:
    names = {f.name: f.header for f in by_name()["follow_ups"].fields()}
    row = {names[name]: "、".join(v) if isinstance(v, list) else v for name, v in ITEM.items()}
    empty = dict.fromkeys(ROWS["follow_ups"])
    read = checked(tmp_path, "follow_ups", {**empty, **row, **change})
    assert [(rule, column) for rule, _, column in read.told()] == ([(rule, column)] if rule else [])


def test_a_position_is_read_though_its_header_is_passed_over_elsewhere(tmp_path: Path) -> None:
    read = checked(tmp_path, "spot_checks", {"序号": 1}, {"序号": 2})
    assert read.told() == []
    assert read.values("spot_checks", "position") == [1, 2]


def test_who_is_in_office_makes_no_ledger_one_about_people() -> None:
    about = {
        name: by_name()[name].about_people() for name in (*NAMED, "mechanisms", "beneficiaries")
    }
    assert about == {
        "meetings": False, "follow_ups": False, "visits": True, "leaders": False,
        "spot_checks": True, "mechanisms": False, "beneficiaries": True,
    }  # fmt: skip


def test_names_stand_in_the_persons_file_and_nowhere_else(root: Path) -> None:
    batch_of(root, {"households": [household("H1")], "labour": [worker(1, "H1")], **NAMED})
    name = publish(root)
    with duckdb.connect(root / "snapshots" / f"{name}.duckdb", read_only=True) as snapshot:
        tables = [table for (table,) in snapshot.execute("show tables").fetchall()]
        shown = str([snapshot.execute(f'from "{table}"').fetchall() for table in tables])
    assert not [one for one in NAMES if one in shown]
    with duckdb.connect(root / "snapshots" / f"{name}.persons.duckdb", read_only=True) as persons:
        kept = str([persons.execute(f"from persons_{ledger}").fetchall() for ledger in NAMED])
    assert [one for one in NAMES if one in kept] == list(NAMES)


def test_exports_and_lists_show_no_names(root: Path, tmp_path: Path) -> None:
    batch_of(root, {"households": [household("H1")], "labour": [worker(1, "H1")], **NAMED})
    for persons, names in ((False, []), (True, list(NAMES))):
        export(root, list(NAMED), "json", tmp_path / "out.json", persons=persons)
        text = json.dumps(json.loads((tmp_path / "out.json").read_text()), ensure_ascii=False)
        assert [one for one in NAMES if one in text] == names
    for ledger, rows in NAMED.items():
        personal = [f.name for f in by_name()[ledger].fields() if f.personal]
        masked = masks.masked(frame(ledger, rows).select(personal))
        assert not [one for one in NAMES if one in str(masked.rows())]


def test_names_go_when_their_time_has_passed_and_stay_for_a_household_named_since(
    root: Path,
) -> None:
    batch_of(root, {"households": [household("H1"), household("H2")],
          "labour": [worker(1, "H1")], **NAMED, "visits": [*NAMED["visits"], VISIT | {
              "visit_id": "Z2", "household_id": "H2", "visitor": "石凤莲"}]},
          "2020-01-05T00:00:00")  # fmt: skip
    batch(root, "2024-01-05T00:00:00", visits=[VISIT | {"visit_id": "Z3", "visitor": "岑小燕"}])
    retain(root, date(2023, 1, 1), "保管期满")
    visits = rows_in_force(root, "visits").sort("visit_id")
    first, gone, last = visits["visitor"]
    assert (first, last) == ("岑小燕", "岑小燕")
    assert gone.startswith("------")
    left = {name: rows_in_force(root, name) for name in NAMED if name != "visits"}
    assert not [one for one in NAMES if any(one in str(rows.rows()) for rows in left.values())]
    assert left["leaders"]["post"].to_list() == ["副主任"]
    assert left["spot_checks"]["result"].to_list() == ["一致"]
