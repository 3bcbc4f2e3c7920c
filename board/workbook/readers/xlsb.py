"""Read .xlsb, the binary workbook of Excel 2007 and later ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import polars as pl

from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Part, Parts
from board.workbook.readers.formats import class_of
from board.workbook.readers.sheet import (  # fmt: skip
    BOOL,
    ERROR,
    NUMBER,
    SCHEMA,
    STRING,
    Block,
    Book,
    Sheet,
    Source,
    in_order,
)
from board.workbook.readers.xlsx import relations_of

# Record numbers of [MS-XLSB] 2.3.
_ROW, _ERROR, _BOOL, _REAL, _STRING, _SHARED = 0, 3, 4, 5, 6, 7
_RK, _F_STRING, _F_NUMBER, _F_BOOL, _F_ERROR, _RICH = 2, 8, 9, 10, 11, 62
_ITEM, _FORMAT, _XF, _COL, _MERGE = 19, 44, 47, 60, 176
_SETTINGS, _SHEET, _XFS, _XFS_END = 153, 156, 617, 618
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_LONGEST = 1 << 24
_AT_ONCE = 200_000
Cell = tuple[int, int, int, str, int]
_TORN = (struct.error, IndexError, OverflowError)


def open_xlsb(parts: Parts, limits: Limits) -> Book:
    """The book in a binary workbook; raises RefusedError for a damaged one."""
    try:
        return _book(parts, limits)
    except _TORN as problem:
        raise RefusedError("file_damaged") from problem


def _book(parts: Parts, limits: Limits) -> Book:
    main = "xl/workbook.bin"
    relations = relations_of(parts, main)
    sheets: list[tuple[str, bool, str]] = []
    from_1904 = False
    for record, data in _records(parts.open(main)):
        if record == _SHEET:
            state, _ = struct.unpack_from("<II", data)
            relation, after = _string(data, 8)
            sheets.append((_string(data, after)[0], state != 0, relation))
        elif record == _SETTINGS:
            from_1904 = bool(data[0] & 1)
    paths = dict(relations.values())
    formats = _formats(parts, paths.get("styles", ""))
    strings = _strings(parts, paths.get("sharedStrings", ""))

    def source(name: str, hidden: bool, relation: str) -> Source:
        path = relations.get(relation, ("", ""))[1]
        return Source(name, hidden, lambda: _sheet(parts, path, formats, strings, limits))

    return Book(tuple(source(*sheet) for sheet in sheets), from_1904)


def _records(part: Part) -> Iterator[tuple[int, bytes]]:
    """Number and data of every record; raises RefusedError when the last is not complete."""
    buffer, position = b"", 0
    while True:
        piece = part.read(1 << 20)
        buffer, position = buffer[position:] + piece, 0
        while True:
            record = _head(buffer, position)
            if record is None or len(buffer) < record[2] + record[1]:
                break
            number, size, start = record
            position = start + size
            yield number, buffer[start:position]
        if not piece:
            if position != len(buffer):
                raise RefusedError("file_damaged")
            return


def _head(buffer: bytes, position: int) -> tuple[int, int, int] | None:
    """Number, size and data start of the record at `position`; None when its head is cut off."""
    if position >= len(buffer):
        return None
    number = buffer[position]
    position += 1
    if number & 0x80:
        if position >= len(buffer):
            return None
        number = (number & 0x7F) | (buffer[position] & 0x7F) << 7
        position += 1
    size = shift = 0
    while shift < 28:
        if position >= len(buffer):
            return None
        byte = buffer[position]
        position += 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    if size > _LONGEST:
        raise RefusedError("file_damaged")
    return number, size, position


def _string(data: bytes, position: int) -> tuple[str, int]:
    """A UTF-16 string and the position after it; a null string is empty."""
    if position + 4 > len(data):
        raise RefusedError("file_damaged")
    (length,) = struct.unpack_from("<I", data, position)
    position += 4
    if length == 0xFFFFFFFF:
        return "", position
    end = position + 2 * length
    if end > len(data):
        raise RefusedError("file_damaged")
    return data[position:end].decode("utf-16-le", "replace"), end


def _strings(parts: Parts, path: str) -> list[str]:
    if path not in parts:
        return []
    return [_string(data, 1)[0] for record, data in _records(parts.open(path)) if record == _ITEM]


def _formats(parts: Parts, path: str) -> tuple[str, ...]:
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = False
    for record, data in _records(parts.open(path)) if path in parts else ():
        if record == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _string(data, 2)[0]
        elif record in {_XFS, _XFS_END}:
            inside = record == _XFS
        elif record == _XF and inside:
            numbers.append(struct.unpack_from("<H", data, 2)[0])
    return tuple(class_of(number, codes) for number in numbers) or ("",)


def _sheet(
    parts: Parts, path: str, formats: tuple[str, ...], strings: list[str], limits: Limits
) -> Sheet:
    cells: list[Cell] = []
    frames: list[pl.DataFrame] = []
    merged: list[Block] = []
    hidden_rows: set[int] = set()
    hidden_columns: list[tuple[int, int]] = []
    row = 0
    try:
        for record, data in _records(parts.open(path)):
            if record == _ROW:
                row = struct.unpack_from("<I", data)[0] + 1
                if row > limits.rows:
                    raise RefusedError("file_too_many_rows", limits.rows)
                if data[11] & 0x10:
                    hidden_rows.add(row)
            elif (value := _value(record, data, strings)) is not None:
                col, style = struct.unpack_from("<II", data)
                if col >= limits.columns:
                    raise RefusedError("file_damaged")
                form = style & 0xFFFFFF
                cells.append((row, col + 1, *value, form if form < len(formats) else 0))
            elif record == _COL and struct.unpack_from("<H", data, 16)[0] & 1:
                first, last = struct.unpack_from("<II", data)
                hidden_columns.append((first + 1, last + 1))
            elif record == _MERGE:
                top, bottom, left, right = struct.unpack_from("<IIII", data)
                merged.append((top + 1, left + 1, bottom + 1, right + 1))
            if len(cells) > _AT_ONCE:
                frames.append(pl.DataFrame(cells, schema=SCHEMA, orient="row"))
                cells = []
    except _TORN as problem:
        raise RefusedError("file_damaged") from problem
    frames.append(pl.DataFrame(cells, schema=SCHEMA, orient="row"))
    return Sheet(
        in_order(frames), formats, tuple(merged), frozenset(hidden_rows), tuple(hidden_columns)
    )


def _value(record: int, data: bytes, strings: list[str]) -> tuple[int, str] | None:
    """Kind and text of a cell record; None for a blank cell or another record."""
    if record in {_REAL, _F_NUMBER}:
        return NUMBER, repr(struct.unpack_from("<d", data, 8)[0])
    if record == _RK:
        return NUMBER, repr(_rk(struct.unpack_from("<i", data, 8)[0]))
    if record in {_BOOL, _F_BOOL}:
        return BOOL, str(data[8])
    if record in {_ERROR, _F_ERROR}:
        return ERROR, _ERRORS.get(data[8], "#ERR!")
    if record in {_STRING, _F_STRING}:
        text = _string(data, 8)[0]
    elif record == _RICH:
        text = _string(data, 9)[0]
    elif record == _SHARED:
        text = strings[struct.unpack_from("<I", data, 8)[0]]
    else:
        return None
    return (STRING, text) if text else None


def _rk(packed: int) -> float:
    """A number from Excel's 32 bits (RkNumber): an integer or the upper half of a double."""
    if packed & 2:
        value = float(packed >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
