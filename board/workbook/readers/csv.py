"""Read .csv in UTF-8, UTF-16 or GB18030; the file's name begins with the name of its sheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePath

import polars as pl

from board.ledgers.fields.cell import STRING
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import utf_16_of
from board.workbook.readers.sheet import SCHEMA, Book, Sheet, Source, in_order

_ROWS_AT_ONCE = 20_000


def open_csv(path: Path, name: str, sheets: Iterable[str], limits: Limits) -> Book:
    """The one sheet of a text file, named after the ledger its name begins with."""
    text = _decoded(path.read_bytes())
    if text.count("\n") > limits.rows:
        _refuse_long(text, limits)
    stem = "".join(unicodedata.normalize("NFKC", PurePath(name).stem).split())
    matches = [sheet for sheet in sheets if stem.startswith(sheet)]
    sheet = max(matches, key=len, default=PurePath(name).stem)
    return Book((Source(sheet, False, lambda: Sheet(_cells(text, limits))),), plain_text=True)


def _decoded(raw: bytes) -> str:
    wide = utf_16_of(raw)
    for encoding in (wide,) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        controls = sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 32)))
        if controls > len(text) // 100:
            raise RefusedError("file_foreign")
        return text
    raise RefusedError("file_encoding")


def _delimiter(text: str) -> str:
    """The one of comma, tab and semicolon that gives the most whole cells in the first 20 lines.

    A cell with another of them at its edge is not whole: programs write a tab behind a number, so
    that Excel keeps its digits.
    """
    lines = [line for line in islice(io.StringIO(text), 20) if line.strip()]
    counts = {delimiter: _whole_cells(lines, delimiter) for delimiter in ",\t;"}
    return max(counts, key=lambda delimiter: counts[delimiter])


def _whole_cells(lines: list[str], delimiter: str) -> int:
    others = ",;".replace(delimiter, "")
    cells = (cell.strip() for line in lines for cell in line.split(delimiter)[1:])
    return sum(bool(cell) and cell[0] not in others and cell[-1] not in others for cell in cells)


def _refuse_long(text: str, limits: Limits) -> None:
    """Raise RefusedError for too many rows, before any of them is kept."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = sum(1 for _ in lines)
    except csv.Error as fault:
        raise RefusedError("file_damaged") from fault
    if rows > limits.rows:
        raise RefusedError("file_too_many_rows", limits.rows)


def _cells(text: str, limits: Limits) -> pl.DataFrame:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    parts: list[pl.DataFrame] = []
    start = 1
    try:
        while rows := list(islice(reader, _ROWS_AT_ONCE)):
            if start + len(rows) - 1 > limits.rows:
                raise RefusedError("file_too_many_rows", limits.rows)
            parts.extend(_block(rows, start, limits))
            start += len(rows)
    except csv.Error as fault:
        raise RefusedError("file_damaged") from fault
    return in_order(parts)


def _block(rows: list[list[str]], start: int, limits: Limits) -> list[pl.DataFrame]:
    """The filled cells of some rows, without building a table as wide as the widest row."""
    lengths = [len(row) for row in rows]
    if max(lengths) > limits.columns:
        raise RefusedError("file_damaged")
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(start, start + len(rows)), dtype=pl.UInt32),
            "col": [range(1, length + 1) for length in lengths],
            "text": rows,
        },
        schema_overrides={"col": pl.List(pl.UInt16), "text": pl.List(pl.String)},
    )
    # Programs write ="0502" so that Excel keeps the zero.
    text = pl.col("text").str.replace(r'^="(.*)"$', "${1}")
    cells = frame.explode("col", "text").with_columns(text=text)
    cells = cells.filter(pl.col("text").str.strip_chars() != "")
    return [
        cells.select(
            "row",
            "col",
            pl.lit(STRING, SCHEMA["kind"]).alias("kind"),
            "text",
            pl.lit(0, SCHEMA["format"]).alias("format"),
        )
    ]
