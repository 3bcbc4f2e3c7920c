"""A ledger is known by its header, whatever its sheet is called, and never passed over in silence."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.ledgers import Ledger, ledgers
from tests.support.workbooks import ROWS, Result, book, result, table

NAMES = ["Sheet1", "花名册", "3月", "附件2", "表一", "2024年第一季度", "新建工作表", "汇总 (2)"]


def headed(ledger: type[Ledger]) -> list[list[Any]]:
    return table(ledger.name)


def read(sheets: dict[str, list[list[Any]]], name: str = "a.xlsx") -> Result:
    with TemporaryDirectory() as folder:
        return result(book(Path(folder) / name, sheets))


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.name)
def test_every_ledger_on_any_sheet_is_read_with_a_notice(ledger: type[Ledger]) -> None:
    found = read({"Sheet1": headed(ledger)})
    assert found.told() == [("sheet_recognised", None, None)]
    assert found.only().severity == "notice"
    assert ledger.sheet in found.only().message.zh
    assert found.reading.rows == {ledger.name: 1}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_sheet_with_columns_left_out_is_read_or_named_in_an_error(data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from(ledgers()))
    rows = headed(ledger)
    required = [f.header for f in ledger.fields() if f.required]
    gone = data.draw(st.sets(st.sampled_from(required), max_size=len(required) // 2))
    order = data.draw(st.permutations(range(len(rows[0]))))
    keep = [place for place in order if rows[0][place] not in gone]
    cut = [[row[place] for place in keep] for row in rows]
    found = read({data.draw(st.sampled_from(NAMES)): cut, "说明": [["说明"], ["每月填报"]]})
    if not gone:
        assert found.reading.rows == {ledger.name: 1}
    elif len([h for h in cut[0] if h]) >= 3:
        assert found.reading.refused or found.reading.rows
        if found.reading.refused:
            rules = {rule for rule, _, _ in found.told("error")}
            assert rules <= {"sheet_like_ledger", "sheet_ambiguous"}


def test_months_on_sheets_of_their_own_are_one_ledger() -> None:
    sheets = {
        f"{month}月": table(
            "employment", {"监测月份": f"2024-0{month}", "填报日期": f"2024-0{month}-25"}
        )
        for month in (1, 2, 3)
    }
    found = read(sheets)
    assert found.told() == [("sheet_recognised", None, None)] * 3
    assert found.reading.rows == {"employment": 3}


def test_what_looks_like_a_ledger_refuses_the_load_and_names_what_it_lacks() -> None:
    rows = [[cell for place, cell in enumerate(row) if place != 1] for row in table("labour")]
    found = read({"花名册": rows, "户台账": table("households")})
    (error,) = [f for f in found.findings if f.severity == "error"]
    assert (error.rule, error.sheet, error.suggestion) == (
        "sheet_like_ledger",
        "花名册",
        "劳动力台账",
    )
    assert "姓名" in error.message.zh


def test_a_header_that_two_ledgers_fit_is_an_error_that_names_both() -> None:
    columns = ["编号", "类型", "类别", "日期", "月份", "对象", "金额"]
    rows: list[list[Any]] = [
        columns,
        ["E01", "招聘会", "低保", "2024-03-01", "2024-03", "H001", 100],
    ]
    found = read({"Sheet1": rows})
    assert found.told("error") == [("sheet_ambiguous", None, None)]
    assert found.reading.rows == {}


def test_a_pivot_table_and_a_list_of_telephones_stay_warnings() -> None:
    pivot: list[list[Any]] = [
        ["安置点", "楼栋", "单元", "户数", "人数"],
        ["幸福小镇", "3栋", "2单元", 20, 71],
    ]
    phones: list[list[Any]] = [["姓名", "部门", "联系电话"], ["李四", "社会事务局", "13800000000"]]
    found = read({"透视表": pivot, "通讯录": phones, "户台账": table("households")})
    assert found.told() == [("unknown_sheet", None, None)] * 2
    assert not found.reading.refused


def test_a_blank_form_on_another_sheet_is_no_error() -> None:
    found = read({"空表": table("labour")[:1], "户台账": table("households")})
    assert found.told() == [("unknown_sheet", None, None)]


def two_rows(ledger: str, first: int, last: int, title: str) -> list[list[Any]]:
    """A table whose columns from `first` to `last` have a group's title above them, not merged."""
    rows = table(ledger)
    above: list[Any] = [*rows[0]]
    below: list[Any] = [None] * len(above)
    above[first:last] = [title, *[None] * (last - first - 1)]
    below[first:last] = rows[0][first:last]
    return [above, below, *rows[1:]]


