"""Every kind of column reads, refuses, and stands in templates, exports and documents."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from board import template
from board.export.columns import FORMATS, cell
from board.ledgers import document, ledgers
from board.ledgers.columns import Ledger
from board.ledgers.fields import Field
from board.ledgers.fields.cell import STRING, Cell, Context
from board.ledgers.fields.moments import moment_of
from board.ledgers.kinds import by_module, kinds
from board.ledgers.plan_sheets import SHEETS
from board.reference import shipped_lists
from board.workbook.findings.finding import findings
from board.workbook.findings.notes import Place
from board.workbook.findings.words import WORDS
from tests.support.answers import present

PROJECT = Path(__file__).resolve().parent.parent
TODAY = Context(date(2024, 6, 1))
# The sheets of plans use kinds that no ledger has.
DECLARED = (*ledgers(), *SHEETS)
KINDS = pytest.mark.parametrize("kind", list(kinds()))


def column(kind: str) -> Field:
    """A column of the kind, with two codes."""

    class Some(Ledger):
        column = kinds()[kind]("列", ["甲", "乙"])

    return Some.fields()[0]


@KINDS
def test_a_kind_reads_its_examples(kind: str) -> None:
    field = column(kind)
    read = {text: field.value(Cell(STRING, text), TODAY) for text in field.examples}
    assert read == {text: (value, None) for text, value in field.examples.items()}
    values = [value for value, _ in read.values()]
    assert pl.Series(values, dtype=field.dtype, strict=True).to_list() == values


@KINDS
def test_a_kind_refuses_in_its_own_words(kind: str) -> None:
    field = column(kind)
    assert field.refusals
    for text, rule in field.refusals.items():
        value, fault = field.value(Cell(STRING, text), TODAY)
        assert (value, fault and fault.rule, fault and fault.severity) == (None, rule, "error")
        own = next(f for sheet in DECLARED for f in sheet.fields() if f.kind == kind)
        ledger = next(x.name for x in DECLARED if own in x.fields())
        (finding,) = findings("f", [(Place("s", "A1", ledger, own.name), present(fault))])
        assert finding.message.text == WORDS[rule]
        assert own.header in finding.message.zh
        assert finding.message.en


@KINDS
def test_a_kind_stands_in_template_export_and_document(kind: str, tmp_path: Path) -> None:
    declared = kinds()[kind]
    ledger = next(x for x in DECLARED if any(f.kind == kind for f in x.fields()))
    field = next(f for f in ledger.fields() if f.kind == kind)
    named = template.described(ledger, shipped_lists())
    described = next(row for row in named if row[0] == field.header)
    assert described[1].startswith(declared.fill_in)
    assert FORMATS[kind] == declared.export_format
    for value in declared.examples.values():
        exported, number_format = cell(kind, value)
        assert exported is not None
        assert number_format == declared.export_format
    assert f"`{field.name}` | {declared.title}" in document.page()
    path = template.write_sheets([ledger], tmp_path / "made.xlsx")
    sheet = openpyxl.load_workbook(path)[ledger.sheet]
    col = ledger.fields().index(field) + 1
    styles = [x for x in sheet.column_dimensions.values() if x.min <= col <= x.max]
    assert [style.number_format for style in styles] == [declared.template_format]


def test_a_ledger_calls_a_kind_by_its_file() -> None:
    from board.ledgers import columns

    assert {name: getattr(columns, name) for name in by_module()} == by_module()
    with pytest.raises(AttributeError, match="weight"):
        columns.weight  # noqa: B018


def test_the_frame_of_every_ledger_is_a_schema_of_dataframely() -> None:
    for ledger in ledgers():
        assert ledger.is_valid(ledger.empty())
        for field in ledger.fields():
            assert ledger.columns()[field.name] is field
            assert field.nullable == (not field.required)


KIND = '''"""The kind `clock`: a time of day."""

import re

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import refused
from board.ledgers.fields.field import Field


class Clock(Field, dy.String):
    """A time of day like 08:30 (String)."""

    kind, title, fill_in, accepts = "clock", "时刻", "时刻，如 08:30", N_("时刻，如 08:30")
    words = {"clock": N_("“{header}”的“{found}”不是时刻，应为{expected}")}
    examples = {"08:30": "08:30"}
    refusals = {"八点": "clock"}
    template_format = export_format = "hh:mm"

    def read(self, cell, context):
        if re.fullmatch(r"[0-2][0-9]:[0-5][0-9]", cell.text):
            return cell.text, None
        return refused("clock", cell.text)
'''
LEDGER = '''"""值班台账: who was on duty."""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Duties(Ledger):
    """One row is one duty."""

    sheet = "值班台账"
    name = "duties"
    keeper = "社会事务局"

    duty_id = column.text("值班编号", key=True)
    begins = column.clock("开始时刻", required=True)
'''
TRIED = """
import sys
from pathlib import Path

import openpyxl
import polars as pl

from board import template
from board.export.columns import of_ledger
from board.export.workbook import Sheet, workbook_of
from board.ledgers import by_name, document
from board.workbook import read

folder = Path(sys.argv[1])
ledger = by_name()["duties"]
(path,) = template.write(["duties"], folder)
book = openpyxl.load_workbook(path)
sheet = book["值班台账"]
assert sheet.column_dimensions["B"].number_format == "hh:mm"
assert sheet["B1"].value == "开始时刻*"
for row in (["1", "08:30"], ["2", "八点"], ["3", None]):
    sheet.append(row)
book.save(folder / "a.xlsx")
reading = read(folder / "a.xlsx", folder / "out")
assert [(f.cell, f.rule, f.message.zh) for f in reading.findings] == [
    ("B3", "clock", "“开始时刻”的“八点”不是时刻，应为时刻，如 08:30"),
    ("B4", "required", "“开始时刻”必填"),
], reading.findings
frame = pl.read_parquet(folder / "out" / "duties.parquet")
assert frame["begins"].to_list() == ["08:30", None, None]
columns = of_ledger(ledger.fields(), frame)
(folder / "b.xlsx").write_bytes(workbook_of([Sheet("值班台账", frame, columns)], []))
cell = openpyxl.load_workbook(folder / "b.xlsx")["值班台账"]["B2"]
assert (cell.value, cell.number_format) == ("08:30", "hh:mm")
assert "| 开始时刻* | `begins` | 时刻 |" in document.page()
assert ("开始时刻", "时刻，如 08:30", "", "") in template.described(ledger, {})
"""


def test_a_new_kind_is_one_file(tmp_path: Path) -> None:
    for folder in ("board", "locale", "data/reference", "data/plans"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=ignored)
    declared = tmp_path / "board" / "ledgers"
    (declared / "kinds" / "clock.py").write_text(KIND, "utf-8")
    (declared / "duties.py").write_text(LEDGER, "utf-8")
    (tmp_path / "made").mkdir()
    run = subprocess.run(
        [sys.executable, "-B", "-c", TRIED, str(tmp_path / "made")],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(tmp_path)},
    )
    assert run.returncode == 0, run.stderr


def test_the_day_that_never_was_is_no_day() -> None:
    """Excel counts 29 February 1900 as day 60 in workbooks that count from 1900."""
    assert [moment_of(n, from_1904=False) for n in (59, 60, 60.5, 61)] == [
        (date(1900, 2, 28), 0), None, None, (date(1900, 3, 1), 0),
    ]  # fmt: skip
    assert moment_of(60, from_1904=True) == (date(1904, 3, 1), 0)
