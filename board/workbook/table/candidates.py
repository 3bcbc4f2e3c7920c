"""The cells under a header, row by row: which rows have what the ledger needs, and which lack it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import polars as pl

from board.ledgers import Field
from board.ledgers.fields.cell import DATE, NUMBER, STRING, TIME
from board.ledgers.fields.spelling import compact, stands_for_nothing
from board.workbook.readers.sheet import Sheet
from board.workbook.table.header import Header

IsValue = Callable[[Field, int, str, int], bool]
# How a text begins that may stand for nothing; `stands_for_nothing` decides.
_MAY_SAY_NOTHING = r"(?i)^[\s\p{C}]*(?:[^\p{L}\p{N}\s]|无|暂|没|空|n)"
_SHORT = 24


@dataclass(frozen=True)
class Cell:
    """A filled cell of a row that may be no data: its place, what it holds and how it is shown."""

    row: int
    col: int
    kind: int
    text: str
    format: int
    form: str

    @property
    def spelling(self) -> str:
        """The text for comparing."""
        return compact(self.text)

    @property
    def is_number(self) -> bool:
        """Whether it holds a number that is no date."""
        return self.kind == NUMBER and self.form not in {DATE, TIME}


@dataclass(frozen=True)
class Candidates:
    """The cells of a table and what is known of its rows.

    `inside` are the cells of the ledger's columns, those left out that stand for nothing (/, 无). Of the
    rows' `numbers`, `complete` have every required cell and `lacking` have not; `filled` is how
    many required cells a lacking row has.
    """

    numbers: pl.Series
    cells: pl.DataFrame
    inside: pl.DataFrame
    header: Header
    sheet: Sheet
    is_value: IsValue
    complete: pl.Series
    lacking: pl.Series
    filled: dict[int, int]

    @classmethod
    def of(cls, cells: pl.DataFrame, header: Header, sheet: Sheet, is_value: IsValue) -> Candidates:
        """The rows under a header whose `cells` are in order."""
        inside = cells.filter(pl.col("col").is_in(list(header.fields)))
        rows = inside["row"].rle().struct.field("value")
        inside = _without_nothing(inside)
        required = [col for col, field in header.fields.items() if field.required]
        needed = inside.filter(pl.col("col").is_in(required))["row"].rle().struct.unnest()
        complete = needed.filter(pl.col("len") == len(required))["value"]
        lacking = rows.filter(~rows.is_in(complete.implode()))
        few = needed.filter(pl.col("value").is_in(lacking.implode()))
        filled = dict(few.select("value", "len").iter_rows())
        return cls(rows, cells, inside, header, sheet, is_value, complete, lacking, filled)

    def without(self, rows: list[int]) -> Candidates:
        """The same table without these rows."""
        gone = pl.Series(rows, dtype=pl.UInt32).implode()
        others = ~pl.col("row").is_in(gone)
        return replace(
            self,
            numbers=self.numbers.filter(~self.numbers.is_in(gone)),
            cells=self.cells.filter(others),
            inside=self.inside.filter(others),
            complete=self.complete.filter(~self.complete.is_in(gone)),
            lacking=self.lacking.filter(~self.lacking.is_in(gone)),
        )

    @property
    def required(self) -> list[int]:
        """The numbers of the required columns."""
        return [col for col, field in self.header.fields.items() if field.required]

    @property
    def keys(self) -> list[int]:
        """The numbers of the columns of the key that may not be empty."""
        return [c for c, field in self.header.fields.items() if field.key and field.required]

    @property
    def last(self) -> int:
        """The number of the last complete row; 0 where there is none."""
        return int(self.complete.max() or 0)  # type: ignore[arg-type]

    def part(self, rows: pl.Series) -> pl.DataFrame:
        """The cells of the ledger's columns in these rows."""
        return self.inside.filter(pl.col("row").is_in(rows.implode()))

    def rows(self, numbers: Iterable[int], *, everywhere: bool = False) -> Iterator[list[Cell]]:
        """The cells of each of these rows: those of the ledger's columns, or `everywhere` all."""
        source = self.cells if everywhere else self.inside
        chosen = source.filter(pl.col("row").is_in(list(numbers)))
        values = chosen.select("row", "col", "kind", "text", "format").iter_rows()
        for _, cells in groupby(values, key=itemgetter(0)):
            yield [
                Cell(row, col, kind, text, form, self.sheet.formats[form])
                for row, col, kind, text, form in cells
            ]

    def takes(self, cell: Cell) -> bool:
        """Whether its column accepts a cell."""
        return self.is_value(self.header.fields[cell.col], cell.kind, cell.text, cell.format)


def _without_nothing(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells except those whose text only says that there is nothing."""
    says = (pl.col("kind") == STRING) & (pl.col("text").str.len_bytes() < 3 * _SHORT)
    doubtful = cells.filter(says & pl.col("text").str.contains(_MAY_SAY_NOTHING))
    texts = [text for text in doubtful["text"].unique() if stands_for_nothing(text)]
    if not texts:
        return cells
    return cells.filter((pl.col("kind") != STRING) | ~pl.col("text").is_in(texts))
