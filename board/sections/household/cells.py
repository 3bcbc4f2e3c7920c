"""The tables of a household's row in the workbook, and of the values that later batches changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from board.i18n import _
from board.ledgers import by_name
from board.metrics import YUAN
from board.numerals import clock, counted, month
from board.sections.household import frames
from board.sections.section import View
from board.sections.words import plain
from board.table import Cell, Column, Dates, Figures, Table


def cell_finding(view: View) -> str:
    """韦* 2025年11月的月收入 3,740元，写在 J559; without a wage the state, and where that stands."""
    row = frames.cell(view)
    if row is None:
        return _("还没有监测到的月份")
    names = dict(frames.workers(view))
    column = "status" if row["wage"] is None else "wage"
    letter = frames.letters(view, row, "employment").get(column, "")
    spot = f"{letter}{row['row']}" if letter else _("第{row}行", row=row["row"])
    name, month_text = plain(names.get(str(row["person_id"]), "")), month(row["month"])  # type: ignore[arg-type]
    if row["wage"] is None:
        return _("{who} {when}：{state}，写在 {spot}", who=name, when=month_text,
                 state=_(str(row["status"])), spot=spot)  # fmt: skip
    return _("{who} {when}的月收入 {wage}，写在 {spot}", who=name, when=month_text,
             wage=counted(float(row["wage"]), YUAN), spot=spot)  # type: ignore[arg-type]  # fmt: skip


ROW = (
    "status", "kind", "channel", "place", "county", "industry", "employer", "wage",
    "contract_months", "insured_months", "returned", "reported_on",
)  # fmt: skip


def cell(view: View) -> Table:
    """The row as it was read from the workbook: cell, header, value."""
    empty = _("没有记录。")
    row = frames.cell(view)
    if row is None:
        return Table.of(empty=empty)
    letters = frames.letters(view, row, "employment")
    references = [f"{letters.get(name, '')}{row['row']}" for name in ROW]
    return Table.of(
        *([Column(_("单元格"), references)] if letters else []),
        Column(_("表头"), [frames.header("employment", name) for name in ROW]),
        Column(_("值"), [value(row[name]) for name in ROW], "mixed"),
        empty=empty,
    )


def cell_caption(view: View) -> str:
    """The batch, the file and the sheet of that row."""
    row = frames.cell(view)
    return plain(frames.source(row)) if row else _("《{sheet}》", sheet=sheet("employment"))


def value(content: object) -> Cell | str:
    """A value as a typed cell; text is translated, None becomes an empty text."""
    if isinstance(content, bool):
        return Cell(content, "bool")
    if isinstance(content, int):
        return Cell(content, "int")
    if isinstance(content, float):
        return Cell(content, Figures(YUAN))
    if isinstance(content, date):
        return Cell(content, Dates("day"))
    return "" if content is None else _(str(content))


def changes_finding(view: View) -> str:
    """后来的批次改过这一户 4 处."""
    count = frames.frame(view, "corrections").height
    return _("后来的批次改过 {n} 处", n=count) if count else _("入库以后没有改过")


def changes(view: View) -> Table:
    """A row for each changed value: when, ledger, person, month, column, old, new, source."""
    corrections, persons = frames.frame(view, "corrections"), frames.persons(view)
    rows = list(corrections.iter_rows(named=True))
    names = [persons.get(row["person_id"] or "", {}).get("name", "") for row in rows]
    return Table.of(
        Column(_("入库时间"), [clock(row["recorded_at"].isoformat()) for row in rows], "text"),
        Column(_("台账"), [sheet(row["ledger"]) for row in rows], "text"),
        Column(_("谁"), names, "text"),
        Column(_("月份"), corrections["since"], Dates("month")),
        Column(_("列"), [frames.header(row["ledger"], row["name"]) for row in rows], "text"),
        Column(_("原来"), [corrected(row, "old") for row in rows], "mixed"),
        Column(_("改为"), [corrected(row, "new") for row in rows], "mixed"),
        Column(_("原批次"), corrections["old_batch"]),
        frames.source_column(corrections),
    )


def corrected(row: dict[str, Any], name: str) -> Cell | str:
    """The value before (`old`) or after (`new`) a correction: a date, or text."""
    text = row[name]
    if text and frames.is_day(row["ledger"], row["name"]):
        return Cell(date.fromisoformat(text), "date")
    return _(text) if text else ""


def sheet(ledger: str) -> str:
    """A ledger's name in the reader's language."""
    return str(by_name()[ledger].sheet_title())
