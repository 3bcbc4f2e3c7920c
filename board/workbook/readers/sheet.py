"""The book, sheets and filled cells that every kind of file is turned into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl

from board.ledgers.fields.units import Unit

SCHEMA = {
    "row": pl.UInt32(),
    "col": pl.UInt16(),
    "kind": pl.UInt8(),
    "text": pl.String(),
    "format": pl.UInt16(),
}
Block = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """The filled cells of one sheet, its merged blocks and its hidden rows and columns.

    `cells` has `row` and `col` from 1, `kind` (NUMBER …), `text` (a number as it is
    stored, a date as ISO text) and `format`, an index into `formats` (see formats.py).
    `units` are the units that the formats state. `merged` blocks are (first row, first column,
    last row, last column); `hidden_columns` are ranges (first, last). `pictures` are the cells,
    (row, column), that pictures begin in.
    """

    cells: pl.DataFrame
    formats: tuple[str, ...] = ("",)
    units: tuple[Unit | None, ...] = ()
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    pictures: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Source:
    """One sheet of a file, not read yet."""

    name: str
    hidden: bool
    read: Callable[[], Sheet] = field(repr=False)


@dataclass(frozen=True)
class Book:
    """An open file: its sheets in order, and whether it counts days from 1904.

    `plain_text`: the file is a .csv, all of whose cells are text.
    """

    sources: tuple[Source, ...]
    from_1904: bool = False
    plain_text: bool = False


def empty_cells() -> pl.DataFrame:
    """A frame of cells without a row."""
    return pl.DataFrame(schema=SCHEMA)


def in_order(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """The cells of all parts by row and column; of two in one place the later is kept."""
    if not parts:
        return empty_cells()
    cells = pl.concat(parts) if len(parts) > 1 else parts[0]
    if all(_sorted(part) for part in parts) and _follow(parts):
        return cells
    cells = cells.sort("row", "col", maintain_order=True)
    return cells.unique(["row", "col"], keep="last", maintain_order=True)


def _place(part: pl.DataFrame) -> pl.Series:
    return part["row"].cast(pl.Int64) * 65_536 + part["col"]


def _sorted(part: pl.DataFrame) -> bool:
    """Whether each cell comes after the one before it, by row, then column."""
    return bool((_place(part).diff().drop_nulls() > 0).all())


def _follow(parts: list[pl.DataFrame]) -> bool:
    """Whether each part begins after the part before it ends."""
    ends = [_place(part[[0, -1]]) for part in parts if len(part)]
    return all(before[1] < after[0] for before, after in pairwise(ends))


def letters(col: int) -> str:
    """The letters of a column: 1 → A, 28 → AB."""
    name = ""
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """The number of a column: A → 1, AB → 28."""
    col = 0
    for letter in name:
        col = col * 26 + ord(letter) - 64
    return col


def block(reference: str) -> Block | None:
    """The corners of a reference like B2:D4, or None when it isn't one."""
    corners = []
    for corner in reference.replace("$", "").split(":"):
        name = corner.rstrip("0123456789")
        digits = corner[len(name) :]
        if not (name.isascii() and name.isupper() and 0 < len(name) < 4 and 0 < len(digits) < 8):
            return None
        corners.append((int(digits), number_of(name)))
    first, last = corners[0], corners[-1]
    return first[0], first[1], last[0], last[1]
