"""A table of typed columns, which a page, a workbook and a document write in their formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

import polars as pl

from board.i18n import _
from board.ledgers.kinds import kinds
from board.metrics import Unit
from board.numerals import ABSENT, Form, day, month, written


@dataclass(frozen=True)
class Figures:
    """The kind of a column of numbers in one unit; `absent` is the text for None."""

    unit: Unit
    form: Form = "plain"
    absent: str = ABSENT


@dataclass(frozen=True)
class Dates:
    """The kind of a column of dates in words, by day or month; `absent` is the text for None."""

    form: Literal["day", "month"]
    absent: str | None = ""


# The kind of a column: a kind of the ledgers, `time`, `ordinal` (a number that is not added up, as
# of a batch or row), figures, dates in words; a cell of a `mixed` column is a text or a `Cell`.
ColumnKind = str | Figures | Dates

NUMBER = Unit("number", "")
COUNT = Figures(NUMBER, absent="")


@dataclass(frozen=True)
class Cell:
    """A value of a mixed column with its own kind."""

    value: Any
    kind: ColumnKind


@dataclass(frozen=True)
class Column:
    """A column of a table to make: its translated header, its values, its kind.

    Without a kind, the type of the values decides.
    """

    header: str
    values: Sequence[Any] | pl.Series
    kind: ColumnKind | None = None

    @property
    def series(self) -> pl.Series:
        """The values as a column of a frame."""
        if isinstance(self.values, pl.Series):
            return self.values.alias(self.header)
        return pl.Series(self.header, self.values, dtype_of(self.kind), strict=False)


@dataclass(frozen=True)
class Table:
    """A frame whose headers are translated, with the kind of each column.

    `kinds` maps a header to its kind, where the type of the column doesn't say it. `file` is the
    name of the download without its ending; `empty` is shown where there is no row. `rows` says
    that these are rows behind a figure, whose download needs a permission.
    """

    frame: pl.DataFrame
    file: str = ""
    empty: str = ""
    kinds: Mapping[str, ColumnKind] = field(default_factory=dict, hash=False)
    rows: bool = False

    @classmethod
    def of(cls, *columns: Column, file: str = "", empty: str = "") -> Self:
        """The table of some columns; of two with the same header the later one is kept."""
        by_header = {column.header: column for column in columns}
        kinds = {header: column.kind for header, column in by_header.items() if column.kind}
        frame = pl.DataFrame([column.series for column in by_header.values()])
        return cls(frame, file, empty, kinds)

    def kind(self, header: str) -> ColumnKind:
        """A column's kind: as declared, else by its type."""
        return self.kinds.get(header) or kind_of(self.frame.schema[header])

    def has_words(self, header: str) -> bool:
        """Whether a page shows the column as text made from its values."""
        kind = self.kind(header)
        if isinstance(kind, Figures | Dates):
            return True
        return kind == "mixed" or (kind in kinds() and kinds()[kind].page_words)

    def in_words(self) -> pl.DataFrame:
        """The frame for a page: figures, dates and mixed cells as text."""
        return self.frame.with_columns(
            pl.Series(
                header,
                [cell_text(self.kind(header), value) for value in self.frame[header]],
                pl.String,
            )
            for header in self.frame.columns
            if self.has_words(header)
        )

    def adding(self, *columns: Column) -> Self:
        """The table with more columns on its right."""
        more = self.of(*columns)
        return replace(
            self, frame=self.frame.with_columns(more.frame), kinds={**self.kinds, **more.kinds}
        )

    def without(self, *headers: str) -> Self:
        """The table without some of its columns."""
        return replace(self, frame=self.frame.drop(headers))

    def without_empty_columns(self) -> Self:
        """The table without the columns that show nothing in any row."""
        return self.without(
            *(
                header
                for header in self.frame.columns
                if not any(cell_text(self.kind(header), value) for value in self.frame[header])
            )
        )


def dtype_of(kind: ColumnKind | None) -> Any:
    """The polars type for a kind; None where polars infers it."""
    if isinstance(kind, Figures):
        return pl.Float64
    if isinstance(kind, Dates) or _page_format(kind):
        return pl.Date
    if kind == "mixed":
        return pl.Object
    return pl.String if kind == "text" else None


def kind_of(dtype: pl.DataType) -> ColumnKind:
    """The kind of a column by its type."""
    if dtype == pl.Boolean:
        return "bool"
    if dtype == pl.Date:
        return "date"
    if isinstance(dtype, pl.Datetime):
        return "time"
    if isinstance(dtype, pl.List):
        return "codes"
    if dtype.is_numeric():
        return "int" if dtype.is_integer() else "number"
    return "text"


def cell_text(kind: ColumnKind, value: Any) -> str | None:
    """A cell as text in the reader's language; None where it is empty."""
    if isinstance(value, Cell):
        return cell_text(value.kind, value.value)
    if isinstance(kind, Figures):
        return kind.absent if value is None else written(value, kind.unit, kind.form)
    if isinstance(kind, Dates):
        return kind.absent if value is None else {"day": day, "month": month}[kind.form](value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date) and (form := _page_format(kind)):
        return value.strftime(form)
    return None if value is None else str(value)


def _page_format(kind: ColumnKind | None) -> str:
    """How a page writes the days of a kind, in the words of strftime; empty for other kinds."""
    return kinds()[kind].page_format if isinstance(kind, str) and kind in kinds() else ""
