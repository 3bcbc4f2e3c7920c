"""Tables as an Excel workbook: typed cells, frozen headers, a second sheet that says what it is."""

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
NARROW, WIDE, LOOKED_AT = 8, 48, 400
About = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A table to write: the sheet's name, the rows, and the columns in their order."""

    name: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]


def workbook_of(sheets: Sequence[Sheet], about: About) -> bytes:
    """The workbook of tables, each a sheet, and of what is said about them, the sheet after.

    Text stays text whatever it begins with; a number is a number in its kind's format.
    """
    # Nothing else on a page needs it, and it takes a while to load.
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    with Workbook(memory, {"in_memory": True, "default_date_format": FORMATS["date"], **SAFE}) as book:  # fmt: skip
        writing = _Writing(book)
        for sheet in sheets:
            for part, start in enumerate(range(0, max(sheet.frame.height, 1), ROWS), start=1):
                writing.table(sheet, start, part)
        writing.about(about)
    return memory.getvalue()


class _Writing:
    """A workbook being written, with the formats it has so far."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[str, Any] = {}
        self.head = book.add_format({**FONT, **HEAD})
        self.names: set[str] = set()

    def format(self, shape: str) -> Any:
        if shape not in self.formats:
            self.formats[shape] = self.book.add_format({**FONT, "num_format": shape})
        return self.formats[shape]

    def table(self, sheet: Sheet, start: int, part: int) -> None:
        """The rows from `start` on, as many as a sheet can hold."""
        page = self.book.add_worksheet(self.named(sheet.name, part))
        rows = sheet.frame.slice(start, ROWS)
        page.freeze_panes(1, 0)
        page.set_row(0, 30)
        # Codes and IDs are text on purpose: no green corner in each of their cells.
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        printed(page)
        page.repeat_rows(0)
        for place, column in enumerate(sheet.columns):
            cells = [cell(column.kind, value) for value in rows[column.name]]
            page.set_column(place, place, _width(column.header, cells))
            page.write_string(0, place, column.header, self.head)
            self.column(page, place, cells)
        if sheet.columns:
            page.autofilter(0, 0, max(rows.height, 1), len(sheet.columns) - 1)

    def column(self, page: Any, place: int, cells: Sequence[tuple[Any, str]]) -> None:
        """One column's cells below its header; an empty one is not written."""
        for row, (value, shape) in enumerate(cells, start=1):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                page.write_datetime(row, place, value, self.format(shape))
            elif isinstance(value, int | float):
                page.write_number(row, place, value, self.format(shape))
            else:
                page.write_string(row, place, str(value), self.format(shape))

    def about(self, about: About) -> None:
        """The sheet that says what the tables are: a term, and what is to be said of it."""
        page = self.book.add_worksheet(self.named(_("说明"), 1))
        term = self.book.add_format({**FONT, "bold": True, "text_wrap": True})
        said = self.book.add_format({**FONT, "text_wrap": True, "num_format": TEXT})
        printed(page)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 96)
        for row, (name, text) in enumerate(about):
            page.write_string(row, 0, name, term)
            page.write_string(row, 1, text, said)

    def named(self, name: str, part: int) -> str:
        """A name Excel takes for a sheet, and no other sheet has."""
        bare = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:26] or "1"
        found = bare if part == 1 else f"{bare} {part}"
        while found.lower() in self.names:
            part += 1
            found = f"{bare} {part}"
        self.names.add(found.lower())
        return found


def printed(page: Any) -> None:
    """On paper: A4 across, as wide as the sheet, its pages numbered."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _width(header: str, cells: Sequence[tuple[Any, str]]) -> int:
    """Characters wide enough for the header and the first values; a Chinese one takes two."""
    texts = [_text(value) for value, _shape in cells[:LOOKED_AT]]
    widest = max([_across(header) + 3, *(_across(text) + 2 for text in texts)])
    return min(max(widest, NARROW), WIDE)


def _text(value: Any) -> str:
    if isinstance(value, int | float):
        return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return "" if value is None else str(value)


def _across(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
