"""Write a small .xlsb, which no library does, for tests of reading it ([MS-XLSB])."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_xlsb(path: Path, sheet: str, rows: list[list[Any]]) -> Path:
    """One sheet of text, numbers, dates, logicals and (as a ValueError) error values."""
    strings: list[str] = []
    body = b""
    for number, cells in enumerate(rows):
        body += _record(0, struct.pack("<IIH", number, 0, 300) + bytes(15))
        for col, value in enumerate(cells):
            body += _cell(col, value, strings)
    parts = {
        "xl/workbook.bin": _record(153, struct.pack("<II", 0, 0) + _wide("")) + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)),
        "xl/worksheets/sheet1.bin": body,
        "xl/styles.bin": _record(617, struct.pack("<I", 2)) + _record(47, struct.pack("<HH", 0, 0) + bytes(12)) + _record(47, struct.pack("<HH", 0, 14) + bytes(12)) + _record(618, b""),
        "xl/sharedStrings.bin": b"".join(_record(19, b"\0" + _wide(text)) for text in strings),
        "xl/_rels/workbook.bin.rels": "<Relationships>"
        + f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
        + f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.bin"/>'
        + f'<Relationship Id="rId3" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def _record(number: int, data: bytes) -> bytes:
    head = bytes([number]) if number < 128 else bytes([(number & 0x7F) | 0x80, number >> 7])
    size = len(data)
    length = b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | 0x80 if size else low])
        if not size:
            return head + length + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(col: int, value: Any, strings: list[str]) -> bytes:
    style = int(isinstance(value, date))
    place = struct.pack("<II", col, style)
    if value is None:
        return _record(1, place)
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if isinstance(value, ValueError):
        return _record(3, place + bytes([23]))
    if isinstance(value, date):
        return _record(5, place + struct.pack("<d", (value - date(1899, 12, 30)).days))
    if isinstance(value, int) and abs(value) < 1 << 28:
        return _record(2, place + struct.pack("<i", value << 2 | 2))
    if isinstance(value, int | float):
        return _record(5, place + struct.pack("<d", value))
    if len(strings) % 3 == 2:
        strings.append("")
        return _record(6, place + _wide(value))
    strings.append(value)
    return _record(7, place + struct.pack("<I", len(strings) - 1))
