"""Sheets, files and what stands together in a load: taken, warned of or refused."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.outside.cli import Answer, call
from tests.outside.columns import LEDGERS, Row
from tests.outside.plain import (
    ROWS,
    asset,
    earnings,
    household,
    job,
    letter,
    meeting,
    plain,
    task,
    use,
    worker,
)

pytestmark = pytest.mark.usefixtures("workbooks_read_here")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def check(store: Path, *paths: Path) -> Answer:
    return call("check", *paths, "--format", "json", store=store)


def load(store: Path, *paths: Path) -> Answer:
    return call("load", *paths, "--format", "json", "--no-publish", store=store)


def severities(answer: Answer, **where: object) -> set[str]:
    """Severities of the findings that match."""
    return {
        f["severity"]
        for f in answer.json["findings"]
        if all(f[name] == value for name, value in where.items())
    }


def town_of(n: int) -> dict[str, list[Row]]:
    return {ledger: [row(i) for i in range(n)] for ledger, row in ROWS.items()}


@pytest.mark.usefixtures("workbooks_read_apart")
def test_a_plain_workbook_of_all_ledgers_has_no_fault(tmp_path: Path, store: Path) -> None:
    answer = check(store, plain(tmp_path / "a.xlsx", town_of(3)))
    assert answer.code == 0
    assert answer.json["counts"]["error"] == 0
    assert answer.json["rows"] == dict.fromkeys(ROWS, 3)


def meetings_with(path: Path, dress: Callable[[Any], None], count: int = 3) -> Path:
    """A workbook of meetings, dressed up by hand."""
    return plain(
        path,
        {"meetings": [meeting(n) for n in range(count)]},
        lambda workbook: dress(workbook["会议调研台账"]),
    )


def test_the_header_is_found_under_a_title_block(tmp_path: Path, store: Path) -> None:
    def dress(page: Any) -> None:
        page.insert_rows(1, 19)
        page["A1"] = "会议调研台账汇总表"
        page["B5"] = "编号 类型 日期"

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code == 0, answer.out
    assert answer.json["rows"] == {"meetings": 3}


def test_a_header_below_row_twenty_is_refused(tmp_path: Path, store: Path) -> None:
    answer = check(store, meetings_with(tmp_path / "a.xlsx", lambda page: page.insert_rows(1, 20)))
    assert answer.code == 1


def test_two_header_rows_are_read_when_merged(tmp_path: Path, store: Path) -> None:
    def dress(page: Any) -> None:
        page.insert_rows(1)
        for cell in page[2]:
            if cell.value not in ("提出问题数", "已解决数"):
                above = page.cell(1, cell.column)
                above.value, cell.value = cell.value, None
                page.merge_cells(
                    start_row=1, end_row=2, start_column=cell.column, end_column=cell.column
                )
        at = next(c.column for c in page[2] if c.value == "提出问题数")
        page.cell(1, at).value = "问题"
        page.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + 1)
        page.cell(3, at).value, page.cell(3, at + 1).value = 5, 2

    path = meetings_with(tmp_path / "a.xlsx", dress)
    assert load(store, path).code == 0
    told = call("export", "meetings", "--format", "json", store=store).json["meetings"]
    assert [(r["issues_raised"], r["issues_settled"]) for r in told] == [
        (5, 2),
        (None, None),
        (None, None),
    ]
    assert [r["row"] for r in told] == [3, 4, 5]


@pytest.mark.parametrize("word", ["合计", "合 计", "小计", "总计", "总 计", " 合计 "])
def test_a_total_row_is_skipped_with_a_notice_wherever_it_stands(
    tmp_path: Path, store: Path, word: str
) -> None:
    def dress(page: Any) -> None:
        page.insert_rows(3)
        page["B3"] = word
        page["F3"] = 12

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code == 0, answer.out
    assert answer.json["rows"] == {"meetings": 3}
    assert "notice" in {
        f["severity"] for f in answer.json["findings"] if str(f["cell"]).endswith("3")
    }


def test_a_repeated_header_and_blank_rows_are_skipped(tmp_path: Path, store: Path) -> None:
    def dress(page: Any) -> None:
        page.insert_rows(3, 2)
        for cell in page[1]:
            page.cell(4, cell.column).value = cell.value

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert (answer.code, answer.json["rows"]) == (0, {"meetings": 3})


def test_an_empty_cell_in_a_merged_range_is_an_error(tmp_path: Path, store: Path) -> None:
    answer = check(
        store, meetings_with(tmp_path / "a.xlsx", lambda page: page.merge_cells("B2:B3"))
    )
    assert answer.code == 1
    assert severities(answer, cell="B3") == {"error"}


def test_a_signature_line_is_skipped_with_a_warning(tmp_path: Path, store: Path) -> None:
    def dress(page: Any) -> None:
        page["A7"] = "填表人:某某    审核人:某某"

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code == 0, answer.out
    assert severities(answer, cell="A7") == {"warning"}


def test_hidden_rows_columns_and_sheets_count_with_a_notice(tmp_path: Path, store: Path) -> None:
    def dress(workbook: Workbook) -> None:
        workbook["会议调研台账"].row_dimensions[3].hidden = True
        workbook["任务台账"].column_dimensions["C"].hidden = True
        workbook["户台账"].sheet_state = "hidden"

    rows = {"meetings": [meeting(1), meeting(2)], "tasks": [task(1)], "households": [household(1)]}
    answer = check(store, plain(tmp_path / "a.xlsx", rows, dress))
    assert answer.code == 0
    assert answer.json["rows"] == {"meetings": 2, "tasks": 1, "households": 1}
    for sheet in ("会议调研台账", "任务台账", "户台账"):
        assert "notice" in severities(answer, sheet=sheet)


def test_a_sheet_that_is_no_ledger_is_named_in_a_warning(tmp_path: Path, store: Path) -> None:
    def dress(workbook: Workbook) -> None:
        workbook.create_sheet("会议调研台帐")["A1"] = "x"

    answer = check(store, plain(tmp_path / "a.xlsx", {"meetings": [meeting(1)]}, dress))
    assert answer.code == 0
    told = [f for f in answer.json["findings"] if f["sheet"] == "会议调研台帐"]
    assert [f["severity"] for f in told] == ["warning"]
    assert "会议调研台账" in (told[0]["suggestion"] or told[0]["message_zh"])


def test_a_column_no_ledger_knows_is_named_and_common_ones_are_not(
    tmp_path: Path, store: Path
) -> None:
    def dress(page: Any) -> None:
        page["I1"], page["J1"], page["K1"] = "会议地点", "序号", "备注"
        page["I2"], page["J2"], page["K2"] = "一楼", 1, "无"

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code == 0
    told = [f for f in answer.json["findings"] if f["severity"] != "notice"]
    assert [(f["severity"], f["cell"]) for f in told] == [("warning", "I1")]


@pytest.mark.parametrize(
    "header", ["编号*", " 编 号 ", "编号（必填）", "编号(唯一)", "编\n号", "编号＊", "编号 *"]
)
def test_a_decorated_header_is_known(tmp_path: Path, store: Path, header: str) -> None:
    def dress(page: Any) -> None:
        page["A1"] = header

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code == 0, answer.out
    assert answer.json["rows"] == {"meetings": 3}


def test_a_required_column_that_is_missing_is_an_error(tmp_path: Path, store: Path) -> None:
    answer = check(store, meetings_with(tmp_path / "a.xlsx", lambda page: page.delete_cols(2)))
    assert answer.code == 1
    assert "error" in severities(answer, column="kind")


def test_a_header_alone_is_refused_alone_and_accepted_beside_others(
    tmp_path: Path, store: Path
) -> None:
    bare = plain(tmp_path / "a.xlsx", {"meetings": []})
    assert check(store, bare).code == 1
    beside = plain(tmp_path / "b.xlsx", {"meetings": [], "tasks": [task(1)]})
    assert check(store, beside).code == 0
    assert check(store, bare, plain(tmp_path / "c.xlsx", {"tasks": [task(1)]})).code == 0


def test_one_ledger_on_two_sheets_is_one_table(tmp_path: Path, store: Path) -> None:
    def dress(workbook: Workbook) -> None:
        second = workbook.copy_worksheet(workbook["会议调研台账"])
        workbook["会议调研台账"].title = "会议调研 台账(3月)"
        second.title = "会议调研台账（4月）"
        for n in range(2, 5):
            second.cell(n, 1).value = f"N{n}"

    answer = check(
        store, plain(tmp_path / "a.xlsx", {"meetings": [meeting(n) for n in range(3)]}, dress)
    )
    assert (answer.code, answer.json["rows"]) == (0, {"meetings": 6})


def test_the_same_key_twice_names_both_cells(tmp_path: Path, store: Path) -> None:
    rows = {"meetings": [meeting(1), meeting(2), meeting(1)]}
    answer = check(store, plain(tmp_path / "a.xlsx", rows))
    assert answer.code == 1
    told = [f for f in answer.json["findings"] if f["severity"] == "error"]
    text = "".join(str(f) for f in told)
    assert "A2" in text
    assert "A4" in text


def test_the_same_key_in_two_files_of_a_load_is_an_error(tmp_path: Path, store: Path) -> None:
    one = plain(tmp_path / "a.xlsx", {"meetings": [meeting(1), meeting(2)]})
    two = plain(tmp_path / "b.xlsx", {"meetings": [meeting(3), meeting(1)]})
    assert check(store, one).code == check(store, two).code == 0
    answer = check(store, one, two)
    assert answer.code == 1
    text = str([f for f in answer.json["findings"] if f["severity"] == "error"])
    assert "a.xlsx" in text
    assert "b.xlsx" in text


def test_the_same_file_twice_is_taken_once_with_a_notice(tmp_path: Path, store: Path) -> None:
    one = plain(tmp_path / "a.xlsx", {"meetings": [meeting(1)]})
    copy = tmp_path / "b.xlsx"
    copy.write_bytes(one.read_bytes())
    answer = load(store, one, copy)
    assert answer.code == 0
    assert answer.json["rows"] == {"meetings": 1}
    assert "notice" in severities(answer)


def test_files_of_a_load_may_refer_to_one_another(tmp_path: Path, store: Path) -> None:
    jobs = plain(tmp_path / "a.xlsx", {"employment": [job(1)]})
    people = plain(tmp_path / "b.xlsx", {"labour": [worker(1)]})
    homes = plain(tmp_path / "c.xlsx", {"households": [household(1)]})
    assert check(store, jobs).code == 1
    assert check(store, jobs, people).code == 1
    assert check(store, jobs, people, homes).code == 0
    assert load(store, homes, people).code == 0
    assert load(store, jobs).code == 0


# what is worth a warning


def test_things_unlikely_but_possible_warn(tmp_path: Path, store: Path) -> None:
    rows = {
        "households": [household(1) | {"家庭人口数": 1}, household(2), household(3)],
        "labour": [
            worker(1) | {"在校生": "是"},
            worker(2) | {"户编号": "H1"},
            worker(3),
        ],
        "employment": [job(1)],
        "assets": [asset(1) | {"可盘活": "否"}],
        "occupancy": [use(1)],
    }
    answer = check(store, plain(tmp_path / "a.xlsx", rows))
    assert answer.code == 0
    assert severities(answer, sheet="就业监测台账") == {"warning"}  # employed and a student
    assert "warning" in severities(answer, sheet="资产盘活台账")  # not to be let
    warned = {f["cell"] for f in answer.json["findings"] if f["sheet"] == "户台账"}
    assert warned == {f"{letter('households', '家庭人口数')}2", "A3"}  # too many; nobody at all


@pytest.mark.parametrize(
    ("wage", "expected"), [(8000, set()), (9900, {"warning"}), (900, {"warning"})]
)
def test_a_value_that_moved_by_more_than_three_warns(
    tmp_path: Path, store: Path, wage: int, expected: set[str]
) -> None:
    before = {"households": [household(1)], "labour": [worker(1)], "employment": [job(1)]}
    assert load(store, plain(tmp_path / "a.xlsx", before)).code == 0
    later = job(1) | {"监测月份": "2024-04", "填报日期": date(2024, 5, 3), "月收入": wage}
    answer = check(store, plain(tmp_path / "b.xlsx", {"employment": [later]}))
    assert answer.code == 0
    assert severities(answer, cell=f"{letter('employment', '月收入')}2") == expected


def test_a_row_that_empties_an_optional_column_warns(tmp_path: Path, store: Path) -> None:
    full = plain(tmp_path / "a.xlsx", {"meetings": [meeting(1) | {"摘要": "某事"}]})
    assert load(store, full).code == 0
    at = list(LEDGERS["会议调研台账"]).index("摘要") + 1
    short = meetings_with(tmp_path / "b.xlsx", lambda page: page.delete_cols(at), 2)
    answer = check(store, short)
    assert answer.code == 0
    assert "warning" in severities(answer, column="summary")


# files


def test_a_csv_is_read_whatever_its_encoding(tmp_path: Path, store: Path) -> None:
    text = "编号,类型,日期\nM1,领导调研,2024/3/5\nM2,专题会议,2024-03-06\n"
    for n, encoding in enumerate(("utf-8", "utf-8-sig", "gb18030")):
        path = tmp_path / f"会议调研台账{n}.csv"
        path.write_bytes(text.encode(encoding))
        answer = check(store, path)
        assert (answer.code, answer.json["rows"]) == (0, {"meetings": 2}), encoding


def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path: Path, store: Path) -> None:
    path = plain(tmp_path / "a.xlsx", {"meetings": [meeting(1)]})
    for name in ("b.xls", "c.xlsm", "d.dat", "e"):
        (tmp_path / name).write_bytes(path.read_bytes())
        answer = check(store, tmp_path / name)
        assert (answer.code, answer.json["rows"]) == (0, {"meetings": 1}), name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not really",
        b"%PDF-1.7\n1 0 obj",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        b"<html><body>a table</body></html>",
        bytes(range(256)) * 40,
    ],
)
@pytest.mark.usefixtures("workbooks_read_apart")
def test_a_foreign_or_damaged_file_is_refused(tmp_path: Path, store: Path, content: bytes) -> None:
    path = tmp_path / "会议调研台账.xlsx"
    path.write_bytes(content)
    answer = check(store, path)
    assert answer.code == 1
    assert severities(answer) == {"error"}
    answer = load(store, path)
    assert answer.code == 1
    assert not call("batches", "--format", "json", store=store).json


@pytest.mark.usefixtures("workbooks_read_apart")
def test_half_a_workbook_is_refused(tmp_path: Path, store: Path) -> None:
    path = plain(tmp_path / "a.xlsx", town_of(2))
    path.write_bytes(path.read_bytes()[:-900])
    assert check(store, path).code == 1


@pytest.mark.usefixtures("workbooks_read_apart")
def test_a_zip_of_something_else_is_refused(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert check(store, path).code == 1


@pytest.mark.usefixtures("workbooks_read_apart")
def test_a_stray_value_in_the_farthest_cell_does_no_harm(tmp_path: Path, store: Path) -> None:
    def dress(page: Any) -> None:
        page["XFD1048576"] = "x"

    answer = check(store, meetings_with(tmp_path / "a.xlsx", dress))
    assert answer.code in (0, 1)
    assert severities(answer)
    if answer.code == 0:
        assert answer.json["rows"] == {"meetings": 3}


def test_a_1904_workbook_keeps_its_days(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.xlsx"
    plain(path, {"meetings": [meeting(1)]})
    workbook = load_workbook(path)
    workbook.epoch = CALENDAR_MAC_1904
    workbook["会议调研台账"]["C2"] = datetime.fromisoformat("2024-03-05")
    workbook.save(path)
    assert load(store, path).code == 0
    told = call("export", "meetings", "--format", "json", store=store).json["meetings"]
    assert told[0]["held_on"] == "2024-03-05"


def test_many_faults_are_counted_and_a_thousand_of_them_listed(tmp_path: Path, store: Path) -> None:
    rows = [meeting(n) | {"日期": "3/4"} for n in range(2000)]
    answer = check(store, plain(tmp_path / "a.xlsx", {"meetings": rows}))
    assert answer.code == 1
    assert answer.json["counts"]["error"] == 2000
    assert len({f["cell"] for f in answer.json["findings"] if f["cell"]}) == 1000


def test_findings_have_all_their_fields(tmp_path: Path, store: Path) -> None:
    rows = {"households": [household(1)], "income": [earnings(1) | {"常住人口": None}]}
    answer = check(store, plain(tmp_path / "a.xlsx", rows))
    fields = [
        "file",
        "sheet",
        "cell",
        "ledger",
        "column",
        "rule",
        "severity",
        "found",
        "expected",
        "suggestion",
    ]
    for finding in answer.json["findings"]:
        assert set(finding) == {*fields, "message_zh", "message_en"}
    told = [f for f in answer.json["findings"] if f["severity"] == "error"]
    assert [(f["file"], f["sheet"], f["cell"], f["column"]) for f in told] == [
        ("a.xlsx", "家庭收入台账", "C2", "members")
    ]
