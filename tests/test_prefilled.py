"""Templates that begin with what is known: a register as it stands, last month's people, open items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from board import export, intake, plan_names, storage
from board.__main__ import main
from board.access import Reader, Role
from board.export import PrefilledTemplate
from board.journal import AuditLog, Journal, acts
from board.ledgers import Ledger, by_name, ledgers
from board.publish import publish, stand_ins
from tests.support.rows import citizen, employment, household, worker
from tests.support.stores import batch
from tests.support.workbooks import ROWS, book, citizen_id, result, table

pytestmark = pytest.mark.usefixtures("workbooks_read_here")
APRIL = date(2024, 4, 1)
KEEPER = "组织人社局"
# What leaves a row of these ledgers open, where the usual row of the tests is closed.
OPEN: dict[str, dict[str, Any]] = {
    "repairs": {"办结日期": None}, "subsidies": {"发放日期": None}, "leaders": {"截止日期": None},
    "visits": {"户编号": "H001", "兑现日期": None}, "posts": {"发布日期": date(2024, 3, 1)},
}  # fmt: skip
CAN = [ledger for ledger in ledgers() if export.can_be_prefilled(ledger.name)]
EACH = pytest.mark.parametrize("ledger", CAN, ids=lambda ledger: ledger.name)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a row of every ledger, of March 2024."""
    folder = tmp_path_factory.mktemp("prefilled")
    sheets = {x.sheet: table(x.name, OPEN.get(x.name, {})) for x in ledgers()}
    frames = result(book(folder / "三月.xlsx", sheets)).frames
    return held(folder / "store", frames)


def held(root: Path, frames: dict[str, pl.DataFrame]) -> Path:
    """A store with these frames as its only batch."""
    storage.prepare(root)
    with storage.staging(root) as work:
        for name, rows in frames.items():
            rows.write_parquet(work / f"{name}.parquet")
        counts = {name: rows.height for name, rows in frames.items()}
        files = [{"name": "三月.xlsx", "sha256": "0" * 64}]
        Journal(root).commit(work, {"files": files, "rows": counts, "note": ""}, None)
    return root


@pytest.fixture(scope="module")
def templates(root: Path) -> dict[str, PrefilledTemplate]:
    """The template of every ledger for April 2024."""
    return {x.name: export.prefilled_for_terminal(root, x.name, APRIL) for x in ledgers()}


def opened(made: PrefilledTemplate, folder: Path) -> tuple[Path, openpyxl.Workbook]:
    path = folder / made.name
    path.write_bytes(made.content)
    return path, openpyxl.load_workbook(path)


def columns(ledger: type[Ledger]) -> Iterator[tuple[int, Any]]:
    return enumerate(ledger.fields(), start=1)


def is_new(ledger: type[Ledger]) -> bool:
    """Whether a prefilled row gets a key of its own, so that the rest of it is empty."""
    key = set(ledger.key())
    return bool(ledger.period_of() or (ledger.dated_by in key - ledger.carried()))


def fill(sheet: Worksheet, ledger: type[Ledger], row: int = 2) -> None:
    """Fill what was left open in a row with valid values."""
    usual = ROWS[ledger.name]
    for col, field in columns(ledger):
        cell = sheet.cell(row, col)
        value = usual.get(field.header)
        if cell.value is not None or value is None or field.name in ledger.carried():
            continue
        cell.value = date(2024, 4, 30) if field.kind == "date" else value
        if field.kind == "percent":
            cell.value = value / 100
            cell.number_format = "0.0%"


@EACH
def test_it_reads_without_a_finding_once_the_open_columns_are_filled(
    ledger: type[Ledger], templates: dict[str, PrefilledTemplate], tmp_path: Path
) -> None:
    made = templates[ledger.name]
    assert made.rows == 1
    path, given = opened(made, tmp_path)
    fill(given[ledger.sheet], ledger)
    given.save(path)
    read = result(path)
    assert read.told() == []
    assert read.reading.rows == {ledger.name: 1}
    if period := ledger.period_of():
        assert read.values(ledger.name, period.name) == [APRIL]


