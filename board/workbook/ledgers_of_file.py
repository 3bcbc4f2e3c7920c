"""Read every ledger of one file: typed rows, findings, and the place of each column."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import polars as pl

from board.ledgers import Ledger, ledgers
from board.ledgers.fields.cell import Cell, Context, Fault
from board.ledgers.fields.likeness import nearest_title
from board.ledgers.fields.spelling import heading
from board.ledgers.other_sheets import FINDINGS, GUIDE, LISTS, PREFILLED
from board.ledgers.plan_sheets import SHEETS
from board.reference import Lists, shipped_lists
from board.storage import today
from board.workbook.findings.fault import fault, ranges
from board.workbook.findings.notes import Notes, frames_of
from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.opening import opened
from board.workbook.readers.sheet import Book, Sheet, Source, letters
from board.workbook.table.header import header_of
from board.workbook.table.pictures import note_pictures
from board.workbook.table.recognition import recognised
from board.workbook.table.rows import Body, body_of
from board.workbook.table.typed import combined, typed
from board.workbook.table.units import note_units

PLACES, FAULTS, SUMMARY = "places.parquet", "faults.parquet", "summary.json"
# The sheets that templates and marked workbooks have besides ledgers.
UNREAD_SHEETS = {GUIDE, LISTS, FINDINGS}


@dataclass
class Content:
    """What one file holds: rows by ledger, notes by sheet, column letters by ledger and sheet."""

    tables: dict[str, pl.DataFrame] = dataclasses.field(default_factory=dict)
    notes: list[Notes] = dataclasses.field(default_factory=list)
    places: dict[str, dict[str, dict[str, str]]] = dataclasses.field(
        default_factory=lambda: defaultdict(dict)
    )


def read_into(
    path: Path,
    name: str,
    out: Path,
    work: Path,
    limits: Limits,
    lists: Lists | None = None,
    of_plan: bool = False,
) -> None:
    """Read a file; write its rows to the folder `out`, faults and a summary to `work`.

    `lists` are those that plans make, by default the shipped plan's.
    """
    names = lists if lists is not None else shipped_lists()
    content = content_of(path, name, limits, names, SHEETS if of_plan else ledgers())
    for ledger, frame in content.tables.items():
        frame.write_parquet(out / f"{ledger}.parquet")
    fault_places, faults = frames_of(content.notes)
    fault_places.write_parquet(work / PLACES)
    faults.write_parquet(work / FAULTS)
    rows = {ledger: len(frame) for ledger, frame in content.tables.items()}
    summary = {"rows": rows, "columns": content.places}
    (work / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")


def content_of(
    path: Path, name: str, limits: Limits, lists: Lists, declared: Sequence[type[Ledger]]
) -> Content:
    """The sheets of a file that are among those `declared`; `lists` are those plans make."""
    by_sheet = {heading(ledger.sheet): ledger for ledger in declared}
    try:
        with opened(path, name, by_sheet, limits) as book:
            return _read_book(book, name, limits, lists, by_sheet)
    except RefusedError as refusal:
        notes = Notes()
        notes.add(fault(refusal.rule, limit=refusal.limit))
        return Content(notes=[notes])


def _read_book(
    book: Book, name: str, limits: Limits, lists: Lists, by_sheet: dict[str, type[Ledger]]
) -> Content:
    if len(book.sources) > limits.sheets:
        raise RefusedError("file_too_many_entries", limits.sheets)
    content = Content()
    tables: dict[str, list[pl.DataFrame]] = defaultdict(list)
    context = Context(today(), book.from_1904, book.plain_text, lists)
    prefilled = _is_prefilled(book)
    for order, source in enumerate(book.sources):
        if heading(source.name) in UNREAD_SHEETS:
            continue
        sheet = source.read()
        ledger, note = _ledger_of(order, source, sheet, by_sheet)
        content.notes.append(note)
        if ledger is None:
            continue
        file = "" if book.plain_text else PurePath(name).stem
        frame, columns = _read_sheet(source, sheet, ledger, context, note, file, prefilled)
        tables[ledger.name].append(frame.with_columns(file=pl.lit(name), sheet=pl.lit(source.name)))
        content.places[ledger.name][source.name] = columns
    for ledger in by_sheet.values():
        if ledger.name in tables:
            content.tables[ledger.name] = combined(tables[ledger.name], ledger)
    return content


def _is_prefilled(book: Book) -> bool:
    """Whether a file is a template that was filled in beforehand: its guide says so."""
    return any(
        source.read().cells["text"].str.starts_with(PREFILLED).any()
        for source in book.sources
        if heading(source.name) == GUIDE
    )


def _ledger_of(
    order: int, source: Source, sheet: Sheet, by_sheet: dict[str, type[Ledger]]
) -> tuple[type[Ledger] | None, Notes]:
    """The ledger of a sheet, by its name or else by its header; None where it is not read."""
    named = by_sheet.get(heading(source.name))
    if named is not None:
        return named, Notes(order, source.name, named.name)
    alikes = recognised(sheet, by_sheet.values())
    fitting = [alike.ledger for alike in alikes if alike.fits]
    if len(fitting) == 1:
        note = Notes(order, source.name, fitting[0].name)
        suggestion = fitting[0].sheet
        note.add(fault("sheet_recognised", None, source.name, suggestion, suggestion))
        return fitting[0], note
    note = Notes(order, source.name)
    if fitting:
        names = "、".join(ledger.sheet for ledger in fitting)
        note.add(fault("sheet_ambiguous", None, source.name, names))
    elif alikes:
        like, lacking = alikes[0].ledger.sheet, "、".join(alikes[0].lacking)
        note.add(fault("sheet_like_ledger", None, source.name, like, like, lacking=lacking))
    else:
        note.add(_unknown_sheet(source, by_sheet))
    return None, note


def _unknown_sheet(source: Source, by_sheet: dict[str, type[Ledger]]) -> Fault:
    closest = nearest_title(heading(source.name), by_sheet)
    suggestion = by_sheet[closest].sheet if closest else None
    expected = "、".join(ledger.sheet for ledger in by_sheet.values())
    return fault("unknown_sheet", None, source.name, expected, suggestion)


def _read_sheet(
    source: Source,
    sheet: Sheet,
    ledger: type[Ledger],
    context: Context,
    notes: Notes,
    file: str,
    prefilled: bool,
) -> tuple[pl.DataFrame, dict[str, str]]:
    if source.hidden:
        notes.add(fault("hidden_sheet", None, source.name))
    if sheet.cells.is_empty():
        notes.add(fault("empty_sheet"))
        return ledger.empty(), {}
    header = header_of(sheet, ledger, notes)
    if header is None:
        return ledger.empty(), {}

    def is_value(field: Any, kind: int, text: str, form: int) -> bool:
        _, problem = field.value(Cell(kind, text, sheet.formats[form]), context)
        return problem is None or problem.severity != "error"

    body = body_of(sheet, header, notes, is_value, ledger.prefilled() if prefilled else None)
    note_pictures(sheet, header, body, notes)
    note_units(sheet, header, body.rows, ledger, (file, source.name), notes)
    if body.rows.is_empty():
        if not body.lacking:
            notes.add(fault("empty_sheet"))
        frame = ledger.empty()
    else:
        _note_hidden(sheet, body, header.fields, notes)
        frame = typed(body, sheet, header, ledger, context, notes)
    return frame, {field.name: letters(col) for col, field in header.fields.items()}


def _note_hidden(sheet: Sheet, body: Body, fields: dict[int, Any], notes: Notes) -> None:
    rows = sorted(sheet.hidden_rows & set(body.rows)) if sheet.hidden_rows else []
    if rows:
        notes.add(fault("hidden_rows", None, ranges(rows), count=len(rows)))
    for col, field in fields.items():
        if any(first <= col <= last for first, last in sheet.hidden_columns):
            notes.add(fault("hidden_columns", None, letters(col)), field.name)
