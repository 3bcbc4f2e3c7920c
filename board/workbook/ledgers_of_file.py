"""Read every ledger of one file: typed rows, findings, and the place of each column."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl

from board.ledgers import Ledger, ledgers
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes, gathered
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.opening import opened
from board.workbook.readers.sheet import Book, Sheet, Source, letters
from board.workbook.table.header import header_of
from board.workbook.table.rows import Body, body_of
from board.workbook.table.typed import frames, typed
from board.workbook.values.cell import Manner, value
from board.workbook.values.text import heading, nearest

PLACES, FAULTS, SUMMARY = "places.parquet", "faults.parquet", "summary.json"
OURS = {"填表说明", "代码表"}
CHINA = timezone(timedelta(hours=8))


def read_into(path: Path, name: str, out: Path, work: Path, limits: Limits) -> None:
    """Read a file; rows go to `out`, findings and the summary to `work`."""
    notes: list[Notes] = []
    tables: dict[str, list[pl.DataFrame]] = defaultdict(list)
    places: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    try:
        _read_sheets(path, name, limits, notes, tables, places)
    except RefusedError as refused:
        tables.clear()
        notes = [Notes()]
        notes[0].add(fault(refused.rule, limit=refused.limit))
    rows = {}
    known = {ledger.name: ledger for ledger in ledgers()}
    for ledger_name, parts in tables.items():
        frame = frames(parts, known[ledger_name])
        rows[ledger_name] = len(frame)
        frame.write_parquet(out / f"{ledger_name}.parquet")
    spots, faults = gathered(notes)
    spots.write_parquet(work / PLACES)
    faults.write_parquet(work / FAULTS)
    summary = {"rows": rows, "columns": places}
    (work / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")


def _read_sheets(
    path: Path,
    name: str,
    limits: Limits,
    notes: list[Notes],
    tables: dict[str, list[pl.DataFrame]],
    places: dict[str, dict[str, dict[str, str]]],
) -> None:
    sheets = [heading(ledger.sheet) for ledger in ledgers()]
    with opened(path, name, sheets, limits) as book:
        _read_book(book, name, limits, notes, tables, places)


def _read_book(
    book: Book,
    name: str,
    limits: Limits,
    notes: list[Notes],
    tables: dict[str, list[pl.DataFrame]],
    places: dict[str, dict[str, dict[str, str]]],
) -> None:
    by_sheet = {heading(ledger.sheet): ledger for ledger in ledgers()}
    if len(book.sources) > limits.sheets:
        raise RefusedError("file_too_many_entries", limits.sheets)
    manner = Manner(datetime.now(CHINA).date(), book.from_1904, book.plain_text)
    for order, source in enumerate(book.sources):
        ledger = by_sheet.get(heading(source.name))
        if ledger is None:
            if heading(source.name) not in OURS:
                notes.append(_unknown(order, source, by_sheet))
            continue
        note = Notes(order, source.name, ledger.name)
        notes.append(note)
        frame, columns = _read_sheet(source, ledger, manner, note)
        tables[ledger.name].append(frame.with_columns(file=pl.lit(name), sheet=pl.lit(source.name)))
        places[ledger.name][source.name] = columns


def _unknown(order: int, source: Source, by_sheet: dict[str, type[Ledger]]) -> Notes:
    note = Notes(order, source.name)
    near = nearest(heading(source.name), by_sheet)
    suggestion = by_sheet[near].sheet if near else None
    known = "、".join(ledger.sheet for ledger in by_sheet.values())
    note.add(fault("unknown_sheet", None, source.name, known, suggestion))
    return note


def _read_sheet(
    source: Source, ledger: type[Ledger], manner: Manner, notes: Notes
) -> tuple[pl.DataFrame, dict[str, str]]:
    sheet = source.read()
    if source.hidden:
        notes.add(fault("hidden_sheet", None, source.name))
    if sheet.cells.is_empty():
        notes.add(fault("empty_sheet"))
        return ledger.empty(), {}
    header = header_of(sheet, ledger, notes)
    if header is None:
        return ledger.empty(), {}

    def reads(field: Any, kind: int, text: str, form: int) -> bool:
        _, wrong = value(field, kind, text, sheet.formats[form], manner)
        return wrong is None or wrong.severity != "error"

    body = body_of(sheet, header, notes, reads)
    if body.rows.is_empty():
        notes.add(fault("empty_sheet"))
        frame = ledger.empty()
    else:
        _note_hidden(sheet, body, header.fields, notes)
        frame = typed(body, sheet, header, ledger, manner, notes)
    return frame, {field.name: letters(col) for col, field in header.fields.items()}


def _note_hidden(sheet: Sheet, body: Body, fields: dict[int, Any], notes: Notes) -> None:
    rows = sorted(sheet.hidden_rows & set(body.rows)) if sheet.hidden_rows else []
    if rows:
        notes.add(fault("hidden_rows", None, _ranges(rows), count=len(rows)))
    for col, field in fields.items():
        if any(first <= col <= last for first, last in sheet.hidden_columns):
            notes.add(fault("hidden_columns", None, letters(col)), field.name)


def _ranges(rows: list[int]) -> str:
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in found]
    return "、".join([*shown[:20], "…"] if len(shown) > 20 else shown)
