"""Read one sheet of Office Open XML: by a regular expression, or cell by cell if need be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from board.ledgers.fields.cell import (
    BOOL,
    ERROR,
    MOMENT,
    NUMBER,
    PICTURE,
    STRING,
    UNCOMPUTED,
)
from board.ledgers.fields.units import Unit
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Parts
from board.workbook.readers.sheet import SCHEMA, Sheet, block, in_order
from board.workbook.readers.strings import unescaped
from board.workbook.readers.xlsx_cells import CellParser, Layout, UnusualError, cells_of

# The class of each cell format, and the unit that it states.
Styles = tuple[tuple[str, ...], tuple[Unit | None, ...]]
_CHUNK = 4 << 20
_LONGEST = 64 << 20
_KINDS = {
    "s": STRING, "str": STRING, "inlineStr": STRING, "b": BOOL, "e": ERROR, "d": MOMENT,
    "vm": PICTURE,
}  # fmt: skip


def read_sheet(
    parts: Parts,
    path: str,
    styles: Styles,
    strings: Callable[[], pl.Series],
    limits: Limits,
    uncomputed_zero: bool = False,
    pictures: tuple[tuple[int, int], ...] = (),
) -> Sheet:
    """The filled cells of a sheet, its merged blocks and hidden rows and columns.

    `uncomputed_zero`: the workbook asks to be computed when it is opened, so that a 0 of a
    formula is no result: a program wrote it in place of one.
    """
    finish = partial(_finished, strings=strings, limits=limits, zero=uncomputed_zero)
    try:
        layout, frames = _in_blocks(parts, path, finish)
    except UnusualError:
        layout, frames = _cell_by_cell(parts, path, finish)
    return Sheet(
        cells=_with_formats(in_order(frames), len(styles[0])),
        formats=styles[0],
        units=styles[1],
        merged=tuple(corners for name in layout.merged if (corners := block(name))),
        hidden_rows=frozenset(layout.hidden_rows),
        hidden_columns=tuple(layout.hidden_columns),
        pictures=pictures,
    )


def _in_blocks(
    parts: Parts, path: str, finish: Callable[[pl.DataFrame], pl.DataFrame]
) -> tuple[Layout, list[pl.DataFrame]]:
    """The layout and the cells, taken out of blocks of whole rows by regular expressions."""
    stream = parts.open(path)
    layout = Layout()
    head = b""
    while b"<sheetData" not in head:
        piece = stream.read(_CHUNK)
        if not piece or len(head) > _LONGEST:
            raise UnusualError
        head += piece
    start = head.index(b"<sheetData")
    opening, rest = head[:start], head[start:]
    if not _in_utf8(opening):
        raise UnusualError
    if rest.startswith(b"<sheetData/>"):
        layout.markup.feed(head)
        layout.markup.feed_all(stream)
        return layout, []
    if not rest.startswith(b"<sheetData>"):
        raise UnusualError
    layout.markup.feed(opening + b"<sheetData>")
    rest = rest[len(b"<sheetData>") :]
    frames: list[pl.DataFrame] = []
    while (ending := rest.find(b"</sheetData>")) < 0:
        cut = rest.rfind(b"</row>") + len(b"</row>")
        if cut >= len(b"</row>"):
            frames.append(finish(cells_of(rest[:cut], layout)))
            rest = rest[cut:]
        piece = stream.read(_CHUNK)
        if not piece or len(rest) > _LONGEST:
            raise UnusualError
        rest += piece
    frames.append(finish(cells_of(rest[:ending], layout)))
    layout.markup.feed(rest[ending:])
    layout.markup.feed_all(stream)
    return layout, frames


def _in_utf8(opening: bytes) -> bool:
    """Whether an XML document that begins so is in UTF-8, the encoding where none is declared."""
    declared = opening[:200].lower().partition(b"?>")[0]
    return b"encoding" not in declared or b"utf-8" in declared


def _cell_by_cell(
    parts: Parts, path: str, finish: Callable[[pl.DataFrame], pl.DataFrame]
) -> tuple[Layout, list[pl.DataFrame]]:
    """The layout and the cells, parsed element by element."""
    stream = parts.open(path)
    parser = CellParser()
    frames: list[pl.DataFrame] = []
    while piece := stream.read(_CHUNK):
        parser.markup.feed(piece)
        frames.append(finish(parser.take()))
    parser.markup.feed(b"", last=True)
    frames.append(finish(parser.take()))
    return parser.layout, frames


def _finished(
    raw: pl.DataFrame, strings: Callable[[], pl.Series], limits: Limits, zero: bool
) -> pl.DataFrame:
    """The filled cells (`SCHEMA`) from raw ones (`RAW` of xlsx_cells.py)."""
    if raw.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    if raw["row"].max() > limits.rows or raw["col"].max() > limits.columns:  # type: ignore[operator]
        raise RefusedError("file_too_many_rows", limit=limits.rows)
    kind = pl.col("type").replace_strict(_KINDS, default=NUMBER, return_dtype=pl.UInt8)
    text = pl.coalesce("inline", "value").fill_null("")
    uncomputed = pl.col("formula") & (
        (text == "") & (~pl.col("type").is_in(["str", "s", "inlineStr"]) | ~pl.col("valued"))
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
    """The cells with the index of a shared string replaced by the string."""
    index = cells["text"].set(~cells["shared"], None).cast(pl.UInt32, strict=False)
    invalid = cells["shared"] & (index.is_null() | (index >= len(strings)).fill_null(True))
    if invalid.any():
        raise RefusedError("file_damaged")
    return cells.with_columns(
        text=pl.when("shared").then(strings.gather(index)).otherwise("text")
    ).filter(pl.col("text") != "")


def _with_formats(cells: pl.DataFrame, count: int) -> pl.DataFrame:
    """The cells with format 0 in place of a format that the workbook does not have."""
    format = pl.when(pl.col("format") < count).then("format").otherwise(0)
    return cells.with_columns(format=format.cast(pl.UInt16))
