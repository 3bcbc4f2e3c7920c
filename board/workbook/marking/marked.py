"""Make the marked copy of one file; runs in the child process, within its limits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from openpyxl import Workbook

from board.i18n import N_, _
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
    content = None
    if not list_only:
        with suppress(RefusedError):
            content = _of_layout(path, name, marks, limits)
            content = content or _saved(
                with_values(path, name, limits), name, marks, [_(VALUES_ONLY)]
            )
    out.write_bytes(content or _of_list(name, marks))


def _of_layout(path: Path, name: str, marks: Sequence[Mark], limits: Limits) -> bytes | None:
    """The clerk's own book, marked; None where the library can't open it or write it again.

    Its list names what the copy lacks, so it is made twice where something is lost: the library
    writes a book with pictures only once.
    """
    try:
        book = with_layout(path, name, limits)
        if book is None:
            return None
        content = _saved(book, name, marks, [])
        if parts := lost(path, io.BytesIO(content)):
            lacking = _(LOST, parts=_("、").join(_(part) for part in parts))
            book = with_layout(path, name, limits) or book
            content = _saved(book, name, marks, [lacking])
    except (RefusedError, MemoryError):
        raise
    except Exception:
        return None
    return with_computed(content, book, path, name, limits)


def _of_list(name: str, marks: Sequence[Mark]) -> bytes:
    """A book with the list alone."""
    book = Workbook()
    empty = book.active
    add_list(book, name, marks, {}, [_(LIST_ONLY)])
    book.remove(empty)
    return _bytes_of(book)


def _saved(book: Workbook, name: str, marks: Sequence[Mark], remarks: Sequence[str]) -> bytes:
    """The bytes of a book, marked anew."""
    unmark(book)
    add_list(book, name, marks, mark(book, marks), remarks)
    return _bytes_of(book)


def _bytes_of(book: Workbook) -> bytes:
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
