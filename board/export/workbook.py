"""Tables as an Excel workbook: typed cells, frozen headers, a last sheet that describes them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from board.export.columns import FORMATS, TEXT, Column, cell
from board.i18n import _

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = {"font_name": "Noto Sans CJK SC", "font_size": 11, "valign": "top"}
HEAD = {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
ROWS = 1_048_575  # Excel's rows less the header.
NARROW, WIDE, SAMPLE_ROWS = 8, 48, 400
About = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A table to write: the sheet's name, the rows, and the columns in their order."""

    name: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]


def workbook_of(sheets: Sequence[Sheet], about: About) -> bytes:
    """The bytes of a workbook: a sheet a table, then a sheet with `about`, pairs of term and text.

    Text is never read as a formula or number; a number is written in its kind's number format.
    """
    # Imported here, because it takes time to load and no page needs it.
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    with Workbook(memory, {"in_memory": True, "default_date_format": FORMATS["date"], **SAFE}) as book:  # fmt: skip
        writer = _Writer(book)
        for sheet in sheets:
            for part, start in enumerate(range(0, max(sheet.frame.height, 1), ROWS), start=1):
                writer.table(sheet, start, part)
        writer.about(about)
    return memory.getvalue()


class _Writer:
    """A workbook that is being written, with its formats and the names of its sheets."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[str, Any] = {}
        self.head = book.add_format({**FONT, **HEAD})
        self.names: set[str] = set()

    def format(self, code: str) -> Any:
        if code not in self.formats:
            self.formats[code] = self.book.add_format({**FONT, "num_format": code})
        return self.formats[code]

    def table(self, sheet: Sheet, start: int, part: int) -> None:
        """A sheet with rows from `start` on, as many as a sheet can hold."""
        page = self.book.add_worksheet(self.sheet_name(sheet.name, part))
        rows = sheet.frame.slice(start, ROWS)
        page.freeze_panes(1, 0)
        page.set_row(0, 30)
        # Codes and IDs are text on purpose: no green corner in each of their cells.
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        set_print_layout(page)
        page.repeat_rows(0)
        for index, column in enumerate(sheet.columns):
            cells = [cell(column.kind, value) for value in rows[column.name]]
            page.set_column(index, index, _width(column.header, cells))
            page.write_string(0, index, column.header, self.head)
            self.column(page, index, cells)
        if sheet.columns:
            page.autofilter(0, 0, max(rows.height, 1), len(sheet.columns) - 1)

    def column(self, page: Any, index: int, cells: Sequence[tuple[Any, str]]) -> None:
        """The cells of a column below its header; empty cells are not written."""
        for row, (value, code) in enumerate(cells, start=1):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                page.write_datetime(row, index, value, self.format(code))
            elif isinstance(value, int | float):
                page.write_number(row, index, value, self.format(code))
            else:
                page.write_string(row, index, str(value), self.format(code))

    def about(self, about: About) -> None:
        """The sheet that describes the tables: a term and a text a row."""
        page = self.book.add_worksheet(self.sheet_name(_("说明"), 1))
        term = self.book.add_format({**FONT, "bold": True, "text_wrap": True})
        plain = self.book.add_format({**FONT, "text_wrap": True, "num_format": TEXT})
        set_print_layout(page)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 96)
        for row, (name, text) in enumerate(about):
            page.write_string(row, 0, name, term)
            page.write_string(row, 1, text, plain)

    def sheet_name(self, name: str, part: int) -> str:
        """A unique name that Excel accepts for a sheet."""
        base = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:26] or "1"
        unique = base if part == 1 else f"{base} {part}"
        while unique.lower() in self.names:
            part += 1
            unique = f"{base} {part}"
        self.names.add(unique.lower())
        return unique


def set_print_layout(page: Any) -> None:
    """Print on A4 landscape, the sheet fitted to the page width, pages numbered."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _width(header: str, cells: Sequence[tuple[Any, str]]) -> int:
    """The column width for the header and the first values, in characters; a Chinese one is two."""
    texts = [_text(value) for value, _shape in cells[:SAMPLE_ROWS]]
    widest = max([_display_width(header) + 3, *(_display_width(text) + 2 for text in texts)])
    return min(max(widest, NARROW), WIDE)


def _text(value: Any) -> str:
    if isinstance(value, int | float):
        return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return "" if value is None else str(value)


def _display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
