"""The cells taken out of a sheet at once are those that expat finds one by one."""

from __future__ import annotations

import zipfile
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from board.ledgers.fields.likeness import nearest_title
from board.ledgers.fields.spelling import heading
from board.workbook.limits import Limits
from board.workbook.readers import xlsx_cells as cells
from board.workbook.readers import xlsx_sheet as sheets
from board.workbook.readers.container import Parts
from board.workbook.readers.formats import format_class
from board.workbook.readers.sheet import block, in_order, letters, number_of
from board.workbook.readers.strings import parsed_slowly, shared_strings
from board.workbook.readers.xlsx import open_xlsx
from tests.support.workbooks import citizen_id, result

PART = "xl/worksheets/sheet1.xml"
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"' \n\t户一\x01_x"),
    max_size=12,
)  # fmt: skip
VALUES = st.one_of(
    st.none(), TEXTS, st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1950, 1, 1), date(2099, 1, 1)),
)  # fmt: skip
GRIDS = st.lists(st.lists(VALUES, max_size=5), max_size=6)


def both_ways(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells of the first sheet read at once, and one by one."""
    with closing(Parts(path, Limits())) as parts:
        return _both_ways(parts)


def _both_ways(parts: Parts) -> tuple[pl.DataFrame, pl.DataFrame]:
    name = "xl/sharedStrings.xml"
    strings = shared_strings(parts, name) if name in parts else pl.Series([], dtype=pl.String)
    if name in parts:
        assert strings.equals(parsed_slowly(parts, name))
    finish = partial(sheets._finished, strings=lambda: strings, limits=Limits(), zero=False)
    _, fast = sheets._in_blocks(parts, PART, finish)
    _, slow = sheets._cell_by_cell(parts, PART, finish)
    return in_order(fast), in_order(slow)


@settings(max_examples=60, deadline=None)
@given(GRIDS)
def test_both_ways_give_the_same_cells_of_a_workbook_by_xlsxwriter(
    grid: list[list[object]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with xlsxwriter.Workbook(path) as made:
            sheet = made.add_worksheet()
            day = made.add_format({"num_format": "yyyy-mm-dd"})
            for row, cells in enumerate(grid):
                for col, value in enumerate(cells):
                    if isinstance(value, date):
                        sheet.write_datetime(row, col, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(row, col, value)
                    else:
                        sheet.write(row, col, value)
        fast, slow = both_ways(path)
    assert fast.equals(slow)


@settings(max_examples=60, deadline=None)
@given(GRIDS)
def test_both_ways_give_the_same_cells_of_a_workbook_by_openpyxl(grid: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        made = openpyxl.Workbook()
        for row, cells in enumerate(grid, start=1):
            for col, value in enumerate(cells, start=1):
                text = isinstance(value, str)
                if text and openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(value):
                    continue
                cell = made.active.cell(row, col)
                cell.value = value
                if text and value != "":
                    cell.data_type = "s"
        made.active.row_dimensions[2].hidden = True
        made.save(path)
        fast, slow = both_ways(path)
    assert fast.equals(slow)


AMOUNTS = st.integers(0, 10**9).map(lambda cents: cents / 100)
NAMES = st.text("张王李赵 ·四五（）1a", min_size=1, max_size=8).filter(
    lambda name: name.strip() != ""
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(AMOUNTS, NAMES, st.dates(date(1990, 1, 1), date(2024, 1, 1))),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_comes_back_as_it_was(rows: list[tuple[float, str, date]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with xlsxwriter.Workbook(path) as made:
            sheet = made.add_worksheet("创业")
            sheet = made.add_worksheet("资产盘活台账")
            sheet.write_row(0, 0, ["资产编号", "月租金", "经营主体", "状态", "月份"])
            day = made.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
            for row, (amount, name, when) in enumerate(rows, start=1):
                sheet.write_string(row, 0, f"A{row}")
                sheet.write_number(row, 1, amount)
                sheet.write_string(row, 2, name)
                sheet.write_string(row, 3, "在用")
                sheet.write_datetime(row, 4, when, day)
        found = result(path)
    assert found.told() == [("unknown_sheet", None, None)]
    assert found.values("occupancy", "rent") == [amount for amount, _, _ in rows]
    assert found.values("occupancy", "tenant") == [name.strip() for _, name, _ in rows]
    assert found.values("occupancy", "month") == [when.replace(day=1) for _, _, when in rows]


def test_a_sheet_read_in_many_pieces_is_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_CHUNK", 700)
    monkeypatch.setattr("board.workbook.readers.strings._CHUNK", 50)
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("劳动力台账")
        for row in range(200):
            sheet.write_row(row, row % 3, [citizen_id(serial=row), f"<{row}>&", row / 7, True])
    fast, slow = both_ways(path)
    assert fast.equals(slow)
    assert fast.height == 800


def test_a_sheet_of_one_hundred_thousand_blank_rows_is_quickly_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("户台账")
    other = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == PART:
                rows = "".join(
                    f'<row r="{n}" s="1"><c r="A{n}" s="0"/></row>' for n in range(1, 100_001)
                )
                data = data.replace(b"<sheetData/>", f"<sheetData>{rows}</sheetData>".encode())
            copy.writestr(entry.filename, data)
    with closing(Parts(other, Limits())) as parts:
        assert open_xlsx(parts, Limits()).sources[0].read().cells.is_empty()


def test_no_shape_of_white_space_or_brackets_takes_long() -> None:
    assert not cells._BETWEEN.fullmatch("</row>" + " " * 2_000_000 + "x")
    assert not cells._BETWEEN.fullmatch("<row r='1'>" * 100_000)
    assert heading("(" * 30_000 + "()" * 30_000)
    assert nearest_title("某" * 30_000, ["户台账", "资产台账"]) is None


def test_number_formats_are_told_by_what_they_show() -> None:
    told = {
        "General": "", "0": "", "0.00": "", "#,##0.00": "", "0.00E+00": "", '#,##0.00_);[Red](#,##0.00)': "",
        "@": "text", "0000": "0000", "00": "00", "0%": "percent", "0.00%": "percent", '0"栋"': "words",
        "yyyy-mm-dd": "date", 'yyyy"年"m"月"d"日"': "date", "[$-804]yyyy/m/d;@": "date", "m/d/yy h:mm": "date",
        "yyyy-mm": "date", "mmm-yy": "date", "h:mm": "time", "[h]:mm:ss": "time", 'G/通用格式"元"': "words",
        '[DBNum1][$-804]yyyy"年"m"月"': "date", "d": "date", "mm:ss.0": "time", "yyyy-mm-dd hh:mm:ss.000": "date",
        "# ?/?": "", "": "", ";;;": "", "[Red]0000": "0000", "0###": "0000",
        '"0"000': "words", "000-0000-0000": "00000000000", '0000"-"00': "000000", "#,##0": "",
    }  # fmt: skip
    assert {code: format_class(code) for code in told} == told


def test_places_are_named_as_excel_names_them() -> None:
    for number, name in ((1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")):
        assert letters(number) == name
        assert number_of(name) == number
    assert block("B2:$D$4") == (2, 2, 4, 4)
    assert block("B2") == (2, 2, 2, 2)
    assert block("2:4") is None