@EACH
def test_what_nobody_filled_in_is_no_data(
    ledger: type[Ledger], templates: dict[str, PrefilledTemplate], tmp_path: Path
) -> None:
    path, _ = opened(templates[ledger.name], tmp_path)
    read = result(path)
    if is_new(ledger):
        assert read.told() == [("untouched_rows", "A2", None)]
        assert read.only().message.zh == "1 行只有预填内容，没有填写，未读入（第 2 行）"
        assert read.reading.rows == {ledger.name: 0}
    else:
        assert read.told("error", "warning") == []


@EACH
def test_what_is_filled_in_is_locked_and_the_rest_is_open(
    ledger: type[Ledger], templates: dict[str, PrefilledTemplate], tmp_path: Path
) -> None:
    _, given = opened(templates[ledger.name], tmp_path)
    sheet = given[ledger.sheet]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatColumns
    styles = {col: style for style in sheet.column_dimensions.values()
              for col in range(style.min, style.max + 1)}  # fmt: skip
    for col, field in columns(ledger):
        cell = sheet.cell(2, col)
        assert sheet.cell(1, col).protection.locked
        assert not styles[col].protection.locked
        if cell.value is not None:
            assert cell.protection.locked == (field.name in ledger.carried()), field.name
        if field.kind in {"id", "text"} and cell.value is not None:
            assert (cell.number_format, cell.data_type) == ("@", "s")
    assert sheet.data_validations.count == len(ledger.fields())
    assert str(given["填表说明"]["A4"].value).startswith("预填内容：")


def test_a_half_filled_row_gets_its_findings_and_an_untouched_one_none(tmp_path: Path) -> None:
    frames = result(
        book(tmp_path / "三月.xlsx", {
            "就业监测台账": table("employment", *({"身份证号": citizen_id(serial=n)} for n in (1, 2, 3))),
            "劳动力台账": table("labour", *({"身份证号": citizen_id(serial=n)} for n in (1, 2, 3))),
            "户台账": table("households"),
        })
    ).frames  # fmt: skip
    root = held(tmp_path / "store", frames)
    path, given = opened(export.prefilled_for_terminal(root, "employment", APRIL), tmp_path)
    given["就业监测台账"]["C3"] = "在业"
    given.save(path)
    read = result(path)
    assert {cell for _, cell, _ in read.told("error")} == {"J3", "O3"}
    assert read.told("notice") == [("untouched_rows", "A2", None)]
    assert read.reading.rows == {"employment": 1}


