"""Export the rows in force as JSON, CSV or XLSX, each with its batch, file, sheet and row."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import polars as pl

from board import storage
from board.export.columns import PROVENANCE, of_ledger
from board.export.definition_sheet import export_terms, ledger_terms
from board.export.workbook import Sheet, workbook_of
from board.journal import AuditLog, acts
from board.ledgers import Field, Ledger, by_name
from board.plan_names import keepers, lists
from board.publish import public_rows, rows_in_force, without_stand_ins

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def export(
    root: Path, ledgers: Sequence[str], form: str, out: Path | None, *, persons: bool = False
) -> None:
    """Write ledgers to `out`, or to stdout where it is None; `form` is json, csv or xlsx.

    Without `persons`, personal columns are left out and a person_id replaces the citizen ID. The
    export is recorded in the audit log. For several ledgers as CSV, `out` is a folder.
    """
    storage.prepare(root)
    act = acts.LedgerExport(tuple(ledgers), form, persons)
    AuditLog(root).record(storage.account(), "terminal", act)
    if form == "xlsx" and out is not None:
        storage.write_whole(out, workbook(root, ledgers, persons=persons))
        return
    tables = ((by_name()[name], _rows(root, name, persons)) for name in ledgers)
    if form == "csv" and out is not None and (len(ledgers) > 1 or out.is_dir()):
        out.mkdir(exist_ok=True)
        for ledger, rows in tables:
            storage.write_whole(out / f"{ledger.name}.csv", _text(_csv, [(ledger, rows)]))
    else:
        write = _csv if form == "csv" else _json
        if out is None:
            write(tables, sys.stdout)
        else:
            storage.write_whole(out, _text(write, tables))


Row = dict[str, Any]
Tables = Iterator[tuple[type[Ledger], list[Row]]] | Sequence[tuple[type[Ledger], list[Row]]]


def workbook(root: Path, names: Sequence[str], *, persons: bool = False) -> bytes:
    """The rows in force of ledgers as a workbook: a sheet each, and one that describes them."""
    sheets, about = [], list(export_terms(root))
    known, kept = lists(root), keepers(root)
    for name in names:
        ledger = by_name()[name]
        frame = _frame(root, ledger, persons)
        sheets.append(Sheet(ledger.sheet, frame, of_ledger(ledger.fields(), frame)))
        about += ledger_terms(ledger, frame, known, kept)
    return workbook_of(sheets, about)


def _frame(root: Path, ledger: type[Ledger], persons: bool) -> pl.DataFrame:
    """A ledger's rows in force, with or without the personal columns."""
    frame = rows_in_force(root, ledger.name)
    frame = without_stand_ins(frame) if persons else public_rows(root, ledger, frame)
    exported_columns = {f.name for f in ledger.fields()} | PROVENANCE.keys() | {"person_id"}
    return frame.select(name for name in frame.columns if name in exported_columns)


def _rows(root: Path, name: str, persons: bool) -> list[Row]:
    """A ledger's rows with normalised values: months as 2024-03, quarters as 2024-Q1."""
    ledger = by_name()[name]
    fields = {field.name: field for field in ledger.fields()}
    return [
        {column: fields.get(column, Field).plain_value(value) for column, value in row.items()}
        for row in _frame(root, ledger, persons).iter_rows(named=True)
    ]


def _json(tables: Tables, file: TextIO) -> None:
    rows_by_ledger = {ledger.name: rows for ledger, rows in tables}
    json.dump(rows_by_ledger, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _csv(tables: Tables, file: TextIO) -> None:
    """Write a table with English headers; 、 separates several codes in a cell."""
    for ledger, rows in tables:
        writer = csv.DictWriter(file, _columns(ledger, rows), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: inert(value) for name, value in row.items()} for row in rows)


def inert(value: Any) -> Any:
    """The cell of a .csv that no spreadsheet reads as a formula."""
    text = "、".join(value) if isinstance(value, list) else value
    if isinstance(text, bool):
        return "true" if text else "false"
    if not isinstance(text, str):
        return text
    # A carriage return would not be quoted, and would begin a cell of its own.
    line = re.sub(r"\r\n?", "\n", text)
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def _text(write: Any, tables: Tables) -> bytes:
    file = io.StringIO()
    write(tables, file)
    return file.getvalue().encode()


def _columns(ledger: type[Ledger], rows: list[Row]) -> list[str]:
    return list(rows[0]) if rows else [*(f.name for f in ledger.fields()), *PROVENANCE]
