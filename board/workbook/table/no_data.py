"""Recognise rows that are no data: totals, numbering, units, examples, hints and subtitles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polars as pl

from board.ledgers.fields.cell import ERROR, STRING, UNCOMPUTED
from board.ledgers.fields.spelling import compact, stands_for_nothing
from board.ledgers.kinds.text import Text
from board.workbook.table.candidates import Candidates, Cell

# Totals that are passed over wherever they stand, even in a row with all it needs.
TOTALS = {"合计", "小计", "总计"}
_SUM = "合计|小计|总计|汇总|累计|共计|总和|总数|平均数?|平均值|total"
_TOTAL = re.compile(
    rf".{{0,16}}?(?:{_SUM})(?:金额|人数|户数|数|额)?:?(?:\([^()]*\))?:?"
    rf"|(?:{_SUM}|共):?\d[\d,.]*[\u4e00-\u9fff㎡%]{{0,4}}",
    re.IGNORECASE,
)
_MAY_BE_TOTAL = r"(?i)[计汇总共]|平\s*均|t\s*o\s*t\s*a\s*l"
_AMOUNT = re.compile(r"[-+¥]?\d[\d,.]*%?[\u4e00-\u9fff㎡]{0,3}")
_UNIT = re.compile(
    r"\(?(?:单位:?)?(?:[十百千万亿]?元(?:/.{1,3})?|[十百千万]?[人户个月天日年次件套间处名家栋批期座辆份项]"
    r"|人次|平方米|㎡|m2|亩|公顷|%|‰|百分比|百分数|公里|米|吨|公斤|度|是/否"
    r"|[年y]{1,4}(?:[-/.年]?[月m]{1,2}月?)?(?:[-/.]?[日d]{1,2}日?)?)\)?",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"[必选可不]填|填[写报]|格式|例如|^如|如:|下拉|选择|[单多]选|文本|汉字|文字|数字|整数|小数|日期|年月|位数"
    r"|\d+位|是/否|是或否|yyyy|一致|保留|说明|代码|默认|自动|公式|唯一|要求",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"[(\[【]?(?:填[写报表])?(?:示例|样例|范例|举例|例)\d{0,2}[)\]】]?(?::.*)?")
_SUBTITLE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[^、,]{1,4}[组部单批栋]).*"
)
_HAN = r"[\u4e00-\u9fff]"
_SERIES = ("甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NUMBER = re.compile(
    r"\(?(\d{1,3}(?:\.0)?|[A-Za-z]|[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十])\)?(?:=.*)?"
)
_NUMBERED = {"栏次", "行次", "列次", "序号", "编号"}
# The rows so far below the header may be its numbering, units, hints and examples.
_LEAD = 5
# So many rows that lack something are looked at one by one.
_MOST = 2_000

Recognised = Iterator[Cell]


def recognised(table: Candidates) -> Iterator[tuple[str, Cell]]:
    """The rule and a cell of each row that can be told not to be data before its remarks are."""
    for rule, cells in (
        ("total_row", _totals(table)),
        ("numbering_row", _numberings(table)),
        ("unit_row", _units(table)),
        ("example_row", _examples(table)),
        ("hint_row", _hints(table)),
    ):
        yield from ((rule, cell) for cell in cells)


def _totals(table: Candidates) -> Recognised:
    """Rows that name a total, in any column, and have no key of their own."""
    short = (pl.col("kind") == STRING) & (pl.col("text").str.len_chars() <= 40)
    named = table.cells.filter(short & pl.col("text").str.contains(_MAY_BE_TOTAL))
    texts = {text for text in named["text"].unique() if _TOTAL.fullmatch(compact(text))}
    rows = named.filter(pl.col("text").is_in(list(texts)))["row"].unique()
    lacking = set(rows.filter(rows.is_in(table.lacking.implode())))
    lacking |= set(rows.filter(~rows.is_in(table.inside["row"].implode())))
    for cells in table.rows(rows, everywhere=True):
        total = next(cell for cell in cells if cell.kind == STRING and cell.text in texts)
        usual = total is cells[0] and total.spelling.strip(":") in TOTALS
        if usual or (total.row in lacking and _sums(table, cells, total)):
            yield total


def _sums(table: Candidates, cells: list[Cell], total: Cell) -> bool:
    """Whether a row has no key, and nothing but amounts on the right of the word for its total."""
    keyed = {cell.col for cell in cells if cell is not total and not _nothing(cell)}
    return not keyed.issuperset(table.keys) and all(
        cell.is_number
        or cell.kind in {UNCOMPUTED, ERROR}
        or (
            cell.kind == STRING
            and (_nothing(cell) or _AMOUNT.fullmatch(cell.spelling) or _unit(cell))
        )
        for cell in cells
        if cell.col > total.col
    )


def _nothing(cell: Cell) -> bool:
    return cell.kind == STRING and stands_for_nothing(cell.text)


def _unit(cell: Cell) -> bool:
    return cell.kind == STRING and bool(_UNIT.fullmatch(cell.spelling))


def _numberings(table: Candidates) -> Recognised:
    """Rows that number the columns: 1 2 3 4, 甲 乙 1 2, A B C."""
    short = table.cells.filter(pl.col("row").is_in(_looked_at(table).implode()))
    lengths = short.group_by("row").agg(pl.col("text").str.len_chars().max(), pl.len())
    rows = lengths.filter(pl.col("text") <= 12, pl.col("len") >= 3)["row"]
    for cells in table.rows(rows, everywhere=True):
        if _numbers(cells[1:] if cells[0].spelling in _NUMBERED else cells):
            yield cells[0]


def _numbers(cells: list[Cell]) -> bool:
    """Whether the texts of a row count on, each series once from its first member."""
    before: tuple[int, int] | None = None
    begun: set[int] = set()
    for cell in cells:
        place = _place(cell.spelling)
        if place is None or (
            place[1] != 1 and (before is None or place != (before[0], before[1] + 1))
        ):
            return False
        if place[1] == 1 and place[0] in begun:
            return False
        begun.add(place[0])
        before = place
    return len(cells) >= 3


def _place(text: str) -> tuple[int, int] | None:
    """The series that a text like 3, (3), 丙 or 4=2+3 belongs to, and its place there."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign = match.group(1).removesuffix(".0").upper()
    if sign.isdigit():
        return len(_SERIES), int(sign)
    return next(
        ((n, letters.index(sign) + 1) for n, letters in enumerate(_SERIES) if sign in letters), None
    )


