"""Tell rows of data from totals, repeated headers, signature lines and text beside the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from board.ledgers import Field
from board.workbook._fault import fault
from board.workbook._header import Header
from board.workbook._notes import Notes
from board.workbook._sheet import NUMBER, STRING, Sheet
from board.workbook._text import cleaned, compact, heading

TOTALS = {"合计", "小计", "总计"}
_SIGNED = re.compile(
    r"(填[报表写]|制[表单]|编制|审[核批]|复核|核对|负责|经办|联系|主管|分管|领导|单位|部门|签[字名章]"
    r"|盖章|日期|时间|电话|截至|统计|数据来源|资料来源|来源|报送|上报)[^:]{0,12}:"
    r"|(注|备注|附注|说明|填表说明|填报说明|提示|注意)[\d一二三]{0,2}[:.、]"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEW = 20
Reads = Callable[[Field, int, str, int], bool]


def data_of(sheet: Sheet, header: Header, notes: Notes, reads: Reads) -> pl.DataFrame:
    """The cells of the rows of data, in the columns of the ledger only.

    `reads(field, kind, text, format)` says whether a cell is a value of its column.
    """
    body = sheet.cells.filter(pl.col("row") > header.row)
    body = _without_blanks(body)
    body = _without_totals(body, notes)
    known = pl.col("col").is_in(list(header.fields))
    inside = body.filter(known)
    inside = _without_repeated_headers(inside, header, notes)
    remarks = _remarks(inside, sheet, header, reads)
    for row, col, text in (
        inside.filter(pl.col("row").is_in(remarks)).select("row", "col", "text").iter_rows()
    ):
        notes.add(fault("outside_table", None, cleaned(text)[:200]), None, row, col)
    inside = inside.filter(~pl.col("row").is_in(remarks))
    _note_outside(body.filter(~known), inside, header, notes)
    return inside


def _without_blanks(body: pl.DataFrame) -> pl.DataFrame:
    """Cells without text that never counts: a cell of spaces is a blank one."""
    texts = body.filter(pl.col("kind") == STRING)["text"].unique()
    blank = [
        text
        for text in texts.filter(texts.str.strip_chars().str.len_chars() < 40)
        if not cleaned(text)
    ]
    if not blank:
        return body
    return body.filter((pl.col("kind") != STRING) | ~pl.col("text").is_in(blank))


def _without_totals(body: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    first = body.group_by("row", maintain_order=True).first().filter(pl.col("kind") == STRING)
    totals = [text for text in first["text"].unique() if compact(text).strip(":") in TOTALS]
    if not totals:
        return body
    rows = first.filter(pl.col("text").is_in(totals))
    for row, col, text in rows.select("row", "col", "text").iter_rows():
        notes.add(fault("total_row", None, cleaned(text)), None, row, col)
    return body.filter(~pl.col("row").is_in(rows["row"].implode()))


def _without_repeated_headers(inside: pl.DataFrame, header: Header, notes: Notes) -> pl.DataFrame:
    headers = {heading(field.header): field for field in header.fields.values()}
    strings = inside.filter(pl.col("kind") == STRING)
    texts = [text for text in strings["text"].unique() if heading(text) in headers]
    if not texts:
        return inside
    names = {col: heading(field.header) for col, field in header.fields.items()}
    same: dict[int, int] = {}
    place: dict[int, int] = {}
    for row, col, text in (
        strings.filter(pl.col("text").is_in(texts)).select("row", "col", "text").iter_rows()
    ):
        if names[col] == heading(text):
            same[row] = same.get(row, 0) + 1
            place.setdefault(row, col)
    filled = dict(inside.group_by("row").len().iter_rows())
    repeated = [row for row, count in same.items() if count >= 2 and count * 2 > filled[row]]
    for row in repeated:
        notes.add(fault("repeated_header"), None, row, place[row])
    return inside.filter(~pl.col("row").is_in(repeated))


def _remarks(inside: pl.DataFrame, sheet: Sheet, header: Header, reads: Reads) -> list[int]:
    """The rows that can't be data: signature lines, remarks and subtitles."""
    required = sum(field.required for field in header.fields.values())
    counted = inside.group_by("row", maintain_order=True).agg(pl.len().alias("filled"))
    thin = counted.filter(pl.col("filled") < max(2, required))["row"]
    if not len(thin):
        return []
    full = counted.filter(~pl.col("row").is_in(thin.implode()))["row"]
    last = int(full.max()) if len(full) else 0  # type: ignore[arg-type]
    seen = _texts_by_column(inside.filter(~pl.col("row").is_in(thin.implode())))
    wide = {(block[0], block[1]) for block in sheet.merged if block[3] > block[1]}
    remarks = []
    for key, cells in inside.filter(pl.col("row").is_in(thin.implode())).group_by("row"):
        row = int(key[0])  # type: ignore[call-overload]
        rows = cells.sort("col").select("col", "kind", "text", "format").rows()
        if _is_remark(row, rows, header, wide, row > last, seen, reads):
            remarks.append(row)
    return remarks


def _is_remark(
    row: int,
    cells: list[tuple[int, int, str, int]],
    header: Header,
    wide: set[tuple[int, int]],
    trailing: bool,
    seen: dict[int, set[str]],
    reads: Reads,
) -> bool:
    col, kind, text, form = cells[0]
    if kind != STRING:
        return False
    bare = compact(text)
    if _SIGNED.match(bare):
        return True
    if len(cells) > 1:
        return False
    field = header.fields[col]
    if (row, col) in wide or not reads(field, kind, text, form):
        return True
    return (
        trailing
        and field.kind == "text"
        and text not in seen.get(col, set())
        and len(_CHINESE.findall(bare)) >= 4
    )


def _texts_by_column(cells: pl.DataFrame) -> dict[int, set[str]]:
    strings = cells.filter(pl.col("kind") == STRING).select("col", "text").unique()
    found: dict[int, set[str]] = {}
    for col, text in strings.iter_rows():
        found.setdefault(col, set()).add(text)
    return found


def _note_outside(beside: pl.DataFrame, inside: pl.DataFrame, header: Header, notes: Notes) -> None:
    """Warn of text that belongs to no row or no column of the table."""
    data = inside["row"].unique().implode()
    unread = pl.col("col").is_in(list(header.unread))
    loose = beside.filter(~unread | (~pl.col("row").is_in(data) & (pl.col("kind") != NUMBER)))
    for col in loose["col"].unique(maintain_order=True):
        cells = loose.filter(pl.col("col") == col)
        shown = cells if len(cells) <= _FEW else cells.head(1)
        for row, text in shown.select("row", "text").iter_rows():
            notes.add(fault("outside_table", None, cleaned(text)[:200]), None, row, col)
