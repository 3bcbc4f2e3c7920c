"""Recognise rows that were only prefilled, and rows that lack most of what they need."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from board.ledgers.fields.cell import NUMBER, STRING
from board.ledgers.fields.spelling import cleaned
from board.workbook.findings.fault import fault, ranges
from board.workbook.findings.notes import Notes
from board.workbook.table.candidates import Candidates

# So many rows with the same text in a column were prefilled, whatever stands above them.
_REPEATED = 3
# A text that ends in a number, like H0012, may count on from row to row.
_COUNTED = r"^(.*?)(\d{1,9})$"
# So far above the rows at the end stands the cell that one of theirs may repeat.
_ABOVE = 200
# A row that lacks at least so many required cells, and half of them, gets one error.
_MUCH = 3


def untouched(table: Candidates, carried: Collection[str], notes: Notes) -> list[int]:
    """The rows of a prefilled template in which only the `carried` columns are filled.

    Nobody filled anything in, so they say nothing; one notice for all.
    """
    left = [col for col, field in table.header.fields.items() if field.name not in carried]
    filled = table.inside.filter(pl.col("col").is_in(left))["row"].unique()
    rows = sorted(table.numbers.filter(~table.numbers.is_in(filled.implode())))
    if rows:
        problem = fault("untouched_rows", None, ranges(rows), count=len(rows))
        notes.add(problem, None, rows[0], min(table.header.fields))
    return rows


def prefilled(table: Candidates, notes: Notes) -> list[int]:
    """The rows that hold only what was copied down, or nothing but strokes; one notice for all.

    A copied row stands at the end and lacks its key, or is one of several that lack half of what
    they need. Each of its cells repeats the one above it, counts on from it, is 0, or is the same
    in all rows at the end.
    """
    blank = table.lacking.filter(~table.lacking.is_in(table.inside["row"].unique().implode()))
    rest = table.lacking.filter(
        (table.lacking > table.last) & ~table.lacking.is_in(blank.implode())
    )
    if not table.keys:
        rest = rest.clear()
    keyless, little = _lacks_much(table, rest)
    copied = ~rest.is_in(_not_copied(table, rest).implode())
    several = bool((little & copied).sum() >= _REPEATED)
    rest = rest.filter(copied & (keyless | (little & several)))
    rows = sorted({*rest, *blank})
    if rows:
        col = table.cells.filter(pl.col("row") == rows[0])["col"][0]
        notes.add(fault("rest_rows", None, ranges(rows), count=len(rows)), None, rows[0], col)
    return rows


def _lacks_much(table: Candidates, rows: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Which of these rows lack their key, and which half of what they need."""
    keyed = table.part(rows).filter(pl.col("col").is_in(table.keys)).group_by("row").len()
    whole = keyed.filter(pl.col("len") == len(table.keys))["row"]
    half = len(table.required) / 2
    little = [table.filled.get(row, 0) <= half for row in rows]
    return ~rows.is_in(whole.implode()), pl.Series(little, dtype=pl.Boolean)


def _not_copied(table: Candidates, rows: pl.Series) -> pl.Series:
    """The numbers of those of these rows that have a cell which nobody copied down."""
    if rows.is_empty():
        return rows
    near = table.inside.filter(pl.col("row") > max(table.last - _ABOVE, 0))
    above = [pl.col(name).shift(1).over("col").alias(f"above_{name}") for name in ("kind", "text")]
    cells = near.with_columns(above).filter(pl.col("row").is_in(rows.implode()))
    number, before = (
        pl.col(name).cast(pl.Float64, strict=False) for name in ("text", "above_text")
    )
    text, former = (pl.col(name).str.extract_groups(_COUNTED) for name in ("text", "above_text"))
    digits, former_digits = (one.struct.field("2").cast(pl.Int64) for one in (text, former))
    counts_on = (
        pl.when(pl.col("kind") == NUMBER)
        .then(number == before + 1)
        .otherwise(
            (pl.col("kind") == STRING)
            & (text.struct.field("1") == former.struct.field("1"))
            & (digits == former_digits + 1)
        )
    )
    repeated = pl.col("text").n_unique().over("col") == 1
    copied = (
        ((pl.col("text") == pl.col("above_text")) & (pl.col("kind") == pl.col("above_kind")))
        | counts_on
        | ((pl.col("kind") == NUMBER) & (number == 0))
        | (repeated & pl.lit(rows.len() >= _REPEATED))
    )
    return cells.filter(~copied.fill_null(False))["row"].unique()


def unfilled(table: Candidates, notes: Notes) -> list[int]:
    """The rows that lack most of what they need: each gets one error that names what it lacks."""
    required = len(table.required)
    least = max(_MUCH, required / 2)
    few = [row for row in table.lacking if required - table.filled.get(row, 0) >= least]
    headers = {col: table.header.fields[col].header for col in table.required}
    rows = []
    for cells in table.rows(few):
        present = {cell.col for cell in cells}
        lacking = "、".join(name for col, name in headers.items() if col not in present)
        row, col, text = cells[0].row, cells[0].col, cleaned(cells[0].text)
        problem = fault("row_unfilled", None, text, count=len(cells), lacking=lacking)
        notes.add(problem, None, row, col)
        rows.append(row)
    return rows
