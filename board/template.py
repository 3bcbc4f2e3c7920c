"""Workbooks to fill in, empty or prefilled, made from the declaration of each ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from board.i18n import speaking
from board.ledgers import Field, Ledger, by_name
from board.ledgers.other_sheets import GUIDE, LISTS, PREFILLED
from board.reference import Lists, shipped_keepers, shipped_lists

ROWS = 20_000
_FONT = {"font_name": "Noto Sans CJK SC", "font_size": 11}
_CADENCE = {
    "register": "登记册：有变化时填报，从“生效月份”起算",
    "monthly": "每月填报",
    "quarterly": "每季度填报",
    "as_held": "发生一次填一行",
}


def write(
    ledgers: Iterable[str],
    out: Path | str,
    names: Lists | None = None,
    keepers: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write `<sheet>模板.xlsx` into the folder `out` for each ledger named; returns the paths.

    `names` are the lists of names that the plan makes and `keepers` the department that keeps each
    ledger; by default the shipped plan's. An unknown name raises KeyError. A correctly filled
    template gives no finding when read.
    """
    declared = [by_name()[name] for name in ledgers]
    lists = names if names is not None else shipped_lists()
    kept = keepers if keepers is not None else shipped_keepers()
    return [
        _write(
            ledger,
            Path(out) / f"{ledger.sheet}模板.xlsx",
            lists,
            kept.get(ledger.name) or kept.get(ledger.sheet, ""),
        )
        for ledger in declared
    ]


@dataclass(frozen=True)
class Prefill:
    """What a prefilled template begins with: rows by column name, where an empty cell is null.

    The filled cells of the `locked` columns can't be changed while the sheet is protected. `about` says in
    the guide, in Chinese, what was filled in.
    """

    rows: pl.DataFrame
    locked: frozenset[str]
    about: str


def write_prefilled(
    ledger: type[Ledger], path: Path, names: Lists, keeper: str, prefill: Prefill
) -> None:
    """Write a ledger's template with rows to `path`; its protection has no password.

    `names` and `keeper` are as in `write`. Rows below the prefilled ones are open.
    """
    _write(ledger, path, names, keeper, prefill)


