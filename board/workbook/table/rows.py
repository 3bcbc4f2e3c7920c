"""Separate rows of data from totals, repeated headers, signature lines and stray text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from board.ledgers.fields.cell import NUMBER, STRING
from board.ledgers.fields.spelling import cleaned, heading
from board.ledgers.kinds.text import Text
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet, letters
from board.workbook.table.candidates import Candidates, Cell, IsValue
from board.workbook.table.header import Header
from board.workbook.table.no_data import recognised, subtitles
from board.workbook.table.rest import prefilled, unfilled, untouched

# How a signature line or a remark begins: 填表人：张三, 审核人, 注：…
_REMARK = (
    r"^(?:(?:填[报表写]|制[表单]|编制|审[核批]|复核|核对|负责|经办|联系|主管|分管|领导|单位|部门"
    r"|签[字名章]|盖章|日期|时间|电话|截至|统计|数据来源|资料来源|来源|报送|上报)[^:]{0,12}:"
    r"|(?:填[报表]|制表|审核|复核|负责|经办|编制)(?:人|单位|部门|日期|时间)"
    r"|(?:注|备注|附注|说明|填表说明|填报说明|提示|注意)[0-9一二三]{0,2}[:.、])"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# So many stray cells of a column are noted one by one; more give one fault for the column.
_LISTED_CELLS = 20
# A text of so many Chinese characters under the table may be a remark.
_SENTENCE = 4


@dataclass(frozen=True)
class Body:
    """The cells under a header, and the numbers of the rows that are data.

    `lacking`: rows were left out that lack most of what they need, or all that was left to fill in.
    """

    cells: pl.DataFrame
    rows: pl.Series
    lacking: bool = False

    def column(self, col: int) -> pl.DataFrame:
        """The cells of one column in the rows of data."""
        cells = self.cells.filter(pl.col("col") == col)
        return cells.filter(pl.col("row").is_in(self.rows.implode()))


def body_of(
    sheet: Sheet,
    header: Header,
    notes: Notes,
    is_value: IsValue,
    carried: Collection[str] | None = None,
) -> Body:
    """The rows of data under a header; every other row or cell there goes into `notes`.

    `is_value(field, kind, text, format)` is true for a cell that its column accepts. `carried` are
    the columns that were filled in beforehand, in a template of which this is known.
    """
    start = sheet.cells["row"].search_sorted(header.row, side="right")
    cells = _without_blanks(sheet.cells.slice(int(start)))
    table = Candidates.of(cells, header, sheet, is_value)
    table, blank = _without(table, [] if carried is None else untouched(table, carried, notes))
    table, skipped = _without(table, _no_data(table, notes))
    table, _ = _without(table, _remarks(table, notes))
    copied = prefilled(table, notes) if carried is None else []
    table, later = _without(table, [*_noted(subtitles(table), notes), *copied])
    table, lacking = _without(table, unfilled(table, notes))
    outside = cells.filter(~pl.col("col").is_in(list(header.fields)))
    outside = outside.filter(~pl.col("row").is_in([*blank, *skipped, *later, *lacking]))
    _note_outside(outside, table.numbers, header, notes)
    return Body(cells, table.numbers, bool(lacking or blank))


def _without(table: Candidates, rows: list[int]) -> tuple[Candidates, list[int]]:
    """The table without these rows, and the rows."""
    return (table.without(rows) if rows else table), rows


def _no_data(table: Candidates, notes: Notes) -> list[int]:
    """The rows that are totals, headers once more, numbering, units, examples or hints; noted."""
    rows: dict[int, tuple[str, Cell]] = {}
    for rule, cell in recognised(table):
        rows.setdefault(cell.row, (rule, cell))
    repeated = [row for row in _repeated_headers(table.cells, table.header) if row not in rows]
    for rule, cell in rows.values():
        notes.add(fault(rule, None, cleaned(cell.text)), None, cell.row, cell.col)
    for row in repeated:
        notes.add(fault("repeated_header"), None, row, min(table.header.fields))
    return [*rows, *repeated]


def _noted(cells: Iterator[Cell], notes: Notes) -> list[int]:
    """The rows of these cells, each noted as a subtitle."""
    rows = []
    for cell in cells:
        notes.add(fault("subtitle_row", None, cleaned(cell.text)), None, cell.row, cell.col)
        rows.append(cell.row)
    return rows


def _without_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells except those whose text is only spaces or invisible characters."""
    doubtful = (pl.col("kind") == STRING) & ~pl.col("text").str.contains(r"[^\s\p{C}]")
    texts = cells.filter(doubtful)["text"].unique()
    blank = [text for text in texts if not cleaned(text)]
    if not blank:
        return cells
    return cells.filter((pl.col("kind") != STRING) | ~pl.col("text").is_in(blank))


