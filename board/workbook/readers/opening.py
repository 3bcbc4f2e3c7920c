"""Open a file of any accepted kind as a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Parts, kind_of
from board.workbook.readers.sheet import Book

# A part that only workbooks of another program's kind have → the rule that refuses them.
_OTHER_WORKBOOKS = {"xl/workbook.bin": "file_binary", "content.xml": "file_open_document"}


@contextmanager
def opened(path: Path, name: str, sheets: Iterable[str], limits: Limits) -> Iterator[Book]:
    """The book in a file, whose kind its content decides; raises RefusedError.

    `name` is the file's name as sent, `sheets` the names of the ledgers' sheets; they give
    the one sheet of a .csv its name. A reader is imported only for a file of its kind, so
    that the child process, which reads one file, starts quickly.
    """
    kind = kind_of(path, limits)
    if kind == "csv":
        from board.workbook.readers.csv import open_csv

        yield open_csv(path, name, sheets, limits)
    elif kind == "ole":
        from board.workbook.readers.xls import open_xls

        yield open_xls(path, limits)
    else:
        with closing(Parts(path, limits)) as parts:
            yield _in_zip(parts, limits)


def _in_zip(parts: Parts, limits: Limits) -> Book:
    from board.workbook.readers.xlsx import main_part, open_xlsx

    for part, rule in _OTHER_WORKBOOKS.items():
        if part in parts:
            raise RefusedError(rule)
    if main_part(parts) not in parts:
        raise RefusedError("file_foreign")
    return open_xlsx(parts, limits)
