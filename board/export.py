"""Write the rows in force as JSON, CSV or XLSX, each with its batch, file, sheet and row."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from board import durable
from board.journal import Looks
from board.ledgers import Field, Ledger, by_name
from board.publish import public_rows, rows_in_force

PROVENANCE = {"batch": "批次", "file": "文件", "sheet": "工作表", "row": "行号"}
PERSON = Field(name="person_id", header="人员编号", kind="text")
LIVE = ("=", "+", "-", "@", "\t", "\r")


def export(
    root: Path, ledgers: Sequence[str], form: str, out: Path | None, *, persons: bool = False
) -> None:
    """Write ledgers to `out`, or to stdout: `form` is json, csv or xlsx.

    Personal columns are left out and a person_id stands for the citizen ID, unless
    `persons`; then the look is recorded. Several ledgers as CSV need a folder.
    """
    durable.prepare(root)
    what = f"{' '.join(ledgers)} ({form}{', persons' if persons else ''})"
    Looks(root).record(durable.account(), "terminal", "export", what)
    tables = ((by_name()[name], _rows(root, name, persons)) for name in ledgers)
    if form == "xlsx" and out is not None:
        durable.write_whole(out, _workbook(tables))
    elif form == "csv" and out is not None and (len(ledgers) > 1 or out.is_dir()):
        out.mkdir(exist_ok=True)
        for ledger, rows in tables:
            durable.write_whole(out / f"{ledger.name}.csv", _text(_csv, [(ledger, rows)]))
    else:
        write = _csv if form == "csv" else _json
        if out is None:
            write(tables, sys.stdout)
        else:
            durable.write_whole(out, _text(write, tables))


Row = dict[str, Any]
Tables = Iterator[tuple[type[Ledger], list[Row]]] | Sequence[tuple[type[Ledger], list[Row]]]


def _rows(root: Path, name: str, persons: bool) -> list[Row]:
    """A ledger's rows with normalised values: months as 2024-03, quarters as 2024-Q1."""
    ledger = by_name()[name]
    frame = rows_in_force(root, name)
    if not persons:
        frame = public_rows(root, ledger, frame)
    kinds = {f.name: f.kind for f in ledger.fields()}
    known = kinds.keys() | PROVENANCE.keys() | {PERSON.name}
    frame = frame.select(name for name in frame.columns if name in known)
    return [
        {column: _value(kinds.get(column, ""), value) for column, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]


def _value(kind: str, value: Any) -> Any:
    if not isinstance(value, date):
        return value
    if kind == "month":
        return f"{value:%Y-%m}"
    if kind == "quarter":
        return f"{value.year}-Q{(value.month + 2) // 3}"
    return value.isoformat()


def _json(tables: Tables, file: TextIO) -> None:
    whole = {ledger.name: rows for ledger, rows in tables}
    json.dump(whole, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _csv(tables: Tables, file: TextIO) -> None:
    """One table with English headers; several codes in one cell are split by 、."""
    for ledger, rows in tables:
        writer = csv.DictWriter(file, _columns(ledger, rows), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)


def _inert(value: Any) -> Any:
    """A cell that a spreadsheet will not take for a formula."""
    text = "、".join(value) if isinstance(value, list) else value
    if isinstance(text, bool):
        return "true" if text else "false"
    return f"'{text}" if isinstance(text, str) and text.startswith(LIVE) else text


def _text(write: Any, tables: Tables) -> bytes:
    file = io.StringIO()
    write(tables, file)
    return file.getvalue().encode()


def _columns(ledger: type[Ledger], rows: list[Row]) -> list[str]:
    return list(rows[0]) if rows else [*(f.name for f in ledger.fields()), *PROVENANCE]


def _workbook(tables: Tables) -> bytes:
    """A workbook with a sheet a ledger, under the headers that keepers know; no cell is live."""
    import xlsxwriter

    memory = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, {"in_memory": True, **safe}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for ledger, rows in tables:
            sheet = book.add_worksheet(ledger.sheet)
            sheet.freeze_panes(1, 0)
            headers = {f.name: f.header for f in (*ledger.fields(), PERSON)} | PROVENANCE
            columns = _columns(ledger, rows)
            sheet.write_row(0, 0, [headers[name] for name in columns], bold)
            for number, row in enumerate(rows, start=1):
                for place, value in enumerate(row.values()):
                    _write(sheet, number, place, value, text)
    return memory.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", text)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        written = "、".join(value) if isinstance(value, list) else str(value)
        sheet.write_string(row, column, written, text)
