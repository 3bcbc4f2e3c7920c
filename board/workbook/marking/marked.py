"""Make the marked copy of one file; runs in the child process, within its limits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from board.i18n import N_, _
from board.ledgers.other_sheets import FINDINGS
from board.workbook.limits import Limits, RefusedError
from board.workbook.marking.cells import mark, unmark
from board.workbook.marking.clerks_book import with_layout, with_values
from board.workbook.marking.computed import with_computed
from board.workbook.marking.list_sheet import add_list
from board.workbook.marking.lost import lost
from board.workbook.marking.mark import Mark

VALUES_ONLY = N_("这是 .xlsx 副本，只有各格的内容：原文件的格式、公式和图片没有带过来。")
LIST_ONLY = N_("文件打不开或太大，没有标在原表里，只有这份清单。")
LOST = N_("这份副本没有带过来：{parts}。原文件没有动。")


def write_marked(
    path: Path, name: str, out: Path, marks: Sequence[Mark], limits: Limits, *, list_only: bool
) -> None:
    """Write the marked copy of the file at `path` to `out`; with `list_only` nothing but the list."""
    if not list_only:
        try:
            if book := with_layout(path, name, limits):
                out.write_bytes(_of_layout(book, path, name, marks, limits))
                return
            out.write_bytes(_saved(with_values(path, name, limits), name, marks, [_(VALUES_ONLY)]))
        except RefusedError:
            pass
        else:
            return
    out.write_bytes(_saved(Workbook(), name, marks, [_(LIST_ONLY)]))


def _of_layout(
    book: Workbook, path: Path, name: str, marks: Sequence[Mark], limits: Limits
) -> bytes:
    """A book as the clerk made it, marked; the list names what the copy lacks."""
    unmark(book)
    places = mark(book, marks)
    add_list(book, name, marks, places, [])
    content = _bytes_of(book)
    if parts := lost(path, io.BytesIO(content)):
        lacking = _(LOST, parts=_("、").join(_(part) for part in parts))
        del book[FINDINGS]
        add_list(book, name, marks, places, [lacking])
        content = _bytes_of(book)
    return with_computed(content, book, path, name, limits)


def _saved(book: Workbook, name: str, marks: Sequence[Mark], remarks: Sequence[str]) -> bytes:
    """A book without the clerk's layout, marked."""
    unmark(book)
    add_list(book, name, marks, mark(book, marks), remarks)
    return _bytes_of(book)


def _bytes_of(book: Workbook) -> bytes:
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
