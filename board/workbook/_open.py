"""Open a file of any accepted kind as a book."""

from __future__ import annotations

from pathlib import Path

from board.workbook._container import Parts, kind_of
from board.workbook._limits import Limits, RefusedError
from board.workbook._sheet import Book
from board.workbook._xlsx import open_xlsx


def open_book(path: Path, name: str, limits: Limits) -> Book:
    """The book in a file, by its content; `name` is what its sender called it."""
    kind = kind_of(path, limits)
    if kind == "zip":
        parts = Parts(path, limits)
        if "xl/workbook.xml" in parts or "[content_types].xml" in parts:
            return open_xlsx(parts, limits)
    raise RefusedError("file_foreign")
