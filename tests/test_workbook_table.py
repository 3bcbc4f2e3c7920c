"""Where a table begins and ends in a sheet, and which columns and rows of it are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from board.ledgers import Ledger, ledgers
from tests.support.workbooks import ROWS, book, checked, column, result, table


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.name)
def test_a_good_row_of_every_ledger_is_read_without_a_finding(
    ledger: type[Ledger], tmp_path: Path
) -> None:
    found = checked(tmp_path, ledger.name)
    assert found.told() == []
    frame = found.frames[ledger.name]
    assert frame.schema == ledger.schema_of_frame()
    assert frame.select("file", "sheet", "row").row(0) == ("表.xlsx", ledger.sheet, 2)
    letters = found.reading.columns[ledger.name][("表.xlsx", ledger.sheet)]
    first = next(field.name for field in ledger.fields() if field.header in ROWS[ledger.name])
    assert letters[first] == "A"


def test_headers_come_in_any_order_with_stars_hints_spaces_and_line_breaks(tmp_path: Path) -> None:
    rows = table("assets")
    headers = {
        "面积": "面积(㎡)",
        "数量": "数 量*",
        "资产编号": "* 资产\n编号",
        "可盘活": "可盘活[是/否]",
    }
    rows[0] = [headers.get(name, f" {name} ") for name in rows[0]]
    rows = [list(reversed(row)) for row in rows]
    found = result(book(tmp_path / "a.xlsx", {"资产台账": rows}))
    assert found.told() == []
    assert found.values("assets", "area") == [50.0]


@pytest.mark.parametrize("above", [1, 4, 19])
def test_the_header_is_found_under_a_title_block(above: int, tmp_path: Path) -> None:
    title: Sequence[Sequence[object]] = [
        ["幸福小镇户台账"],
        [None, "填报单位:社会事务局", None, "2024年3月"],
        *[[None] for _ in range(17)],
    ]
    rows = [*title[:above], *table("households")]
    found = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert found.told() == []
    assert found.values("households", "row") == [above + 2]


def test_a_header_below_the_first_twenty_rows_is_not_found(tmp_path: Path) -> None:
    rows = [*[[None]] * 20, *table("households")]
    found = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert found.told() == [("no_header", None, None)]
    assert "户编号" in str(found.only().expected)


def test_two_header_rows_are_read_when_they_are_merged(tmp_path: Path) -> None:
    rows = table("income")
    above = list(rows[0])
    above[3:7] = ["收入构成(元)", None, None, None]
    below: list[str | None] = [None] * len(above)
    below[3:7] = rows[0][3:7]
    path = book(tmp_path / "a.xlsx", {"家庭收入台账": [["标题"], above, below, *rows[1:]]})
    made = openpyxl.load_workbook(path)
    sheet = made.active
    sheet.merge_cells("D2:G2")
    for letter in "ABCH":
        sheet.merge_cells(f"{letter}2:{letter}3")
    made.save(path)
    found = result(path)
    assert found.told() == []
    assert found.values("income", "row") == [4]
    assert found.values("income", "business_income") == [-500.0]


def test_total_rows_are_skipped_with_a_notice_wherever_they_stand(tmp_path: Path) -> None:
    rows = table("income", {}, {"户编号": "H002"}, {"户编号": "H003"})
    rows.insert(2, ["小 计", None, None, "=SUM(D2:D2)"])
    rows.insert(4, [None, "合计", None, 24000])
    rows.append(["总计:", None, None, "#REF!"])
    found = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert found.told() == [
        ("total_row", "A3", None),
        ("total_row", "B5", None),
        ("total_row", "A7", None),
    ]
    assert found.values("income", "household_id") == ["H001", "H002", "H003"]


def test_blank_rows_and_rows_with_only_a_running_number_are_skipped(tmp_path: Path) -> None:
    rows = table("income", {"序号": 1}, {"户编号": "H002", "序号": 2})
    rows.insert(2, [None])
    rows.insert(3, [" ", "　", "\u200b"])
    rows += [[None] * 8 + [number] for number in range(3, 30)]
    found = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert found.told() == []
    assert found.values("income", "row") == [2, 5]


def test_a_repeated_header_row_is_skipped(tmp_path: Path) -> None:
    rows = table("income", {}, {"户编号": "H002"})
    rows.insert(2, list(rows[0]))
    found = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert found.told("error", "warning") == []
    assert found.values("income", "household_id") == ["H001", "H002"]


def test_signature_lines_are_skipped_with_a_warning_at_their_cells(tmp_path: Path) -> None:
    rows = table("households")
    rows += [[None], ["填表人:王五", None, None, "审核人:赵六", None, "日期:2024年3月5日"]]
    found = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert found.told() == [("outside_table", f"{letter}4", None) for letter in "ADF"]
    assert found.values("households", "household_id") == ["H001"]


@pytest.mark.parametrize(
    "remark", ["以上数据截至三月底，由网格员核实", "注：本表每月更新", "说明1、空着的不填"]
)
def test_a_remark_under_the_table_is_skipped_with_a_warning(remark: str, tmp_path: Path) -> None:
    for ledger, sheet in (("households", "户台账"), ("employment", "就业监测台账")):
        path = book(tmp_path / f"{ledger}.xlsx", {sheet: [*table(ledger), [remark]]})
        assert result(path).told() == [("outside_table", "A3", None)]


def test_a_signature_line_without_colons_is_no_row(tmp_path: Path) -> None:
    rows = [*table("employment"), ["填表人", "张三", None, "审核人", "李四"]]
    found = result(book(tmp_path / "a.xlsx", {"就业监测台账": rows}))
    assert found.told() == [("outside_table", f"{letter}3", None) for letter in "ABDE"]


def test_a_subtitle_merged_across_the_table_is_no_row(tmp_path: Path) -> None:
    rows = table("households", {}, {"户编号": "H002"})
    rows.insert(2, ["3栋2单元住户"])
    path = book(tmp_path / "a.xlsx", {"户台账": rows})
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("A3:Q3")
    made.save(path)
    found = result(path)
    assert found.told() == [("outside_table", "A3", None)]
    assert found.values("households", "household_id") == ["H001", "H002"]


def test_a_whole_column_without_a_header_is_one_warning(tmp_path: Path) -> None:
    rows = table("income", *({"户编号": f"H{n}"} for n in range(40)))
    rows = [rows[0], *([*row, None, "核"] for row in rows[1:])]
    found = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert found.told() == [("outside_column", "J2", None)]
    assert "40" in found.only().message.zh


def test_text_beside_the_table_is_skipped_with_a_warning(tmp_path: Path) -> None:
    rows = table("income")
    rows[1] += [None, None, "电话核实过"]
    found = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert found.told() == [("outside_table", "K2", None)]
    assert found.only().found == "电话核实过"


def test_a_stray_value_in_the_farthest_cell_is_a_warning_and_no_dense_table(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"家庭收入台账": table("income")})
    made = openpyxl.load_workbook(path)
    made.active["XFD1048576"] = "x"
    made.save(path)
    found = result(path)
    assert found.told() == [("outside_table", "XFD1048576", None)]
    assert found.values("income", "household_id") == ["H001"]


def test_a_row_that_lacks_what_it_needs_is_told_and_not_taken_for_a_remark(tmp_path: Path) -> None:
    rows = table("households", {})
    rows.append(["H002"])
    found = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert found.told() == [("row_unfilled", "A3", None)]
    assert "安置点、楼栋、单元" in found.only().message.zh
    assert found.reading.rows == {"households": 1}


def test_an_empty_cell_inside_a_merged_range_is_an_error_that_says_so(tmp_path: Path) -> None:
    rows = table(
        "households", {}, {"户编号": "H002", "楼栋": None}, {"户编号": "H003", "迁出县": None}
    )
    path = book(tmp_path / "a.xlsx", {"户台账": rows})
    made = openpyxl.load_workbook(path)
    made.active.merge_cells("D2:D3")
    made.active.merge_cells("J3:J4")
    made.save(path)
    found = result(path)
    assert found.told() == [
        ("merged_cell", "D3", "building"),
        ("merged_cell", "J4", "origin_county"),
    ]
    assert "D2:D3" in found.findings[0].message.zh


def test_a_missing_required_column_is_one_error_without_a_cell(tmp_path: Path) -> None:
    rows = table("households", {}, {"户编号": "H002"})
    rows[0][column("households", "户主姓名") - 1] = "户主名字"
    found = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert found.told() == [("missing_column", None, "head_name"), ("unknown_column", "G1", None)]
    assert found.findings[1].suggestion == "户主姓名"
    assert "户主名字" in found.findings[0].message.zh


def test_an_empty_column_no_ledger_knows_is_silent(tmp_path: Path) -> None:
    assert checked(tmp_path, "employment", {"月收人": None}).told() == []


def test_a_column_no_ledger_knows_is_named_with_the_nearest_and_not_stored(tmp_path: Path) -> None:
    found = checked(tmp_path, "employment", {"月收人": 3})
    assert found.told() == [("unknown_column", "P1", None)]
    assert found.only().severity == "warning"
    assert (found.only().found, found.only().suggestion) == ("月收人", "月收入")


def test_running_numbers_remarks_and_empty_columns_are_left_out_in_silence(tmp_path: Path) -> None:
    found = checked(tmp_path, "employment", {"序 号": 1, "备注": "x", "": None, "备 注*": 2})
    assert found.told() == []


def test_the_same_column_twice_is_an_error_naming_both(tmp_path: Path) -> None:
    found = checked(tmp_path, "employment", {"月收入(元)": 3})
    assert found.told() == [("duplicate_column", "P1", "wage")]
    assert "J1" in found.only().message.zh
    assert "J1" in found.only().message.en


def test_a_sheet_that_is_no_ledger_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"户台帐": [["x"]], "家庭收入台账": table("income")})
    found = result(path)
    assert found.told() == [("unknown_sheet", None, None)]
    assert (found.only().found, found.only().suggestion) == ("户台帐", "户台账")


@pytest.mark.parametrize(
    "name", ["就业监测台账(3月)", " 就业 监测台账", "就业监测台账（三月）", "就业监测台账 (2)"]
)
def test_spaces_and_a_bracketed_hint_in_a_sheets_name_do_not_count(
    name: str, tmp_path: Path
) -> None:
    found = result(book(tmp_path / "a.xlsx", {name: table("employment")}))
    assert found.told() == []
    assert found.values("employment", "sheet") == [name]


def test_one_ledger_on_two_sheets_is_one_table(tmp_path: Path) -> None:
    sheets = {
        "就业监测台账(2月)": table("employment", {"监测月份": "2024-02"}),
        "就业监测台账(3月)": table("employment"),
    }
    found = result(book(tmp_path / "a.xlsx", sheets))
    assert found.told() == []
    assert found.values("employment", "month") == [date(2024, 2, 1), date(2024, 3, 1)]
    assert found.reading.rows == {"employment": 2}
    assert len(found.reading.columns["employment"]) == 2


def test_hidden_sheets_rows_and_columns_count_with_a_notice(tmp_path: Path) -> None:
    rows = table("income", {}, {"户编号": "H002"}, {"户编号": "H003"})
    path = book(tmp_path / "a.xlsx", {"家庭收入台账": rows, "户台账": table("households")})
    made = openpyxl.load_workbook(path)
    made["户台账"].sheet_state = "veryHidden"
    made["家庭收入台账"].row_dimensions[3].hidden = True
    made["家庭收入台账"].column_dimensions["D"].hidden = True
    made.save(path)
    found = result(path)
    assert [(f.rule, f.severity, f.sheet, f.found) for f in found.findings] == [
        ("hidden_rows", "notice", "家庭收入台账", "3"),
        ("hidden_columns", "notice", "家庭收入台账", "D"),
        ("hidden_sheet", "notice", "户台账", "户台账"),
    ]
    assert found.reading.rows == {"income": 3, "households": 1}


def test_nothing_but_a_header_is_a_notice_of_the_sheet(tmp_path: Path) -> None:
    found = result(book(tmp_path / "a.xlsx", {"户台账": table("households")[:1]}))
    assert found.told() == [("empty_sheet", None, None)]
    assert found.reading.rows == {"households": 0}


def test_ten_thousand_faulty_cells_are_counted_and_a_thousand_listed(tmp_path: Path) -> None:
    changes = [{"户编号": f"H{n:05d}", "户类别": f"错{n}"} for n in range(10_000)]
    found = checked(tmp_path, "households", *changes)
    assert sum(f.times for f in found.findings) == 10_000
    assert {f.rule for f in found.findings} == {"code"}
    *listed, rest = found.findings
    assert (len(listed), rest.times) == (1000, 9000)
    assert listed[-1].cell == "I1001"
    assert listed[-1].suggestion is None
    assert "脱贫不稳定户" in listed[-1].message.zh