def _looked_at(table: Candidates) -> pl.Series:
    """The rows just below the header, and the first of those that lack something."""
    lead = table.cells.filter(pl.col("row") <= table.header.row + _LEAD)["row"]
    return pl.concat([lead, table.lacking.head(_MOST)]).unique()


def _units(table: Candidates) -> Recognised:
    """Rows that only have units of measurement."""
    lacking = table.part(table.lacking.head(_MOST))
    longest = lacking.group_by("row").agg(
        pl.col("text").str.len_chars().max(),
        pl.col("kind").n_unique(),
        first=pl.col("kind").first(),
    )
    texts = longest.filter(pl.col("text") <= 16, pl.col("kind") == 1, pl.col("first") == STRING)
    for cells in table.rows(texts["row"]):
        if all(_unit(cell) for cell in cells) and not any(
            _typed_value(table, cell) for cell in cells
        ):
            yield cells[0]


def _lead(table: Candidates, *, everywhere: bool) -> Iterable[list[Cell]]:
    rows = table.inside.filter(pl.col("row") <= table.header.row + _LEAD)["row"].unique()
    return table.rows(rows, everywhere=everywhere)


def _examples(table: Candidates) -> Recognised:
    """Rows below the header that say they are examples."""
    for cells in _lead(table, everywhere=True):
        if cells[0].kind == STRING and _EXAMPLE.fullmatch(cells[0].spelling):
            yield cells[0]


def _hints(table: Candidates) -> Recognised:
    """Rows between header and data that say how to fill in, and hold no value of a typed column."""
    for cells in _lead(table, everywhere=False):
        if cells[0].row > max(table.last, table.header.row + 1):
            continue
        hints = sum(1 for cell in cells if _hint(cell))
        if 2 * hints >= len(cells) and not any(_typed_value(table, cell) for cell in cells):
            yield next(cell for cell in cells if _hint(cell))


def _hint(cell: Cell) -> bool:
    return cell.kind == STRING and (_unit(cell) or bool(_HINT.search(cell.spelling)))


def _typed_value(table: Candidates, cell: Cell) -> bool:
    """Whether a cell is a value that its column does not take from every text."""
    field = table.header.fields[cell.col]
    if isinstance(field, Text) and not field.has_list:
        return cell.kind != STRING
    return table.takes(cell)


def subtitles(table: Candidates) -> Recognised:
    """Rows among the data that have a single text, which is no value like those of its column."""
    lacking = table.lacking.filter(table.lacking < table.last).head(_MOST)
    alone = table.part(lacking).group_by("row").len().filter(pl.col("len") == 1)
    for (cell,) in table.rows(alone["row"]):
        if _in_free_text(table, cell) and (
            _SUBTITLE.fullmatch(cell.spelling) or _unlike_its_column(table, cell)
        ):
            yield cell


def _in_free_text(table: Candidates, cell: Cell) -> bool:
    """Whether a text stands in a column that takes every text."""
    field = table.header.fields[cell.col]
    return cell.kind == STRING and isinstance(field, Text) and not field.has_list


def _unlike_its_column(table: Candidates, cell: Cell) -> bool:
    """Whether a text has Chinese characters and no complete row has any in its column."""
    if len(re.findall(_HAN, cell.text)) < 2:
        return False
    column = table.inside.filter(pl.col("col") == cell.col, pl.col("row") != cell.row)
    values = column.filter(pl.col("row").is_in(table.complete.implode()))["text"]
    return not values.str.contains(_HAN).any()