def _repeated_headers(cells: pl.DataFrame, header: Header) -> list[int]:
    """The numbers of the rows that repeat the header."""
    names = {col: {heading(text) for text in field.headers} for col, field in header.fields.items()}
    headings = {name for taken in names.values() for name in taken}
    longest = 3 * max(len(name) for name in headings)
    strings = cells.filter(
        pl.col("kind") == STRING,
        pl.col("text").str.len_chars() < longest,
        pl.col("text").str.contains("|".join({name[0] for name in headings})),
    )
    texts = {text: heading(text) for text in strings["text"].unique()}
    same = strings.filter(
        pl.col("text").is_in([text for text, name in texts.items() if name in headings])
    )
    matches: dict[int, int] = {}
    for row, col, text in same.select("row", "col", "text").iter_rows():
        if texts[text] in names.get(col, ()):
            matches[row] = matches.get(row, 0) + 1
    filled = cells.filter(pl.col("row").is_in(list(matches)), pl.col("col").is_in(list(names)))
    lengths = dict(filled.group_by("row").len().iter_rows())
    return [row for row, count in matches.items() if count >= 2 and count * 2 > lengths[row]]


def _remarks(table: Candidates, notes: Notes) -> list[int]:
    """The numbers of the rows that can't be data: signature lines, remarks and subtitles.

    Only a row with an empty required cell can be one. Each of its cells is noted.
    """
    if table.lacking.is_empty():
        return []
    inside = table.part(table.lacking)
    first = inside.filter((pl.col("row") != pl.col("row").shift(1)).fill_null(True))
    content = pl.col("text").str.replace_all(r"\s", "").str.replace_all("：", ":")
    remarks = first.filter(pl.col("kind") == STRING, content.str.contains(_REMARK))["row"].to_list()
    alone = inside.group_by("row").len().filter(pl.col("len") == 1)["row"]
    single = first.filter(
        pl.col("row").is_in(alone.implode()),
        pl.col("kind") == STRING,
        ~pl.col("row").is_in(remarks),
    )
    wide = {(block[0], block[1]) for block in table.sheet.merged if block[3] > block[1]}
    for (cell,) in table.rows(single["row"]):
        if (cell.row, cell.col) in wide or not table.takes(cell) or _is_remark(table, cell):
            remarks.append(cell.row)
    for row, col, text in (
        inside.filter(pl.col("row").is_in(remarks)).select("row", "col", "text").iter_rows()
    ):
        notes.add(fault("outside_table", None, cleaned(text)), None, row, col)
    return remarks


def _is_remark(table: Candidates, cell: Cell) -> bool:
    """Whether the only text of a row below the table is a sentence that stands nowhere else."""
    return (
        cell.row > table.last
        and isinstance(table.header.fields[cell.col], Text)
        and len(_CHINESE.findall(cell.text)) >= _SENTENCE
        and not _stands_elsewhere(table.cells, cell.row, cell.col, cell.text)
    )


def _stands_elsewhere(cells: pl.DataFrame, row: int, col: int, text: str) -> bool:
    same = (pl.col("col") == col) & (pl.col("text") == text) & (pl.col("row") != row)
    return not cells.filter(same).is_empty()


def _note_outside(outside: pl.DataFrame, rows: pl.Series, header: Header, notes: Notes) -> None:
    """Note the cells that belong to no row or no column of the table."""
    data = rows.implode()
    unread = pl.col("col").is_in(list(header.unread))
    stray = outside.filter(~unread | (~pl.col("row").is_in(data) & (pl.col("kind") != NUMBER)))
    counts = pl.len().over("col")
    listed = stray.filter((counts <= _LISTED_CELLS) | pl.int_range(pl.len()).over("col").eq(0))
    lengths = dict(stray.group_by("col").len().iter_rows())
    for row, col, text in listed.select("row", "col", "text").iter_rows():
        content, count = cleaned(text), lengths[col]
        column_fault = fault("outside_column", None, content, count=count, col=letters(col))
        cell_fault = fault("outside_table", None, content)
        notes.add(cell_fault if count <= _LISTED_CELLS else column_fault, None, row, col)
