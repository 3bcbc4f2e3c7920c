"""Templates: made from the declarations, and read back as they were filled."""

from __future__ import annotations

import re
import warnings
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from board import template
from board.ledgers import Ledger, ledgers
from board.reference import shipped_lists
from tests.support.workbooks import ROWS, result

ALL = pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.name)


def made(ledger: type[Ledger], folder: Path) -> tuple[Path, openpyxl.Workbook]:
    (path,) = template.write([ledger.name], folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return path, openpyxl.load_workbook(path)


@ALL
def test_a_template_has_every_column_its_required_ones_starred_and_its_header_frozen(
    ledger: type[Ledger], tmp_path: Path
) -> None:
    path, book = made(ledger, tmp_path)
    assert path.name == f"{ledger.sheet}模板.xlsx"
    assert book.sheetnames[:2] == [ledger.sheet, "填表说明"]
    sheet = book[ledger.sheet]
    headers = [cell.value for cell in sheet[1]]
    assert [re.sub(r"\(.*\)|\*", "", header) for header in headers] == [
        f.header for f in ledger.fields()
    ]
    assert [header.endswith("*") for header in headers] == [f.required for f in ledger.fields()]
    assert sheet.freeze_panes == "A2"


@ALL
def test_a_blank_template_holds_nothing_but_a_header(ledger: type[Ledger], tmp_path: Path) -> None:
    path, _ = made(ledger, tmp_path)
    found = result(path)
    assert found.told() == [("empty_sheet", None, None)]
    assert found.reading.rows == {ledger.name: 0}


@ALL
def test_a_filled_template_reads_back_without_a_finding(
    ledger: type[Ledger], tmp_path: Path
) -> None:
    path, book = made(ledger, tmp_path)
    for col, field in enumerate(ledger.fields(), start=1):
        cell = book[ledger.sheet].cell(2, col)
        value = ROWS[ledger.name].get(field.header)
        if value is None:
            continue
        if field.kind == "percent":
            value = value / 100
        form = cell.number_format
        cell.value = value
        column = book[ledger.sheet].column_dimensions[cell.column_letter]
        cell.number_format = form if not isinstance(value, date) else "yyyy-mm-dd"
        if field.kind == "percent":
            cell.number_format = "0.0%"
        assert column.width
    book.save(path)
    found = result(path)
    assert found.told() == []
    assert found.reading.rows == {ledger.name: 1}


@ALL
def test_codes_are_offered_in_lists_and_ids_are_kept_as_text(
    ledger: type[Ledger], tmp_path: Path
) -> None:
    _, book = made(ledger, tmp_path)
    sheet = book[ledger.sheet]
    offered = {
        str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation
    }
    for col, field in enumerate(ledger.fields(), start=1):
        cell = sheet.cell(2, col).coordinate
        codes = field.choices(shipped_lists())
        if codes:
            assert offered[cell].type == "list"
            assert _list(book, str(offered[cell].formula1)) == codes
        if field.kind in {"id", "text"}:
            styles = [x for x in sheet.column_dimensions.values() if x.min <= col <= x.max]
            assert [style.number_format for style in styles] == ["@"]


def _list(book: openpyxl.Workbook, formula: str) -> list[str]:
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    place, cells = formula.lstrip("=").split("!")
    assert book[place].sheet_state == "hidden"
    return [cell.value for (cell,) in book[place][cells.replace("$", "")]]


@ALL
def test_the_guide_says_what_each_column_takes(ledger: type[Ledger], tmp_path: Path) -> None:
    _, book = made(ledger, tmp_path)
    rows = {row[0]: row for row in book["填表说明"].iter_rows(min_row=6, values_only=True)}
    for field in ledger.fields():
        _, required, kind, choice, _ = rows[field.header]
        assert (required == "是") == field.required
        assert kind
        if field.kind in {"code", "codes", "bool"}:
            assert choice


def test_several_templates_are_written_at_once_and_alike_each_time(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    names = [ledger.name for ledger in ledgers()]
    first = template.write(names, tmp_path)
    second = template.write(names, tmp_path / "again")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_ledger_nobody_declared_has_no_template(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        template.write(["nothing"], tmp_path)
