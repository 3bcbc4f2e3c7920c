"""The sheet 问题清单 in front of a marked workbook: a line for every finding, linked to its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from board.i18n import N_, _
from board.ledgers.other_sheets import FINDINGS
from board.workbook.marking.cells import COLOURS
from board.workbook.marking.mark import SIGNS, WORDS, Mark

COLUMNS = {
    N_("行号"): 7, N_("轻重"): 9, N_("台账"): 16, N_("工作表"): 16, N_("单元格"): 9, N_("列"): 14,
    N_("填的是"): 20, N_("应为"): 30, N_("怎么改"): 26, N_("说明"): 60,
}  # fmt: skip
CELL = 5
HEAD_FILL = PatternFill("solid", fgColor="FFDCE6F1")
LONGEST = 32_000


def add_list(
    book: Workbook,
    file: str,
    marks: Sequence[Mark],
    places: Mapping[tuple[str, str], str],
    remarks: Sequence[str],
) -> None:
    """Put the list before the other sheets of a book.

    `places` has the cell to link to for each (sheet, cell); `remarks` say what of the file is not
    as it was.
    """
    sheet = book.create_sheet(FINDINGS, 0)
    for other in book.worksheets:
        # Sheets that are selected together would all take what is typed into one.
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    _head(sheet, file, marks, remarks)
    top = sheet.max_row + 1
    for col, (name, width) in enumerate(COLUMNS.items(), start=1):
        cell = write(sheet, top, col, _(name))
        cell.font, cell.fill = Font(bold=True), HEAD_FILL
        sheet.column_dimensions[get_column_letter(col)].width = width
    for row, one in enumerate(marks, start=top + 1):
        _line(sheet, row, one, places)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(COLUMNS))}{top + len(marks)}"


def _head(sheet: Any, file: str, marks: Sequence[Mark], remarks: Sequence[str]) -> None:
    """What the file is, how much was found, what the colours mean, what is lost in this copy."""
    numbers = Counter(one.severity for one in marks)
    counts = "　".join(
        f"{SIGNS[severity]} {_(word)} {numbers[severity]}" for severity, word in WORDS.items()
    )
    lines = [
        _("问题清单：{file}", file=file),
        counts,
        _("标红的是错误，标黄的是提醒，批注写明怎么改。改好后直接上传这个文件，本页和标注不用删。"),
        *remarks,
    ]
    for row, text in enumerate(lines, start=1):
        write(sheet, row, 1, text).font = Font(bold=row == 1, size=14 if row == 1 else 11)


def _line(sheet: Any, row: int, one: Mark, places: Mapping[tuple[str, str], str]) -> None:
    number = re.sub(r"\D", "", one.cell)
    texts = [
        "", one.word, one.ledger, one.sheet, one.cell, one.column, one.found, one.expected,
        one.advice, one.message,
    ]  # fmt: skip
    for col, text in enumerate(texts, start=1):
        cell = write(sheet, row, col, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if number:
        sheet.cell(row, 1).value = int(number)
    if one.severity in COLOURS:
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=COLOURS[one.severity])
    if target := places.get((one.sheet, one.cell)):
        cell = sheet.cell(row, CELL)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"{quote_sheetname(one.sheet)}!{target}"
        )
        cell.font = Font(color="FF0563C1", underline="single")


def write(sheet: Any, row: int, col: int, text: str) -> Any:
    """A cell with a text, which is never read as a formula, link or number."""
    cell = sheet.cell(row, col)
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]
        cell.data_type = "s"
    return cell
