"""Find keys that stand more than once, in one file or over several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from board.ledgers import Field, Ledger
from board.workbook._fault import Fault, fault

Places = Mapping[tuple[str, str], Mapping[str, str]]
PLACE = ("file", "sheet", "row")


@dataclass(frozen=True)
class Repeat:
    """A row whose key stood before: its place, the key column to blame, and the fault."""

    file: str
    sheet: str
    row: int
    column: str
    fault: Fault


def repeats(
    frame: pl.DataFrame, ledger: type[Ledger], columns: Places, across_files: bool = False
) -> Iterator[Repeat]:
    """Every row of `frame` that repeats the key of a row before it, in the frame's order.

    `frame` holds `file`, `sheet`, `row` and the key columns; a row lacking a required
    part of its key has none. `columns` gives the letters of the columns by (file, sheet).
    With `across_files` only repeats of another file's keys are told, one a key and file.
    """
    fields = [field for field in ledger.fields() if field.key]
    key = [field.name for field in fields]
    needed = [field.name for field in fields if field.required]
    whole = frame.select(*key, *PLACE).drop_nulls(needed)
    if not whole.select(key).is_duplicated().any():
        return
    if across_files:
        whole = whole.unique([*key, "file"], keep="first", maintain_order=True)
    firsts = [pl.col(name).first().over(key).alias(f"first_{name}") for name in PLACE]
    again = whole.with_columns(firsts, nth=pl.int_range(pl.len()).over(key)).filter(
        pl.col("nth") > 0
    )
    column = needed[-1] if needed[0] in {"month", "quarter"} else needed[0]
    for row in again.iter_rows(named=True):
        first = (row["first_file"], row["first_sheet"])
        letter = columns.get(first, {}).get(column, "")
        where = f"{first[1]}!{letter}{row['first_row']}"
        if first[0] != row["file"]:
            where = f"{first[0]} {where}"
        shown = "、".join(
            f"{f.header} {_shown(f, row[f.name])}" for f in fields if row[f.name] is not None
        )
        gaps = {"key": shown, "where": f"“{where}”", "where_en": f"“{where}”"}
        wrong = fault("repeated_key", None, shown, f"≠ {where}", **gaps)
        yield Repeat(row["file"], row["sheet"], row["row"], column, wrong)


def _shown(field: Field, value: object) -> str:
    if not isinstance(value, date):
        return str(value)
    if field.kind == "quarter":
        return f"{value.year}-Q{(value.month + 2) // 3}"
    return value.isoformat()[:7] if field.kind == "month" else value.isoformat()
