"""Read from the records of an .xls what xlrd leaves out: formulas without a result, and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack_from

import xlrd

_BOF, _EOF = {0x0809, 0x0409, 0x0209, 0x0009}, 0x000A
_FORMULAS = {0x0006, 0x0206, 0x0406}
# The sheet was saved before its formulas were computed; the engine that computed the workbook.
_UNCALCULATED, _CALCULATED_BY = 0x005E, 0x01C1
_DRAWING, _OBJECT, _PICTURE, _COMMON = 0x00EC, 0x005D, 8, 0x0015
# The head of a client anchor in a drawing: where a shape begins and ends, in columns and rows.
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"

Place = tuple[int, int]


@dataclass
class SheetRecords:
    """Places, as (row, column) from 0: formulas with an empty text or 0 as result, pictures."""

    blank: set[Place] = field(default_factory=set)
    zero: set[Place] = field(default_factory=set)
    others: bool = False
    uncalculated: bool = False
    pictures: list[Place] = field(default_factory=list)


class BookRecords:
    """The records of all sheets of an open book."""

    def __init__(self, book: xlrd.Book) -> None:
        globals_ = _records(book.mem, book.base)
        self._calculated = any(code == _CALCULATED_BY for code, _, _ in globals_)
        self.sheets = [_sheet_records(book.mem, start) for start in book._sh_abs_posn]
        self._results = any(sheet.others for sheet in self.sheets)

    def uncomputed(self, index: int) -> set[Place]:
        """The places of a sheet's formulas that nothing has computed.

        A program that writes formulas without computing them leaves an empty text or 0 in
        each. A single one of these may be a result, but not where no formula of a workbook,
        which no engine says to have computed, has any other.
        """
        sheet = self.sheets[index]
        if sheet.uncalculated or not (self._calculated or self._results):
            return sheet.blank | sheet.zero
        return set()


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Code, place and length of each record of a substream, those of charts inside it left out."""
    place, depth = start, 0
    while place + 4 <= len(stream):
        code, length = unpack_from("<HH", stream, place)
        if code in _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, place + 4, length
        place += 4 + length


def _sheet_records(stream: bytes, start: int) -> SheetRecords:
    records = SheetRecords()
    anchor: Place | None = None
    for code, place, length in _records(stream, start):
        if code in _FORMULAS and length >= 14:
            _keep_formula(records, stream[place : place + 14])
        elif code == _UNCALCULATED:
            records.uncalculated = True
        elif code == _DRAWING:
            anchor = _anchor(stream[place : place + length]) or anchor
        elif code == _OBJECT and length >= 16:
            common, _, kind, _, _, col, _, row = unpack_from("<8H", stream, place)
            # An object of Excel 5 has its place in its own record, a later one in the drawing.
            cell = anchor if common == _COMMON else (row, col)
            if kind == _PICTURE and cell is not None:
                records.pictures.append(cell)
            anchor = None
    return records


def _keep_formula(records: SheetRecords, record: bytes) -> None:
    row, col = unpack_from("<HH", record)
    result = record[6:14]
    if result[6:8] == b"\xff\xff" and result[0] == 3:
        records.blank.add((row, col))
    elif result == bytes(8):
        records.zero.add((row, col))
    else:
        records.others = True


def _anchor(drawing: bytes) -> Place | None:
    """The cell that the last shape of a drawing begins in."""
    at = drawing.rfind(_ANCHOR)
    if at < 0 or at + len(_ANCHOR) + 8 > len(drawing):
        return None
    _flags, col, _offset, row = unpack_from("<4H", drawing, at + len(_ANCHOR))
    return row, col
