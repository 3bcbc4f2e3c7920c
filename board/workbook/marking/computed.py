"""Put the computed values of formulas back, which the library that writes a workbook leaves out.

Without them the copy would lack these values until a program for spreadsheets has opened and saved it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from board.ledgers.fields.cell import BOOL, ERROR, NUMBER, STRING
from board.workbook.limits import Limits
from board.workbook.readers.opening import opened

_TYPES = {NUMBER: "", STRING: ' t="str"', BOOL: ' t="b"', ERROR: ' t="e"'}
_FORMULA = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)><f([^>]*)(/>|>[^<]*</f>)<v ?(?:/>|></v>)</c>'
)
Values = Mapping[str, tuple[int, str]]


def with_computed(saved: bytes, book: Workbook, path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a saved book with the values that the formulas of the file at `path` had."""
    sheets = {
        f"xl/worksheets/sheet{number}.xml": sheet
        for number, sheet in enumerate(book.worksheets, start=1)
        if any(cell.data_type == "f" for cell in sheet._cells.values())
    }
    if not sheets:
        return saved
    titles = {sheet.title for sheet in sheets.values()}
    values: dict[str, Values] = {}
    with opened(path, name, (), limits) as file:
        for source in file.sources:
            if source.name in titles:
                rows = source.read().cells.select("col", "row", "kind", "text").iter_rows()
                values[source.name] = {
                    f"{get_column_letter(col)}{row}": (kind, text) for col, row, kind, text in rows
                }
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in sheets:
                known = values[sheets[entry.filename].title]
                content = _FORMULA.sub(partial(_valued, known), content)
            new.writestr(entry, content)
    return result.getvalue()


def _valued(values: Values, formula: re.Match[bytes]) -> bytes:
    """A cell with a formula and the value it had, an empty text where the reader has none.

    A formula that had no value stays as it is.
    """
    kind, text = values.get(formula[1].decode(), (STRING, ""))
    if kind not in _TYPES:
        return formula[0]
    start = b'<c r="%b"%b%b><f%b%b' % (
        formula[1], formula[2], _TYPES[kind].encode(), formula[3], formula[4],
    )  # fmt: skip
    return b"%b<v>%b</v></c>" % (start, escape(text).encode())
