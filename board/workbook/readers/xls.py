"""Read .xls, the workbook of Excel 97 to 2003."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from struct import error as struct_error

import polars as pl
import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.sheet import Sheet as XlsSheet

from board.ledgers.fields.cell import BOOL, ERROR, NUMBER, STRING, UNCOMPUTED
from board.ledgers.fields.units import Unit
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.formats import class_of, classes_of, stated_unit
from board.workbook.readers.sheet import SCHEMA, Book, Sheet, Source, in_order
from board.workbook.readers.xls_records import BookRecords, Place

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
    try:
        records = BookRecords(book)
    except struct_error as problem:
        raise RefusedError("file_damaged") from problem
    formats = classes_of(_class(book, xf.format_key) for xf in book.xf_list)
    units = tuple(stated_unit(_code(book, xf.format_key) or "") for xf in book.xf_list)

    def source(index: int) -> Source:
        hidden = bool(book._sheet_visibility[index])
        read = partial(_sheet, book, index, (formats, units), records)
        return Source(book.sheet_names()[index], hidden, read)

    return Book(tuple(source(i) for i in range(book.nsheets)), from_1904=bool(book.datemode))


def _refusal(problem: str) -> str:
    if "encrypted" in problem.lower() or "password" in problem.lower():
        return "file_password"
    return "file_foreign" if "Can't find workbook" in problem else "file_damaged"


def _class(book: xlrd.Book, key: int) -> str:
    """The class of a format by its number; a built-in one, such as a Chinese date, has no text."""
    code = _code(book, key)
    return class_of(key, {} if code is None else {key: code})


def _code(book: xlrd.Book, key: int) -> str | None:
    number_format = book.format_map.get(key)
    return number_format.format_str if number_format else None


def _sheet(
    book: xlrd.Book,
    index: int,
    forms: tuple[tuple[str, ...], tuple[Unit | None, ...]],
    records: BookRecords,
) -> Sheet:
    formats, units = forms
    try:
        sheet = book.sheet_by_index(index)
    except MemoryError:
        raise
    except Exception as problem:
        raise RefusedError("file_damaged") from problem
    columns = _columns(sheet, len(formats), records.uncomputed(index))
    cells = pl.concat([pl.DataFrame(schema=SCHEMA), *columns])
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
        pictures=tuple((row + 1, col + 1) for row, col in records.sheets[index].pictures),
    )


def _columns(sheet: XlsSheet, styles: int, uncomputed: set[Place]) -> list[pl.DataFrame]:
    rows: list[tuple[int, int, int, str, int]] = []
    parts = []
    for row in range(sheet.nrows):
        kinds = sheet._cell_types[row]
        values = sheet._cell_values[row]
        formats = sheet._cell_xf_indexes[row]
        for col, xls_kind in enumerate(kinds):
            kind = UNCOMPUTED if (row, col) in uncomputed else _KINDS.get(xls_kind)
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
