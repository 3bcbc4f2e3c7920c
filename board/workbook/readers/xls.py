"""Read .xls, the workbook of Excel 97 to 2003."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.sheet import Sheet as XlsSheet

from board.ledgers.fields.cell import BOOL, ERROR, NUMBER, STRING
from board.ledgers.fields.units import Unit
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.formats import format_class, stated_unit
from board.workbook.readers.sheet import SCHEMA, Book, Sheet, Source, in_order

_KINDS = {
    xlrd.XL_CELL_TEXT: STRING,
    xlrd.XL_CELL_NUMBER: NUMBER,
    xlrd.XL_CELL_DATE: NUMBER,
    xlrd.XL_CELL_BOOLEAN: BOOL,
    xlrd.XL_CELL_ERROR: ERROR,
}


def open_xls(path: Path, limits: Limits) -> Book:
    """The book in an OLE file; raises RefusedError for a protected or another document."""
    if path.read_bytes().find("EncryptedPackage".encode("utf-16-le")) >= 0:
        raise RefusedError("file_password")
    with open(os.devnull, "w") as nowhere:
        try:
            book = xlrd.open_workbook(
                str(path), logfile=nowhere, formatting_info=True, on_demand=True
            )
        except xlrd.XLRDError as problem:
            raise RefusedError(_refusal(str(problem))) from problem
        except MemoryError:
            raise
        except Exception as problem:
            # xlrd raises errors of many classes for a damaged record.
            raise RefusedError("file_damaged") from problem
    codes = [_code(book, xf.format_key) for xf in book.xf_list]
    forms = tuple(map(format_class, codes)), tuple(map(stated_unit, codes))

    def source(index: int) -> Source:
        hidden = bool(book._sheet_visibility[index])
        return Source(book.sheet_names()[index], hidden, lambda: _sheet(book, index, *forms))

    return Book(tuple(source(i) for i in range(book.nsheets)), from_1904=bool(book.datemode))


def _refusal(problem: str) -> str:
    if "encrypted" in problem.lower() or "password" in problem.lower():
        return "file_password"
    return "file_foreign" if "Can't find workbook" in problem else "file_damaged"


def _code(book: xlrd.Book, key: int) -> str:
    number_format = book.format_map.get(key)
    return number_format.format_str if number_format else ""


def _sheet(
    book: xlrd.Book, index: int, formats: tuple[str, ...], units: tuple[Unit | None, ...]
) -> Sheet:
    try:
        sheet = book.sheet_by_index(index)
    except MemoryError:
        raise
    except Exception as problem:
        raise RefusedError("file_damaged") from problem
    cells = pl.concat([pl.DataFrame(schema=SCHEMA), *_columns(sheet, len(formats))])
    book.unload_sheet(index)
    return Sheet(
        in_order([cells]),
        formats,
        units,
        tuple(
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ),
        frozenset(row + 1 for row, facts in sheet.rowinfo_map.items() if facts.hidden),
        tuple((col + 1, col + 1) for col, facts in sheet.colinfo_map.items() if facts.hidden),
    )


def _columns(sheet: XlsSheet, styles: int) -> list[pl.DataFrame]:
    rows: list[tuple[int, int, int, str, int]] = []
    parts = []
    for row in range(sheet.nrows):
        kinds = sheet._cell_types[row]
        values = sheet._cell_values[row]
        formats = sheet._cell_xf_indexes[row]
        for col, xls_kind in enumerate(kinds):
            kind = _KINDS.get(xls_kind)
            if kind is not None:
                style = formats[col] if 0 <= formats[col] < styles else 0
                rows.append((row + 1, col + 1, kind, _text(kind, values[col]), style))
        if len(rows) > 200_000:
            parts.append(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
            rows = []
    return [*parts, pl.DataFrame(rows, schema=SCHEMA, orient="row")]


def _text(kind: int, value: object) -> str:
    if kind == ERROR:
        return error_text_from_code.get(value, "#ERR!")  # type: ignore[call-overload]
    return repr(value) if kind == NUMBER else str(value)
