"""Tell rows of data from totals, repeated headers, signature lines and text beside the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from board.ledgers import Field
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import NUMBER, STRING, Sheet, letters
from board.workbook.table.header import Header
from board.workbook.values.text import cleaned, compact, heading

TOTALS = {"合计", "小计", "总计"}
# How a signature line or a remark begins: 填表人：张三, 审核人, 注：…
_SIGNED = (
    r"^(?:(?:填[报表写]|制[表单]|编制|审[核批]|复核|核对|负责|经办|联系|主管|分管|领导|单位|部门"
    r"|签[字名章]|盖章|日期|时间|电话|截至|统计|数据来源|资料来源|来源|报送|上报)[^:]{0,12}:"
    r"|(?:填[报表]|制表|审核|复核|负责|经办|编制)(?:人|单位|部门|日期|时间)"
    r"|(?:注|备注|附注|说明|填表说明|填报说明|提示|注意)[0-9一二三]{0,2}[:.、])"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEW = 20
_SENTENCE = 4
Reads = Callable[[Field, int, str, int], bool]


@dataclass(frozen=True)
class Body:
    """The cells under a header, and the rows of them that are rows of data."""

    cells: pl.DataFrame
    rows: pl.Series

    def column(self, col: int) -> pl.DataFrame:
        """The cells of one column, in rows of data only."""
        cells = self.cells.filter(pl.col("col") == col)
        return cells.filter(pl.col("row").is_in(self.rows.implode()))


def body_of(sheet: Sheet, header: Header, notes: Notes, reads: Reads) -> Body:
    """The rows of data under a header; what else stands there goes into `notes`.

    `reads(field, kind, text, format)` says whether a cell is a value of its column.
    """
    start = sheet.cells["row"].search_sorted(header.row, side="right")
    cells = _without_blanks(sheet.cells.slice(int(start)))
    totals = _totals(cells, notes)
    known = pl.col("col").is_in(list(header.fields))
    rows = cells.filter(known)["row"]
    counted = rows.filter(~rows.is_in(totals.implode())).rle().struct.unnest()
    repeated = _repeated_headers(cells, header, notes)
    counted = counted.filter(~pl.col("value").is_in(repeated))
    remarks = _remarks(cells, counted, sheet, header, reads)
    for row, col, text in (
        cells.filter(pl.col("row").is_in(remarks), known).select("row", "col", "text").iter_rows()
    ):
        notes.add(fault("outside_table", None, cleaned(text)), None, row, col)
    data = counted.filter(~pl.col("value").is_in(remarks))["value"]
    beside = cells.filter(~known)
    beside = beside.filter(~pl.col("row").is_in(totals.implode()))
    _note_outside(beside, data, header, notes)
    return Body(cells, data)


def _without_blanks(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells without text that never counts: a cell of spaces is a blank one."""
    doubtful = (pl.col("kind") == STRING) & ~pl.col("text").str.contains(r"[^\s\p{C}]")
    texts = cells.filter(doubtful)["text"].unique()
    blank = [text for text in texts if not cleaned(text)]
    if not blank:
        return cells
    return cells.filter((pl.col("kind") != STRING) | ~pl.col("text").is_in(blank))


def _totals(cells: pl.DataFrame, notes: Notes) -> pl.Series:
    """The rows whose first filled cell says that they are totals."""
    first = cells.filter(
        (pl.col("row") != pl.col("row").shift(1)).fill_null(True),
        pl.col("kind") == STRING,
        pl.col("text").str.contains("计"),
    )
    found = [text for text in first["text"].unique() if compact(text).strip(":") in TOTALS]
    rows = first.filter(pl.col("text").is_in(found))
    for row, col, text in rows.select("row", "col", "text").iter_rows():
        notes.add(fault("total_row", None, cleaned(text)), None, row, col)
    return rows["row"]


