"""Read .ods, the workbook of LibreOffice."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Parts
from board.workbook.readers.formats import PERCENT
from board.workbook.readers.markup import Markup
from board.workbook.readers.sheet import (  # fmt: skip
    BOOL,
    ERROR,
    MOMENT,
    NUMBER,
    SCHEMA,
    STRING,
    UNCOMPUTED,
    Block,
    Book,
    Sheet,
    Source,
    in_order,
)

_KINDS = {
    "float": NUMBER, "percentage": NUMBER, "currency": NUMBER, "date": MOMENT, "time": STRING,
    "boolean": BOOL, "string": STRING,
}  # fmt: skip
_NUMBERS = ("office:value", "office:date-value", "office:boolean-value", "office:time-value")
_AT_ONCE = 100_000
# The most cells read from a file, repeated ones included; blank cells do not count.
_REPEATED = 20_000_000


def open_ods(parts: Parts, limits: Limits) -> Book:
    """The book in an OpenDocument spreadsheet; raises RefusedError for a protected one."""
    protected = False

    def encrypted(name: str, _: dict[str, str]) -> None:
        nonlocal protected
        protected = protected or name == "encryption-data"

    if "META-INF/manifest.xml" in parts:
        Markup(encrypted).feed_all(parts.open("META-INF/manifest.xml"))
    if protected:
        raise RefusedError("file_password")
    content = _Content(limits)
    Markup(content.start, content.end, content.text).feed_all(parts.open("content.xml"))

    def source(table: _Table) -> Source:
        hidden = table.style in content.hidden_styles
        return Source(table.name, hidden, lambda: table.sheet(tuple(content.formats)))

    return Book(tuple(source(table) for table in content.tables))


@dataclass
class _Table:
    """A table while it is read; `row` and `col` are the last row and column reached."""

    name: str
    style: str
    parts: list[pl.DataFrame] = field(default_factory=list)
    cells: list[tuple[int, int, int, str, int]] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    row: int = 0
    col: int = 0

    def flush(self, least: int) -> None:
        """Turn the cells into a frame when there are more than `least`."""
        if len(self.cells) > least:
            self.parts.append(pl.DataFrame(self.cells, schema=SCHEMA, orient="row"))
            self.cells = []

    def sheet(self, formats: tuple[str, ...]) -> Sheet:
        self.flush(0)
        return Sheet(
            in_order(self.parts),
            formats,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            tuple(self.hidden_columns),
        )


class _Content:
    """Collects the filled cells of every table while content.xml is parsed."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self.formats: list[str] = [""]
        self._limits = limits
        self._style = ""
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._paragraphs = self._depth = self._aside = 0
        self._repeat_row = self._from = self._written = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        if self._cell is not None:
            self._inside_cell(name, attributes)
        elif name in {"table-cell", "covered-table-cell"} and self.tables:
            self._cell = attributes
            self._texts.clear()
            self._paragraphs = 0
        elif name == "table-row":
            self._start_row(attributes)
        elif name == "table-column":
            self._column(attributes)
        elif name == "table":
            self.tables.append(
                _Table(attributes.get("table:name", ""), attributes.get("table:style-name", ""))
            )
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self._style)

    def _inside_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "annotation":
            self._aside += 1
        elif self._aside:
            return
        elif name == "p":
            if self._paragraphs:
                self._texts.append("\n")
            self._paragraphs += 1
            self._depth += 1
        elif name == "s":
            self._texts.append(" " * min(_count(attributes, "text:c"), 1_000))
        elif name == "line-break":
            self._texts.append("\n")

    def text(self, text: str) -> None:
        """Handle a text."""
        if self._depth and not self._aside:
            self._texts.append(text)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "annotation" and self._aside:
            self._aside -= 1
        elif self._aside:
            return
        elif name == "p" and self._depth:
            self._depth -= 1
        elif name in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row" and self.tables:
            self._end_row()

    def _start_row(self, attributes: dict[str, str]) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        self._repeat_row = _count(attributes, "table:number-rows-repeated")
        self._from = len(table.cells)
        table.row += 1
        table.col = 0
        if attributes.get("table:visibility") in {"collapse", "filter"}:
            last = min(table.row + self._repeat_row, self._limits.rows + 2)
            table.hidden_rows.update(range(table.row, min(last, table.row + 100_000)))

    def _end_row(self) -> None:
        table = self.tables[-1]
        cells = table.cells[self._from :]
        if cells and table.row + self._repeat_row - 1 > self._limits.rows:
            raise RefusedError("file_too_many_rows", self._limits.rows)
        if cells and self._repeat_row > 1:
            self._count_written(len(cells) * self._repeat_row)
            for offset in range(1, self._repeat_row):
                table.cells += [(row + offset, *rest) for row, *rest in cells]  # type: ignore[misc]
        table.row += self._repeat_row - 1
        table.flush(_AT_ONCE)

    def _count_written(self, count: int) -> None:
        """Count the cells written out; raises RefusedError for more than `_REPEATED`."""
        self._written += count
        if self._written > _REPEATED:
            raise RefusedError("file_inflated", f"{_REPEATED:,}")

    def _column(self, attributes: dict[str, str]) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        repeat = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in {"collapse", "filter"}:
            table.hidden_columns.append((table.col + 1, table.col + repeat))
        table.col += repeat

    def _end_cell(self, cell: dict[str, str]) -> None:
        table = self.tables[-1]
        repeat = _count(cell, "table:number-columns-repeated")
        first = table.col + 1
        table.col += repeat
        wide, high = (
            _count(cell, "table:number-columns-spanned"),
            _count(cell, "table:number-rows-spanned"),
        )
        if wide > 1 or high > 1:
            table.merged.append((table.row, first, table.row + high - 1, first + wide - 1))
        value = self._value(cell, "".join(self._texts))
        if value is None:
            return
        if first + repeat - 1 > self._limits.columns:
            raise RefusedError("file_damaged")
        self._count_written(repeat)
        table.cells += [(table.row, first + offset, *value) for offset in range(repeat)]

    def _value(self, cell: dict[str, str], display_text: str) -> tuple[int, str, int] | None:
        """Kind, text and format of a cell; None for a blank one."""
        value_type = cell.get("office:value-type")
        if cell.get("calcext:value-type") == "error" or (
            "table:formula" in cell and display_text.startswith(("#", "Err:"))
        ):
            return ERROR, display_text or "#ERR!", 0
        if value_type is None:
            return (UNCOMPUTED, "", 0) if "table:formula" in cell else _string(display_text)
        kind = _KINDS.get(value_type, STRING)
        if kind == STRING:
            return _string(
                cell.get("office:string-value", display_text)
                if value_type == "string"
                else display_text
            )
        value = next((cell[name] for name in _NUMBERS if name in cell), "")
        if value in {"0", "1"} and display_text in {"TRUE", "FALSE"}:
            # LibreOffice stores a logical cell of Excel as the number of =TRUE().
            return BOOL, value, 0
        return kind, value, self._format(value_type, value, display_text)

    def _format(self, value_type: str, value: str, display_text: str) -> int:
        """The index of the format that the shown text implies: a percentage or padded digits."""
        name = PERCENT if value_type == "percentage" else ""
        if (
            value_type == "float"
            and display_text.isdigit()
            and len(display_text) > 1
            and display_text.startswith("0")
        ):
            name = "0" * len(display_text)
        if name not in self.formats:
            self.formats.append(name)
        return self.formats.index(name)


def _string(display_text: str) -> tuple[int, str, int] | None:
    return (STRING, display_text, 0) if display_text.strip() else None


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1
