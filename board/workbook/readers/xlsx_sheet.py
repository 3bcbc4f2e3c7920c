"""Read one sheet of a workbook in Office Open XML: many cells at once, the odd ones singly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Parts
from board.workbook.readers.sheet import (  # fmt: skip
    BOOL,
    ERROR,
    MOMENT,
    NUMBER,
    SCHEMA,
    STRING,
    UNCOMPUTED,
    Sheet,
    block,
    in_order,
)
from board.workbook.readers.strings import unescaped
from board.workbook.readers.xlsx_cells import Around, OddError, OneByOne, cells_of

_CHUNK = 4 << 20
_LONGEST = 64 << 20
_KINDS = {"s": STRING, "str": STRING, "inlineStr": STRING, "b": BOOL, "e": ERROR, "d": MOMENT}


def read_sheet(
    parts: Parts,
    path: str,
    formats: tuple[str, ...],
    strings: Callable[[], pl.Series],
    limits: Limits,
    uncomputed_zero: bool = False,
) -> Sheet:
    """The filled cells of a sheet.

    `uncomputed_zero`: the workbook asks to be computed when it is opened, so that a
    formula's 0 is what a program wrote in place of a value.
    """
    finish = partial(_finished, strings=strings, limits=limits, zero=uncomputed_zero)
    try:
        around, found = _at_once(parts, path, finish)
    except OddError:
        around, found = _one_by_one(parts, path, finish)
    return Sheet(
        cells=_with_formats(in_order(found), len(formats)),
        formats=formats,
        merged=tuple(corners for name in around.merged if (corners := block(name))),
        hidden_rows=frozenset(around.hidden_rows),
        hidden_columns=tuple(around.hidden_columns),
    )


def _at_once(
    parts: Parts, path: str, finish: Callable[[pl.DataFrame], pl.DataFrame]
) -> tuple[Around, list[pl.DataFrame]]:
    stream = parts.open(path)
    around = Around()
    head = b""
    while b"<sheetData" not in head:
        piece = stream.read(_CHUNK)
        if not piece or len(head) > _LONGEST:
            raise OddError
        head += piece
    start = head.index(b"<sheetData")
    opening, rest = head[:start], head[start:]
    if not _in_utf8(opening):
        raise OddError
    if rest.startswith(b"<sheetData/>"):
        around.markup.feed(head)
        around.markup.feed_all(stream)
        return around, []
    if not rest.startswith(b"<sheetData>"):
        raise OddError
    around.markup.feed(opening + b"<sheetData>")
    rest = rest[len(b"<sheetData>") :]
    found: list[pl.DataFrame] = []
    while (ending := rest.find(b"</sheetData>")) < 0:
        cut = rest.rfind(b"</row>") + len(b"</row>")
        if cut >= len(b"</row>"):
            found.append(finish(cells_of(rest[:cut], around)))
            rest = rest[cut:]
        piece = stream.read(_CHUNK)
        if not piece or len(rest) > _LONGEST:
            raise OddError
        rest += piece
    found.append(finish(cells_of(rest[:ending], around)))
    around.markup.feed(rest[ending:])
    around.markup.feed_all(stream)
    return around, found


def _in_utf8(opening: bytes) -> bool:
    """Whether a document that begins so is in UTF-8, which it is when it doesn't say."""
    declared = opening[:200].lower().partition(b"?>")[0]
    return b"encoding" not in declared or b"utf-8" in declared


def _one_by_one(
    parts: Parts, path: str, finish: Callable[[pl.DataFrame], pl.DataFrame]
) -> tuple[Around, list[pl.DataFrame]]:
    stream = parts.open(path)
    reader = OneByOne()
    found: list[pl.DataFrame] = []
    while piece := stream.read(_CHUNK):
        reader.markup.feed(piece)
        found.append(finish(reader.taken()))
    reader.markup.feed(b"", last=True)
    found.append(finish(reader.taken()))
    return reader.around, found


def _finished(
    raw: pl.DataFrame, strings: Callable[[], pl.Series], limits: Limits, zero: bool
) -> pl.DataFrame:
    """Raw cells (row, col, style, type, formula, value, inline) with kinds and texts."""
    if raw.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    if raw["row"].max() > limits.rows or raw["col"].max() > limits.columns:  # type: ignore[operator]
        raise RefusedError("file_too_many_rows", limit=limits.rows)
    kind = pl.col("type").replace_strict(_KINDS, default=NUMBER, return_dtype=pl.UInt8)
    text = pl.coalesce("inline", "value").fill_null("")
    uncomputed = pl.col("formula") & (
        (text == "") & ~pl.col("type").is_in(["str", "s", "inlineStr"])
        | (text == "0") & pl.lit(zero) & (pl.col("type") == "")
    )
    cells = raw.select(
        "row",
        "col",
        kind=pl.when(uncomputed).then(pl.lit(UNCOMPUTED, pl.UInt8)).otherwise(kind),
        text=text,
        format=pl.col("style"),
        shared=(pl.col("type") == "s") & ~uncomputed,
    )
    cells = cells.filter((pl.col("text") != "") | (pl.col("kind") == UNCOMPUTED))
    cells = cells.with_columns(text=unescaped(cells["text"]))
    if cells["shared"].any():
        cells = _with_shared(cells, strings())
    return cells.drop("shared")


def _with_shared(cells: pl.DataFrame, strings: pl.Series) -> pl.DataFrame:
    index = cells["text"].set(~cells["shared"], None).cast(pl.UInt32, strict=False)
    wrong = cells["shared"] & (index.is_null() | (index >= len(strings)).fill_null(True))
    if wrong.any():
        raise RefusedError("file_damaged")
    return cells.with_columns(
        text=pl.when("shared").then(strings.gather(index)).otherwise("text")
    ).filter(pl.col("text") != "")


def _with_formats(cells: pl.DataFrame, count: int) -> pl.DataFrame:
    known = pl.when(pl.col("format") < count).then("format").otherwise(0)
    return cells.with_columns(format=known.cast(pl.UInt16))
