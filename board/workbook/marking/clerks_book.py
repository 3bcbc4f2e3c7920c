"""The clerk's file as a workbook that can be marked: with its layout, or with its values alone."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from board.ledgers import ledgers
from board.ledgers.fields.cell import BOOL, DATE, ERROR, MOMENT, NUMBER, PERCENT, TEXT, TIME
from board.ledgers.fields.spelling import heading
from board.workbook.limits import Limits
from board.workbook.marking.list_sheet import write
from board.workbook.readers.container import kind_of
from board.workbook.readers.opening import opened
from board.workbook.readers.sheet import Book, Sheet

_CODES = {DATE: "yyyy-mm-dd", TIME: "hh:mm:ss", PERCENT: "0.00%", TEXT: "@"}
_WIDTH = 14
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def with_layout(path: Path, name: str, limits: Limits) -> Workbook | None:
    """The workbook in a .xlsx or .xlsm; None for other files and where the library can't open it."""
    if kind_of(path, limits) != "zip":
        return None
    with _opened(path, name, limits) as file:
        titles = [source.name for source in file.sources]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path)
    except MemoryError:
        raise
    except Exception:
        # The library refuses many files that Excel opens; their values are read without it.
        return None
    book.template = False
    return book if book.sheetnames == titles else None


def with_values(path: Path, name: str, limits: Limits) -> Workbook:
    """A new workbook with the cells of any accepted file; raises RefusedError for other files."""
    book = Workbook()
    book.remove(book.active)
    with _opened(path, name, limits) as file:
        if file.from_1904:
            book.epoch = CALENDAR_MAC_1904
        for title, source in _titled(file):
            sheet = book.create_sheet(title)
            if source.hidden:
                sheet.sheet_state = "hidden"
            _fill(sheet, source.read())
    return book


def _opened(path: Path, name: str, limits: Limits) -> Any:
    return opened(path, name, [heading(ledger.sheet) for ledger in ledgers()], limits)


def _titled(file: Book) -> Iterator[tuple[str, Any]]:
    for source in file.sources:
        yield _NOT_IN_NAMES.sub(" ", source.name)[:31] or "Sheet1", source


def _fill(sheet: Any, source: Sheet) -> None:
    """Write the cells of a sheet, its merged blocks and what of it is hidden."""
    for row, col, kind, text, form in source.cells.iter_rows():
        _write_value(sheet, row, col, kind, text, source.formats[form])
    for top, left, bottom, right in source.merged:
        with suppress(ValueError):
            sheet.merge_cells(None, top, left, bottom, right)
    for row in source.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for col in range(1, min(sheet.max_column, 200) + 1):
        column = sheet.column_dimensions[get_column_letter(col)]
        column.width = _WIDTH
        column.hidden = any(first <= col <= last for first, last in source.hidden_columns)


def _write_value(sheet: Any, row: int, col: int, kind: int, text: str, form: str) -> None:
    if kind in (NUMBER, BOOL, MOMENT):
        with suppress(ValueError, OverflowError):
            cell = sheet.cell(row, col)
            cell.value = _value(kind, text)
            if kind == MOMENT:
                cell.number_format = _CODES[DATE]
            elif form:
                cell.number_format = _CODES.get(form, form if form.strip("0") == "" else "General")
            return
    cell = write(sheet, row, col, text)
    cell.number_format = "@"
    if kind == ERROR:
        cell.data_type = "e"


def _value(kind: int, text: str) -> Any:
    """The value of a cell with a number, a moment or a logical value; ValueError for another text."""
    if kind == BOOL:
        return text in {"1", "true", "TRUE"}
    if kind == MOMENT:
        return datetime.fromisoformat(text)
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