def write_sheets(sheets: Iterable[type[Ledger]], path: Path) -> Path:
    """Write one empty workbook with a sheet for each of `sheets`, such as those of a plan."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2023, 1, 1)})  # noqa: DTZ001
    template = _Template(book, shipped_lists())
    declared = tuple(sheets)
    for ledger in declared:
        _sheet(template, ledger)
    guide = book.add_worksheet(GUIDE)
    row = 0
    for ledger in declared:
        row = _guide(template, guide, ledger, "", row) + 2
    _lists(template)
    book.close()
    return path


@dataclass
class _Template:
    """A template while it is written: its workbook, its cell formats, lists for the hidden sheet."""

    book: Any
    names: Lists
    styles: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def style(self, **facts: Any) -> Any:
        """The cell format with these properties, made once."""
        key = repr(sorted(facts.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format({**_FONT, **facts})
        return self.styles[key]


def _write(
    ledger: type[Ledger], path: Path, names: Lists, keeper: str, prefill: Prefill | None = None
) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    # The same declaration gives the same bytes.
    book.set_properties({"title": ledger.sheet, "created": datetime(2023, 1, 1)})  # noqa: DTZ001
    template = _Template(book, names)
    sheet = _sheet(template, ledger)
    guide = book.add_worksheet(GUIDE)
    _guide(template, guide, ledger, keeper)
    if prefill is not None:
        _fill(template, sheet, ledger, prefill)
        guide.write_string(3, 0, f"{PREFILLED}{prefill.about}", template.style())
    guide.freeze_panes(5, 1)
    _lists(template)
    book.close()
    return path


def _sheet(template: _Template, ledger: type[Ledger]) -> Any:
    """Write the sheet to fill in, only its header, and return it."""
    sheet = template.book.add_worksheet(ledger.sheet)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    for col, column in enumerate(ledger.fields()):
        _column(template, sheet, col, column)
    return sheet


def _fill(template: _Template, sheet: Any, ledger: type[Ledger], prefill: Prefill) -> None:
    """Write the rows, and protect header and locked columns."""
    fields = ledger.fields()
    for col, column in enumerate(fields):
        facts: dict[str, Any] = {"num_format": column.template_format}
        if column.name in prefill.locked:
            facts |= {"locked": True, "bg_color": "#F2F2F2"}
        else:
            facts["locked"] = False
        style = template.style(**facts)
        for row, value in enumerate(_typed(column, prefill.rows[column.name]), start=1):
            if value is not None:
                _write_cell(sheet, row, col, value, style)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.autofilter(0, 0, max(prefill.rows.height, 1), len(fields) - 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def _typed(column: Field, values: pl.Series) -> list[Any]:
    """The values of a column as a workbook stores them, in the words of the template."""
    with speaking("zh"):
        cells = [None if value is None else column.exported(value) for value in values]
    return ["、".join(cell) if isinstance(cell, list | pl.Series) else cell for cell in cells]


def _write_cell(sheet: Any, row: int, col: int, value: Any, style: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, col, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, col, value, style)
    elif value != "":
        sheet.write_string(row, col, str(value), style)


def _column(template: _Template, sheet: Any, col: int, column: Field) -> None:
    """Write one column: its header, cell format and data validation."""
    head = template.style(
        bold=True,
        bg_color="#DCE6F1" if column.required else "#F2F2F2",
        border=1,
        border_color="#BFBFBF",
        valign="vcenter",
    )
    title = header(column)
    width = max(2 * len(title) + 3, column.template_width)
    body = template.style(num_format=column.template_format, locked=False)
    sheet.set_column(col, col, width, body)
    sheet.write_string(0, col, title, head)
    sheet.data_validation(1, col, ROWS, col, _validation(template, column))


def header(column: Field) -> str:
    """The header of a column as the template writes it: 月收入*, 面积(㎡)."""
    unit = f"({column.unit})" if column.unit else ""
    return f"{column.header}{unit}{'*' if column.required else ''}"


def _validation(template: _Template, column: Field) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "input_title": column.header[:32],
        "input_message": _hint(column)[:255],
        "error_title": column.header[:32],
        "error_message": f"应为：{column.fill_in}"[:255],
    }
    if codes := column.choices(template.names):
        source = _source(template, column, codes)
        return {**facts, "validate": "list", "source": source, "show_error": column.list_only}
    return facts | column.validation()


def _source(template: _Template, column: Field, codes: list[str]) -> list[str] | str:
    """The list itself, or its range on the hidden sheet where it is too long for a validation."""
    if len(",".join(codes)) <= 255 and not any("," in code for code in codes):
        return codes
    template.lists[column.header] = codes
    letter = xl_col_to_name(len(template.lists) - 1)
    return f"={LISTS}!${letter}$2:${letter}${len(codes) + 1}"


def _hint(column: Field) -> str:
    words = [column.fill_in, "必填" if column.required else "可空"]
    if column.note:
        words.append(column.note)
    return "；".join(words)


def _guide(template: _Template, guide: Any, ledger: type[Ledger], keeper: str, top: int = 0) -> int:
    """Write the guide from the row `top` on: what each column takes; returns the last row."""
    title = template.style(bold=True, font_size=14)
    head = template.style(bold=True, bg_color="#DCE6F1", border=1, border_color="#BFBFBF")
    body = template.style(text_wrap=True, valign="top", border=1, border_color="#D9D9D9")
    guide.write_string(top, 0, f"{ledger.sheet}填表说明", title)
    if keeper:
        about = f"填报单位：{keeper}；{_CADENCE[ledger.cadence]}"
        guide.write_string(top + 1, 0, about, template.style())
    guide.write_string(
        top + 2,
        0,
        "带 * 的列必填；请在表头以下逐行填写，不要合并单元格；身份证号请用文本格式。",
        template.style(),
    )
    for col, (name, width) in enumerate(
        [("列名", 18), ("必填", 8), ("填什么", 28), ("可选内容", 60), ("说明", 44)]
    ):
        guide.set_column(col, col, width)
        guide.write_string(top + 4, col, name, head)
    cells_of = described(ledger, template.names)
    for row, (column, cells) in enumerate(zip(ledger.fields(), cells_of, strict=True), top + 5):
        for col, text in enumerate([cells[0], "是" if column.required else "", *cells[1:]]):
            guide.write_string(row, col, text, body)
    return top + 5 + len(cells_of)


def described(ledger: type[Ledger], names: Lists) -> list[tuple[str, str, str, str]]:
    """For each column, in Chinese: its header, its kind and bounds, its valid values, its notes."""
    return [
        (column.header, _kind(column), _choice(column, names), _note(column, ledger))
        for column in ledger.fields()
    ]


def _kind(column: Field) -> str:
    bounds = ""
    if column.low is not None and column.high is not None:
        bounds = f",{column.low:g}–{column.high:g}"
    elif column.low is not None:
        bounds = f"，不小于 {column.low:g}"
    return f"{column.fill_in}{bounds}"


def _choice(column: Field, names: Lists) -> str:
    codes = column.choices(names)
    if len(codes) > 60:
        return f"见下拉列表({len(codes)} 项)，如 {'、'.join(codes[:3])}"
    return " / ".join(codes)


def _note(column: Field, ledger: type[Ledger]) -> str:
    words = [column.note] if column.note else []
    if column.key:
        words.append("与其他键列一起认定一行，不能重复")
    if column.refers_to:
        words.append(f"须在{by_name()[column.refers_to].sheet}内")
    words += [rule.expected.zh for rule in ledger.row_rules() if rule.at == column.name]
    words += [f"{'、'.join(others)}写作 {code}" for code, others in column.synonyms.items()]
    return "；".join(words)


def _lists(template: _Template) -> None:
    """Write the long lists on a hidden sheet."""
    if not template.lists:
        return
    sheet = template.book.add_worksheet(LISTS)
    sheet.hide()
    for col, (name, codes) in enumerate(template.lists.items()):
        sheet.write_string(0, col, name)
        sheet.write_column(1, col, codes)