def test_nothing_but_untouched_rows_is_refused(root: Path, tmp_path: Path) -> None:
    path, _ = opened(export.prefilled_for_terminal(root, "employment", APRIL), tmp_path)
    assert [f.rule for f in intake.check([path], root).findings] == ["no_rows", "untouched_rows"]


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town in which people come, leave and were monitored until March 2024."""
    root = tmp_path_factory.mktemp("moving") / "store"
    since = date(2024, 4, 1)
    households = [
        household("H1"), household("H2", building="2栋"), household("H3", building="2栋"),
        household("H3", building="2栋", effective_month=since, status="迁出"),
        household("H4", moved_in=date(2024, 4, 20)), household("H5", moved_in=date(2024, 5, 1)),
    ]  # fmt: skip
    labour = [
        worker(1, "H1"), worker(2, "H2"), worker(3, "H3"), worker(4, "H4"), worker(5, "H5"),
        worker(6, "H1", born=date(2015, 1, 1)), worker(7, "H1", work_ability="丧失劳动力"),
        worker(8, "H1", effective_month=date(2024, 5, 1)),
    ]  # fmt: skip
    months = [employment("2024-02", citizen(4)), employment("2024-04", citizen(1))]
    months += [employment("2024-03", citizen(n)) for n in (3, 2, 1)]
    batch(root, households=households, labour=labour, employment=months)
    return root


def ids(made: PrefilledTemplate, folder: Path) -> list[Any]:
    _, given = opened(made, folder)
    return [row[1] for row in given.worksheets[0].iter_rows(min_row=2, values_only=True) if row[1]]


def reader(department: str = KEEPER, role: Role = Role.KEEPER, **more: Any) -> Reader:
    return Reader("韦", role, department, keepers=plan_names.shipped_by_table(), **more)


def test_last_months_people_come_who_left_does_not_and_who_is_new_does(
    moving: Path, tmp_path: Path
) -> None:
    made = export.prefilled(moving, reader(), "employment", APRIL)
    assert ids(made, tmp_path) == [citizen(2), citizen(1), citizen(4)]
    may = export.prefilled(moving, reader(), "employment", date(2024, 5, 1))
    assert ids(may, tmp_path) == [citizen(1), citizen(2), citizen(4), citizen(5), citizen(8)]


def test_a_keeper_of_places_gets_its_own_people(moving: Path, tmp_path: Path) -> None:
    made = export.prefilled(moving, reader(places=("2栋",)), "employment", APRIL)
    assert ids(made, tmp_path) == [citizen(2)]


def test_who_keeps_another_register_gets_nobody_of_it(moving: Path, tmp_path: Path) -> None:
    keepers = {**plan_names.shipped_by_table(), "employment": "社会事务局"}
    who = Reader("韦", Role.KEEPER, "社会事务局", keepers=keepers)
    made = export.prefilled(moving, who, "employment", APRIL)
    assert ids(made, tmp_path) == [citizen(2), citizen(1)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.KEEPER])
def test_who_may_not_load_a_ledger_may_not_take_its_template(moving: Path, role: Role) -> None:
    department = KEEPER if role is Role.DEPARTMENT else ""
    with pytest.raises(storage.RefusedError) as refused:
        export.prefilled(moving, reader(department, role), "employment", APRIL)
    assert refused.value.code == "not_allowed"


def test_neither_another_keeper_nor_a_shared_screen_gets_it(moving: Path) -> None:
    before = len(AuditLog(moving).all())
    for who in (reader("社会事务局"), reader(presenting=True)):
        with pytest.raises(storage.RefusedError):
            export.prefilled(moving, who, "employment", APRIL)
    assert len(AuditLog(moving).all()) == before


def test_the_task_force_takes_its_own_without_names(root: Path, tmp_path: Path) -> None:
    made = export.prefilled(root, reader("", Role.TASK_FORCE), "follow_ups", APRIL)
    _, given = opened(made, tmp_path)
    row = dict(zip((c.value for c in given.worksheets[0][1]), (c.value for c in given.worksheets[0][2]), strict=True))  # fmt: skip
    assert row["事项编号*"]
    assert row["责任领导"] is None


def test_each_taking_is_on_record(moving: Path) -> None:
    export.prefilled(moving, reader(), "employment", APRIL)
    entry = AuditLog(moving).all()[-1]
    assert (entry.who, entry.role, entry.kind) == ("韦", "keeper", "export")
    assert entry.act == acts.TemplateExport("employment", "2024-04", 3, persons=True)
    before = len(AuditLog(moving).all())
    assert export.prefilled(moving, reader(), "training", APRIL).plain
    assert len(AuditLog(moving).all()) == before


def test_a_register_stands_as_it_is_in_the_month(moving: Path, tmp_path: Path) -> None:
    made = export.prefilled_for_terminal(moving, "households", APRIL)
    _, given = opened(made, tmp_path)
    rows = list(given["户台账"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[-1]) for row in rows if row[0]] == [
        ("H1", "在册"), ("H2", "在册"), ("H3", "迁出"), ("H4", "在册"), ("H5", "在册"),
    ]  # fmt: skip
    assert made.rows == 5


def test_an_untouched_register_changes_nothing(moving: Path, tmp_path: Path) -> None:
    path, _ = opened(export.prefilled_for_terminal(moving, "households", APRIL), tmp_path)
    check = intake.check([path], moving)
    assert not check.refused
    assert (check.replacing.adds, check.replacing.changes) == ({"households": 0}, {"households": 0})


def test_a_recurring_task_comes_with_the_occurrence_of_the_month(tmp_path: Path) -> None:
    root = tmp_path / "store"
    usual: dict[str, Any] = {
        "measure": "15", "content": "检查", "leads": ["社会事务局"], "starts": date(2024, 1, 1),
        "due": date(2024, 12, 31), "updated_on": date(2024, 3, 30),
    }  # fmt: skip
    once = {"cadence": "一次性", "state": "推进中"}
    done = {"state": "已完成", "done_on": date(2024, 3, 29)}
    rows: list[dict[str, Any]] = [
        {"task_id": "T1", "cadence": "每月", "occurrence": "2024-03", **done},
        {"task_id": "T2", "cadence": "每季度", "occurrence": "2024-Q1", "state": "推进中"},
        {"task_id": "T3", **once},
        {"task_id": "T4", "cadence": "每月", "occurrence": "2024-02", "state": "已取消"},
        {"task_id": "T5", "cadence": "每半年", "occurrence": "2024-H1", **done},
    ]
    batch(root, tasks=[usual | row for row in rows])
    _, given = opened(export.prefilled_for_terminal(root, "tasks", APRIL), tmp_path)
    columns = [cell.value for cell in given["任务台账"][1]]
    at, state = columns.index("期次"), columns.index("状态*")
    items = [(row[0], row[at], row[state])
             for row in given["任务台账"].iter_rows(min_row=2, values_only=True) if row[0]]  # fmt: skip
    assert items == [
        ("T2", "2024-Q1", None), ("T3", None, None), ("T1", "2024-04", None), ("T2", "2024-Q2", None),
    ]  # fmt: skip


def test_who_was_removed_for_good_is_in_no_template(tmp_path: Path) -> None:
    root = tmp_path / "store"
    storage.prepare(root)
    gone = stand_ins(root, pl.Series("citizen_id", [citizen(2)]), birth=True)[0]
    people = [worker(1, "H1"), {**worker(2, "H1"), "citizen_id": gone}]
    months = [employment("2024-03", citizen(1)), employment("2024-03", gone)]
    batch(root, households=[household("H1")], labour=people, employment=months)
    made = export.prefilled_for_terminal(root, "employment", APRIL)
    assert ids(made, tmp_path) == [citizen(1)]
    assert export.prefilled_for_terminal(root, "labour", APRIL).rows == 1


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["template", *map(str, words), "--store", str(root)])
    done = capsys.readouterr()
    return code, done.out, done.err


def test_the_command_writes_it_and_records_it(
    moving: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("employment", "training", "--prefilled", "--month", "2024-04", "--out", tmp_path)
    code, out, err = run(moving, capsys, *words)
    assert code == 0
    assert out.splitlines() == [
        str(tmp_path / "就业监测台账模板-2024-04.xlsx"), str(tmp_path / "培训台账模板.xlsx"),
    ]  # fmt: skip
    assert "没有可预填的" in err
    assert AuditLog(moving).all()[-1].role == "terminal"
    assert run(moving, capsys, "employment", "--prefilled", "--out", tmp_path)[0] == 2
    assert run(moving, capsys, "--prefilled", "--month", "2024-Q2", "--out", tmp_path)[0] == 2
    assert run(moving, capsys, "--month", "2024-04", "--out", tmp_path)[0] == 2


def test_a_name_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    root = tmp_path / "store"
    batch(root, households=[household("=1+1", head_name="@甲")])
    _, given = opened(export.prefilled_for_terminal(root, "households", APRIL), tmp_path)
    cells = given["户台账"][2]
    assert (cells[0].value, cells[0].data_type) == ("=1+1", "s")


def test_a_job_is_proposed_as_last_month_had_it_and_can_be_changed(tmp_path: Path) -> None:
    root = tmp_path / "store"
    person = worker(1, "H1")
    who = person["citizen_id"]
    last = employment("2024-03", who, employer="某厂", contract_months=12)
    batch(root, households=[household("H1")], labour=[person], employment=[last])
    publish(root)
    made = export.prefilled_for_terminal(root, "employment", APRIL)
    path, given = opened(made, tmp_path)
    sheet = given["就业监测台账"]
    row = {field.name: sheet.cell(2, col) for col, field in columns(by_name()["employment"])}
    filled = {name: cell.value for name, cell in row.items() if cell.value is not None}
    filled["month"] = filled["month"].date()
    assert filled == {
        "month": APRIL, "citizen_id": who, "kind": "单位就业", "place": "片区内",
        "industry": "制造业", "employer": "某厂", "contract_months": 12,
    }  # fmt: skip
    locked = {name for name, cell in row.items() if cell.value and cell.protection.locked}
    assert locked == {"month", "citizen_id"}
    assert result(path).reading.rows == {"employment": 0}, "nobody has said that it is still so"
    row["status"].value, row["reported_on"].value = "未就业", date(2024, 4, 30)
    given.save(path)
    assert result(path).told() == [("kind_of_work", "D2", "kind")]