@pytest.mark.parametrize("sheet", ["家庭收入台账", "Sheet1"])
def test_a_header_of_two_rows_is_read_without_merging(sheet: str) -> None:
    found = read({sheet: [["2024年一季度收入表"], *two_rows("income", 3, 7, "收入构成（元）")]})
    assert [rule for rule, _, _ in found.told()] == (
        [] if sheet == "家庭收入台账" else ["sheet_recognised"]
    )
    assert found.values("income", "business_income") == [-500.0]
    assert found.values("income", "row") == [4]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_groups_of_columns_under_a_title_are_read_in_every_ledger(data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from(ledgers()))
    width = len(table(ledger.name)[0])
    first = data.draw(st.integers(0, width - 2))
    last = data.draw(st.integers(first + 1, width))
    rows = two_rows(ledger.name, first, last, "基本情况")
    merged = data.draw(st.booleans())
    with TemporaryDirectory() as folder:
        path = book(Path(folder) / "a.xlsx", {ledger.sheet: rows})
        if merged and last - first > 1:
            made = openpyxl.load_workbook(path)
            made.active.merge_cells(start_row=1, end_row=1, start_column=first + 1, end_column=last)
            made.save(path)
        found = result(path)
    assert found.told() == []
    plain = read({ledger.sheet: table(ledger.name)})
    same = [c for c in plain.frames[ledger.name].columns if c not in ("row", "file")]
    assert found.frames[ledger.name].select(same).equals(plain.frames[ledger.name].select(same))


def test_a_group_and_its_columns_may_make_up_the_header_together() -> None:
    rows = table("employment")
    above, below = [*rows[0]], [*rows[0]]
    for place, header in enumerate(rows[0]):
        if header in ("就业状态", "就业类别", "就业渠道"):
            above[place] = "就业" if header == "就业状态" else None
            below[place] = header.removeprefix("就业")
        else:
            below[place] = None
    found = read({"就业监测台账": [above, below, *rows[1:]]})
    assert found.told() == []
    assert found.values("employment", "status") == ["在业"]


def csv_of(ledger: str, delimiter: str = ",", mark: str = "") -> str:
    rows = [["" if cell is None else f"{cell}{mark}" for cell in row] for row in table(ledger)]
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize(
    ("delimiter", "mark"), [(",", ""), ("\t", ""), (";", ""), (",", "\t"), (";", "\t")]
)
def test_text_of_any_encoding_and_delimiter_is_read(
    encoding: str, delimiter: str, mark: str, tmp_path: Path
) -> None:
    path = tmp_path / "户台账.csv"
    path.write_bytes(csv_of("households", delimiter, mark).encode(encoding))
    found = result(path)
    assert found.told() == []
    assert found.values("households", "helper_phone") == [ROWS["households"]["联系电话"]]


def test_a_text_file_under_another_name_is_known_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "导出数据.csv").write_text(csv_of("households"), encoding="utf-8")
    found = result(tmp_path / "导出数据.csv")
    assert found.told() == [("sheet_recognised", None, None)]
    assert found.reading.rows == {"households": 1}


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><table><tr><td>户编号</td></tr></table></body></html>", "<!DOCTYPE html>\n<html></html>",
        "\ufeff<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'><head></head></HTML>", "\n <table border=1></table>",
        "MIME-Version: 1.0\nContent-Type: multipart/related", '<?xml version="1.0"?><html></html>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_is_refused_with_its_one_step(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "户台账.xls"
    path.write_bytes(text.replace("\ufeff", "").encode(encoding))
    found = result(path).only()
    assert (found.rule, found.message.zh) == (
        "file_web_page",
        "这是网页，不是工作簿：打开后另存为 .xlsx",
    )


def test_a_table_in_xml_is_refused_with_its_one_step(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    (tmp_path / "a.xls").write_text(text, encoding="utf-8")
    assert result(tmp_path / "a.xls").only().rule == "file_xml_table"


def test_a_workbook_of_wps_is_taken_by_the_page() -> None:
    from board.ui.forms import plans, upload

    assert "et" in upload.KINDS
    assert "et" in plans.KINDS