def _repeated_headers(cells: pl.DataFrame, header: Header, notes: Notes) -> list[int]:
    """The rows that say again what the header says."""
    names = {col: heading(field.header) for col, field in header.fields.items()}
    longest = 3 * max(len(name) for name in names.values())
    strings = cells.filter(
        pl.col("kind") == STRING,
        pl.col("text").str.len_chars() < longest,
        pl.col("text").str.contains("|".join({name[0] for name in names.values()})),
    )
    texts = {text: heading(text) for text in strings["text"].unique()}
    said = set(names.values())
    same = strings.filter(pl.col("text").is_in([t for t, name in texts.items() if name in said]))
    found: dict[int, int] = {}
    for row, col, text in same.select("row", "col", "text").iter_rows():
        if names.get(col) == texts[text]:
            found[row] = found.get(row, 0) + 1
    filled = cells.filter(pl.col("row").is_in(list(found)), pl.col("col").is_in(list(names)))
    lengths = dict(filled.group_by("row").len().iter_rows())
    repeated = [row for row, count in found.items() if count >= 2 and count * 2 > lengths[row]]
    for row in repeated:
        notes.add(fault("repeated_header"), None, row, min(header.fields))
    return repeated


def _remarks(
    cells: pl.DataFrame, counted: pl.DataFrame, sheet: Sheet, header: Header, reads: Reads
) -> list[int]:
    """The rows that can't be data: signature lines, remarks and subtitles.

    Only a row that lacks a cell it must have is looked at; `counted` gives the filled
    cells (`len`) of each row (`value`).
    """
    required = [col for col, field in header.fields.items() if field.required]
    inside = cells.filter(pl.col("col").is_in(list(header.fields)))
    needed = inside.filter(pl.col("col").is_in(required)).group_by("row").len()
    whole = needed.filter(pl.col("len") == len(required))["row"]
    thin = counted.filter(~pl.col("value").is_in(whole.implode()))
    if thin.is_empty():
        return []
    inside = inside.filter(pl.col("row").is_in(thin["value"].implode()))
    first = inside.filter((pl.col("row") != pl.col("row").shift(1)).fill_null(True))
    bare = pl.col("text").str.replace_all(r"\s", "").str.replace_all("：", ":")
    signed = first.filter(pl.col("kind") == STRING, bare.str.contains(_SIGNED))["row"].to_list()
    single = first.filter(
        pl.col("row").is_in(thin.filter(pl.col("len") == 1)["value"].implode()),
        pl.col("kind") == STRING,
        ~pl.col("row").is_in(signed),
    )
    last = int(whole.max() or 0)  # type: ignore[arg-type]
    wide = {(block[0], block[1]) for block in sheet.merged if block[3] > block[1]}
    for row, col, kind, text, form in single.select(
        "row", "col", "kind", "text", "format"
    ).iter_rows():
        field = header.fields[col]
        if (
            (row, col) in wide
            or not reads(field, kind, text, form)
            or (
                row > last
                and field.kind == "text"
                and len(_CHINESE.findall(text)) >= _SENTENCE
                and not _stands_elsewhere(cells, row, col, text)
            )
        ):
            signed.append(row)
    return signed


def _stands_elsewhere(cells: pl.DataFrame, row: int, col: int, text: str) -> bool:
    same = (pl.col("col") == col) & (pl.col("text") == text) & (pl.col("row") != row)
    return not cells.filter(same).is_empty()


def _note_outside(beside: pl.DataFrame, rows: pl.Series, header: Header, notes: Notes) -> None:
    """Warn of text that belongs to no row or no column of the table."""
    data = rows.implode()
    unread = pl.col("col").is_in(list(header.unread))
    loose = beside.filter(~unread | (~pl.col("row").is_in(data) & (pl.col("kind") != NUMBER)))
    counts = pl.len().over("col")
    shown = loose.filter((counts <= _FEW) | pl.int_range(pl.len()).over("col").eq(0))
    lengths = dict(loose.group_by("col").len().iter_rows())
    for row, col, text in shown.select("row", "col", "text").iter_rows():
        found, count = cleaned(text), lengths[col]
        many = fault("outside_column", None, found, count=count, col=letters(col))
        notes.add(fault("outside_table", None, found) if count <= _FEW else many, None, row, col)
