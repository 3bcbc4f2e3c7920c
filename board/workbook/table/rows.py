"""Separate rows of data from totals, repeated headers, signature lines and stray text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from board.ledgers import Field
from board.ledgers.fields.cell import NUMBER, STRING
from board.ledgers.fields.spelling import cleaned, compact, heading
from board.ledgers.kinds.text import Text
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet, letters
from board.workbook.table.header import Header

TOTALS = {"合计", "小计", "总计"}
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
IsValue = Callable[[Field, int, str, int], bool]


@dataclass(frozen=True)
class Body:
    """The cells under a header, and the numbers of the rows that are data."""

    cells: pl.DataFrame
    rows: pl.Series

    def column(self, col: int) -> pl.DataFrame:
        """The cells of one column in the rows of data."""
        cells = self.cells.filter(pl.col("col") == col)
        return cells.filter(pl.col("row").is_in(self.rows.implode()))


def body_of(sheet: Sheet, header: Header, notes: Notes, is_value: IsValue) -> Body:
    """The rows of data under a header; every other row or cell there goes into `notes`.

    `is_value(field, kind, text, format)` is true for a cell that its column accepts.
    """
    start = sheet.cells["row"].search_sorted(header.row, side="right")
    cells = _without_blanks(sheet.cells.slice(int(start)))
    totals = _totals(cells, notes)
    in_table = pl.col("col").is_in(list(header.fields))
    rows = cells.filter(in_table)["row"]
    counted = rows.filter(~rows.is_in(totals.implode())).rle().struct.unnest()
    repeated = _repeated_headers(cells, header, notes)
    counted = counted.filter(~pl.col("value").is_in(repeated))
    remarks = _remarks(cells, counted, sheet, header, is_value)
    for row, col, text in (
        cells.filter(pl.col("row").is_in(remarks), in_table)
        .select("row", "col", "text")
        .iter_rows()
    ):
        notes.add(fault("outside_table", None, cleaned(text)), None, row, col)
    data = counted.filter(~pl.col("value").is_in(remarks))["value"]
    outside = cells.filter(~in_table)
    outside = outside.filter(~pl.col("row").is_in(totals.implode()))
    _note_outside(outside, data, header, notes)
    return Body(cells, data)


def _without_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells except those whose text is only spaces or invisible characters."""
    doubtful = (pl.col("kind") == STRING) & ~pl.col("text").str.contains(r"[^\s\p{C}]")
    texts = cells.filter(doubtful)["text"].unique()
    blank = [text for text in texts if not cleaned(text)]
    if not blank:
        return cells
    return cells.filter((pl.col("kind") != STRING) | ~pl.col("text").is_in(blank))


def _totals(cells: pl.DataFrame, notes: Notes) -> pl.Series:
    """The numbers of the rows whose first filled cell names a total; they are noted."""
    first = cells.filter(
        (pl.col("row") != pl.col("row").shift(1)).fill_null(True),
        pl.col("kind") == STRING,
        pl.col("text").str.contains("计"),
    )
    names = [text for text in first["text"].unique() if compact(text).strip(":") in TOTALS]
    rows = first.filter(pl.col("text").is_in(names))
    for row, col, text in rows.select("row", "col", "text").iter_rows():
        notes.add(fault("total_row", None, cleaned(text)), None, row, col)
    return rows["row"]


def _repeated_headers(cells: pl.DataFrame, header: Header, notes: Notes) -> list[int]:
    """The numbers of the rows that repeat the header; they are noted."""
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
    repeated = [row for row, count in matches.items() if count >= 2 and count * 2 > lengths[row]]
    for row in repeated:
        notes.add(fault("repeated_header"), None, row, min(header.fields))
    return repeated


def _remarks(
    cells: pl.DataFrame, counted: pl.DataFrame, sheet: Sheet, header: Header, is_value: IsValue
) -> list[int]:
    """The numbers of the rows that can't be data: signature lines, remarks and subtitles.

    Only a row with an empty required cell can be one; `counted` gives the number of filled
    cells (`len`) of each row (`value`).
    """
    required = [col for col, field in header.fields.items() if field.required]
    inside = cells.filter(pl.col("col").is_in(list(header.fields)))
    needed = inside.filter(pl.col("col").is_in(required)).group_by("row").len()
    complete = needed.filter(pl.col("len") == len(required))["row"]
    incomplete = counted.filter(~pl.col("value").is_in(complete.implode()))
    if incomplete.is_empty():
        return []
    inside = inside.filter(pl.col("row").is_in(incomplete["value"].implode()))
    first = inside.filter((pl.col("row") != pl.col("row").shift(1)).fill_null(True))
    content = pl.col("text").str.replace_all(r"\s", "").str.replace_all("：", ":")
    remarks = first.filter(pl.col("kind") == STRING, content.str.contains(_REMARK))["row"].to_list()
    single_cells = first.filter(
        pl.col("row").is_in(incomplete.filter(pl.col("len") == 1)["value"].implode()),
        pl.col("kind") == STRING,
        ~pl.col("row").is_in(remarks),
    )
    last = int(complete.max() or 0)  # type: ignore[arg-type]
    wide = {(block[0], block[1]) for block in sheet.merged if block[3] > block[1]}
    for row, col, kind, text, form in single_cells.select(
        "row", "col", "kind", "text", "format"
    ).iter_rows():
        field = header.fields[col]
        if (
            (row, col) in wide
            or not is_value(field, kind, text, form)
            or (
                row > last
                and isinstance(field, Text)
                and len(_CHINESE.findall(text)) >= _SENTENCE
                and not _stands_elsewhere(cells, row, col, text)
            )
        ):
            remarks.append(row)
    return remarks


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
