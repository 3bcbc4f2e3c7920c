"""A batch as the workbook a department would send: a sheet for each ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from board.ledgers import Field, by_name
from board.sample import story
from board.sample.deliveries import FIRST_ROW, Delivery

TITLE = "{settlement}{sheet}({mark},人物、单位和数字均为虚构)"
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(delivery: Delivery, folder: Path) -> Path:
    """Write the delivery's workbook into `folder`; the same delivery gives the same bytes."""
    path = folder / delivery.file
    book = xlsxwriter.Workbook(path, OPTIONS)
    book.set_properties({"title": delivery.note, "created": delivery.at})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "header": book.add_format({"bold": True, "bottom": 1}),
        **{code: book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "@")},
    }
    for ledger, frame in delivery.frames.items():
        _sheet(book, styles, ledger, frame)
    book.close()
    return path


def _sheet(book: Any, styles: dict[str, Any], ledger: str, frame: pl.DataFrame) -> None:
    declared = by_name()[ledger]
    fields = declared.fields()
    sheet = book.add_worksheet(declared.sheet)
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.sample_width)
    title = TITLE.format(settlement=story.SETTLEMENT, sheet=declared.sheet, mark=story.MARK)
    sheet.write_string(0, 0, title, styles["title"])
    for column, field in enumerate(fields):
        sheet.write_string(1, column, field.header, styles["header"])
    _cells(sheet, styles, fields, frame)


def _cells(
    sheet: Any, styles: dict[str, Any], fields: tuple[Field, ...], frame: pl.DataFrame
) -> None:
    """Write every cell that has a value, row by row."""
    texts = frame.select(field.as_typed() for field in fields)
    numeric = [kind.is_numeric() for kind in texts.dtypes]
    formats = [styles.get(field.sample_format) for field in fields]
    columns = list(enumerate(zip(numeric, formats, strict=True)))
    for row, values in enumerate(texts.iter_rows(), FIRST_ROW - 1):
        for column, (number, style) in columns:
            value = values[column]
            if value is None:
                continue
            if number:
                sheet.write_number(row, column, value, style)
            else:
                sheet.write_string(row, column, value, style)
