"""Values that a spreadsheet or a program has lost or damaged are named, in every kind of file."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from board.ledgers import ledgers
from board.ledgers.fields import Field
from board.ledgers.fields.cell import (
    BOOL,
    DATE,
    EITHER,
    ERROR,
    MOMENT,
    NUMBER,
    PERCENT,
    PICTURE,
    STRING,
    TEXT,
    TIME,
    UNCOMPUTED,
    WORDS,
    Cell,
    Context,
)  # fmt: skip
from board.ledgers.plan_sheets import SHEETS
from tests.support.workbooks import book, column, result, table

FIELDS: list[Field] = [f for ledger in (*ledgers(), *SHEETS) for f in ledger.fields()]
DATES, TIMES = (27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), (32, 33, 34, 35, 55, 56)


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of its zip changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return path


def with_cell(path: Path, place: str, content: str) -> Path:
    """The workbook with another content of a cell: `t="d"><v>2024-05-02</v>`."""
    cell = re.compile(f'<c r="{place}"[^>]*>.*?</c>')
    made = f'<c r="{place}" {content}</c>'
    return changed(path, "xl/worksheets/sheet1.xml", lambda xml: cell.sub(made, xml))


def in_old_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """An .xls; a text that begins with = is a formula, which xlwt writes without a result."""
    made = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = made.add_sheet(name)
        for row, cells in enumerate(rows):
            for col, value in enumerate(cells):
                day = "yyyy-mm-dd" if isinstance(value, date) else "general"
                is_formula = isinstance(value, str) and value.startswith("=")
                content = xlwt.Formula(str(value)[1:]) if is_formula else value
                sheet.write(row, col, content, xlwt.easyxf(num_format_str=day))
    made.save(str(path))
    return path


def with_format(path: Path, number: int, *, everywhere: bool = False) -> Path:
    """The .xls with a built-in format in place of its formats of days, or of all its formats."""
    content = bytearray(path.read_bytes())
    for at in (m.start() for m in re.finditer(re.escape(b"\xe0\x00\x14\x00"), bytes(content))):
        if everywhere or struct.unpack_from("<H", content, at + 6)[0] >= 164:
            struct.pack_into("<H", content, at + 6, number)
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize("number", [*DATES, *TIMES])
def test_a_built_in_chinese_date_format_has_no_text_and_is_read(
    number: int, tmp_path: Path
) -> None:
    rows = table("households", {"入住日期": date(2022, 5, 1)})
    old = with_format(in_old_workbook(tmp_path / "a.xls", {"户台账": rows}), number)
    made = book(tmp_path / "a.xlsx", {"户台账": rows})
    made = changed(
        made,
        "xl/styles.xml",
        lambda text: re.sub('numFmtId="(14|164)"', f'numFmtId="{number}"', text),
    )
    for path in (old, made):
        told = result(path)
        assert told.told() == []
        assert told.values("households", "moved_in") == [date(2022, 5, 1)]


@pytest.mark.parametrize("number", [59, 71, 163])
def test_a_built_in_format_that_nobody_knows_names_the_cell(number: int, tmp_path: Path) -> None:
    path = in_old_workbook(tmp_path / "a.xls", {"户台账": table("households")})
    told = result(with_format(path, number))
    assert told.told() == [("date_number", "L2", "moved_in")]


@pytest.mark.parametrize("number", [31, 14, 57, 34, 55])
def test_where_every_number_is_shown_as_a_date_the_format_says_nothing(
    number: int, tmp_path: Path
) -> None:
    rows = table("households", {"房号": 1502})
    path = in_old_workbook(tmp_path / "a.xls", {"户台账": rows})
    told = result(with_format(path, number, everywhere=True))
    assert told.told() == []
    assert told.values("households", "size") == [4]
    assert told.values("households", "moved_in") == [date(2022, 5, 1)]
    assert told.values("households", "room") == ["1502"]


@pytest.mark.parametrize("header", ["家庭人口数", "迁出乡镇", "入住日期", "联系人类型"])
def test_a_formula_that_nothing_computed_is_an_error_in_an_old_workbook(
    header: str, tmp_path: Path
) -> None:
    rows = table("households", {header: '="1"&"2"'})
    told = result(in_old_workbook(tmp_path / "a.xls", {"户台账": rows}))
    letter = chr(64 + column("households", header))
    assert [(rule, cell) for rule, cell, _ in told.told()] == [
        ("formula_without_value", f"{letter}2")
    ]


def test_an_empty_result_beside_computed_ones_is_an_empty_cell(tmp_path: Path) -> None:
    rows = table("households", {"家庭人口数": "=2+2", "迁出乡镇": '=""'})
    path = in_old_workbook(tmp_path / "a.xls", {"户台账": rows})
    content = path.read_bytes()
    nothing = b"\x03\0\0\0\0\0\xff\xff"
    assert content.count(nothing) == 2
    path.write_bytes(content.replace(nothing, struct.pack("<d", 4.0), 1))
    told = result(path)
    assert told.told() == []
    assert told.values("households", "size") == [4]
    assert told.values("households", "origin_township") == [None]


@pytest.mark.parametrize("value", ["<v></v>", "<v/>"])
def test_an_empty_text_is_the_result_of_a_formula_and_a_missing_one_is_none(
    value: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    book(path, {"户台账": table("households", {"迁出乡镇": "甲"})})
    cell = re.compile(r'<c r="K2"[^>]*>.*?</c>')
    text = '<c r="K2" t="str"><f>A1</f>{}</c>'
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: cell.sub(text.format(value), xml))
    assert result(path).told() == []
    changed(path, "xl/worksheets/sheet1.xml", lambda xml: cell.sub(text.format(""), xml))
    assert result(path).told() == [("formula_without_value", "K2", "origin_township")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1.39E+10", "text_scientific"), ("1E+17", "text_scientific"), ("4.5e+17", "text_scientific"),
        ("-1.2E-05", "text_scientific"), ("１.３９Ｅ＋１０", "text_scientific"),
        ("502.0", "text_point_zero"), ("13900000001.00", "text_point_zero"),
        ("#####", "text_not_shown"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_digits_that_a_spreadsheet_destroyed_are_an_error_in_every_text_column(
    text: str, rule: str, kind: str, tmp_path: Path
) -> None:
    headers = ("户编号", "楼栋", "房号", "户主姓名", "迁出乡镇", "联系电话")
    for header in headers:
        rows = table("households", {header: text})
        path = tmp_path / f"户台账{header}.{kind}"
        if kind == "csv":
            cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
            path.write_text("\n".join(",".join(row) for row in cells), encoding="utf-8")
        else:
            book(path, {"户台账": rows})
        told = result(path)
        letter = chr(64 + column("households", header))
        assert [(r, c) for r, c, _ in told.told()] == [(rule, f"{letter}2")]


@pytest.mark.parametrize(
    "text", ["3E", "E5", "2E10", "A-1.0", "3.05", "0502", "1.0版", "#3", "+86 13900000001"]
)
def test_a_text_that_only_looks_alike_is_kept(text: str, tmp_path: Path) -> None:
    rows = table("households", {"迁出乡镇": text})
    assert result(book(tmp_path / "a.xlsx", {"户台账": rows})).told() == []


PICTURE_TEXTS = (
    '=DISPIMG("ID_6E2A",1)',
    '=_xlfn.DISPIMG("ID_6E2A",1)',
    '_xlfn.DISPIMG("ID_6E2A",1)',
)


@pytest.mark.parametrize("text", PICTURE_TEXTS)
def test_a_picture_of_wps_in_a_cell_is_an_error_and_no_text(text: str, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"任务台账": table("tasks", {"佐证材料": "甲"})})
    letter = chr(64 + column("tasks", "佐证材料"))
    cell = re.compile(f'<c r="{letter}2"[^>]*>.*?</c>')
    content = text.replace('"', "&quot;")
    formula = f'<c r="{letter}2" t="str"><f>{content.lstrip("=")}</f><v>{content}</v></c>'
    told = result(changed(path, "xl/worksheets/sheet1.xml", lambda xml: cell.sub(formula, xml)))
    assert told.told() == [("picture_in_cell", f"{letter}2", "evidence")]
    assert told.values("tasks", "evidence") == [None]


def test_a_picture_of_excel_in_a_cell_is_told_from_an_error(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"任务台账": table("tasks", {"佐证材料": "甲"})})
    letter = chr(64 + column("tasks", "佐证材料"))
    cell = re.compile(f'<c r="{letter}2"[^>]*>.*?</c>')
    picture = f'<c r="{letter}2" t="e" vm="1"><v>#VALUE!</v></c>'
    told = result(changed(path, "xl/worksheets/sheet1.xml", lambda xml: cell.sub(picture, xml)))
    assert told.told() == [("picture_in_cell", f"{letter}2", "evidence")]


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def bmp() -> bytes:
    """A picture of one pixel, as xlwt takes them."""
    head = b"BM" + struct.pack("<IHHI", 58, 0, 0, 54)
    return head + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\0\0\0\0"


def test_pictures_over_the_rows_are_one_warning_for_a_column(tmp_path: Path) -> None:
    image = tmp_path / "a.png"
    image.write_bytes(png())
    rows = [*table("tasks", {"佐证材料": None}, {"任务编号": "T02"})]
    col = column("tasks", "佐证材料") - 1
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet("任务台账")
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.insert_image(0, 0, str(image))
        for number, cells in enumerate([["任务台账"], *rows]):
            for place, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
        for number in (2, 3, 40):
            sheet.insert_image(number, col, str(image))
    told = result(tmp_path / "a.xlsx")
    assert [(f.rule, f.cell, f.severity) for f in told.findings] == [
        ("picture", f"{chr(65 + col)}3", "warning")
    ]
    assert "2 张" in told.only().message.zh
    assert "2 pictures" in told.only().message.en


def test_a_drawing_that_can_not_be_read_takes_no_rows_away(tmp_path: Path) -> None:
    image = tmp_path / "a.png"
    image.write_bytes(png())
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet("家庭收入台账")
        for number, cells in enumerate(table("income")):
            sheet.write_row(number, 0, cells)
        sheet.insert_image(1, 2, str(image))
    path = changed(
        tmp_path / "a.xlsx", "xl/drawings/drawing1.xml", lambda xml: xml[: len(xml) // 2]
    )
    told = result(path)
    assert told.told() == []
    assert told.reading.rows == {"income": 1}


def test_pictures_in_an_old_workbook_are_noted_too(tmp_path: Path) -> None:
    image = tmp_path / "a.bmp"
    image.write_bytes(bmp())
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("家庭收入台账")
    for row, cells in enumerate(table("income")):
        for col, value in enumerate(cells):
            sheet.write(row, col, value)
    sheet.insert_bitmap(str(image), 1, 2)
    made.save(str(tmp_path / "a.xls"))
    assert result(tmp_path / "a.xls").told() == [("picture", "C2", "members")]


FORMS = ("", DATE, TIME, PERCENT, WORDS, TEXT, EITHER, "0000")
KINDS = (NUMBER, STRING, BOOL, ERROR, MOMENT, UNCOMPUTED, PICTURE)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.floats().map(repr),
    st.integers(-(10**20), 10**20).map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.dates().map(lambda day: day.isoformat() + "T00:00:00.000Z"),
    st.sampled_from(["1", "0", "#N/A", "", "2024-05-02", "P1D", "24:00", "nan", "inf"]),
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(FIELDS), st.sampled_from(KINDS), TEXTS, st.sampled_from(FORMS), st.booleans()
)
def test_a_cell_of_any_kind_gives_a_value_or_names_its_fault(
    field: Field, kind: int, text: str, form: str, from_1904: bool
) -> None:
    value, problem = field.value(Cell(kind, text, form), Context(date(2024, 6, 1), from_1904))
    assert value is None or problem is None or problem.severity != "error"
    if kind in (ERROR, UNCOMPUTED, PICTURE):
        assert problem is not None
        assert problem.severity == "error"


@pytest.mark.parametrize("text", ["2024-05-02", "2024-05-02T08:30:00", "P1D", "12:30", "2024", "x"])
def test_a_cell_of_the_type_for_days_never_makes_a_file_unreadable(
    text: str, tmp_path: Path
) -> None:
    for header in ("户编号", "房号", "户主姓名", "家庭人口数", "户类别", "入住日期", "迁出县"):
        path = book(tmp_path / "a.xlsx", {"户台账": table("households", {header: "甲"})})
        place = f"{chr(64 + column('households', header))}2"
        told = result(with_cell(path, place, f't="d"><v>{text}</v>'))
        assert {f.cell for f in told.findings if f.severity == "error"} <= {place}
        assert told.reading.rows == {"households": 1}


def test_what_openpyxl_leaves_of_a_formula_is_an_error(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"户台账": table("households", {"迁出乡镇": "甲"})})
    made = openpyxl.load_workbook(path)
    made.active["K2"] = "=A1&A2"
    made.save(path)
    assert result(path).told() == [("formula_without_value", "K2", "origin_township")]
