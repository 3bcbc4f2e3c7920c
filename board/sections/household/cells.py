"""Where a household's values are written: the workbook's own row, and what later batches changed."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.i18n import _
from board.ledgers import by_name
from board.metrics import YUAN
from board.numerals import clock, counted, day, month, shown
from board.sections.household import frames
from board.sections.section import View
from board.sections.words import plain


def cell_finding(view: View) -> str:
    """韦* 2025年11月的月收入 3,740元，写在 J559."""
    row = frames.cell(view)
    if row is None:
        return _("还没有监测到的月份")
    names = dict(frames.workers(view))
    letter = frames.letters(view, row, "employment").get("wage", "")
    spot = f"{letter}{row['row']}" if letter else _("第{row}行", row=row["row"])
    who, when = plain(names.get(str(row["person_id"]), "")), month(row["month"])  # type: ignore[arg-type]
    if row["wage"] is None:
        return _("{who} {when}：{state}，写在 {spot}", who=who, when=when,
                 state=_(str(row["status"])), spot=spot)  # fmt: skip
    return _("{who} {when}的月收入 {wage}，写在 {spot}", who=who, when=when,
             wage=counted(float(row["wage"]), YUAN), spot=spot)  # type: ignore[arg-type]  # fmt: skip


ROW = (
    "status", "kind", "channel", "place", "county", "industry", "employer", "wage",
    "contract_months", "insured_months", "returned", "reported_on",
)  # fmt: skip


def cell(view: View) -> pl.DataFrame:
    """The workbook's row as it was read: cell, header, value."""
    row = frames.cell(view)
    if row is None:
        return pl.DataFrame()
    where = frames.letters(view, row, "employment")
    cells = {_("单元格"): [f"{where.get(name, '')}{row['row']}" for name in ROW]} if where else {}
    return pl.DataFrame(
        {
            **cells,
            _("表头"): [frames.header("employment", name) for name in ROW],
            _("值"): [written(row[name]) for name in ROW],
        }
    )


def cell_caption(view: View) -> str:
    """The batch, the file and the sheet of that row."""
    row = frames.cell(view)
    return plain(frames.source(row)) if row else _("《{sheet}》", sheet=sheet("employment"))


def written(value: object) -> str:
    """A value as text; yes and no in words, nothing for nothing."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float):
        return shown(value, YUAN)
    if isinstance(value, date):
        return day(value)
    return _(str(value)) if value is not None else ""


def changes_finding(view: View) -> str:
    """后来的批次改过这一户 4 处."""
    count = frames.frame(view, "corrections").height
    return _("后来的批次改过 {n} 处", n=count) if count else _("收录以后没有改过")


def changes(view: View) -> pl.DataFrame:
    """A changed value a row: when, in which ledger, from what to what, by which row."""
    found, known = frames.frame(view, "corrections"), frames.persons(view)
    rows = list(found.iter_rows(named=True))
    told = {
        _("收录时间"): [clock(row["recorded_at"].isoformat()) for row in rows],
        _("台账"): [sheet(row["ledger"]) for row in rows],
        _("谁"): [known.get(row["person_id"] or "", {}).get("name", "") for row in rows],
        _("月份"): [month(row["since"]) if row["since"] else "" for row in rows],
        _("列"): [frames.header(row["ledger"], row["name"]) for row in rows],
        _("原来"): [_(row["old"]) if row["old"] else "" for row in rows],
        _("改为"): [_(row["new"]) if row["new"] else "" for row in rows],
        _("原批次"): [row["old_batch"] for row in rows],
    }
    return pl.DataFrame(told | frames.spots(found))


def sheet(ledger: str) -> str:
    """A ledger's name in the reader's language."""
    return str(by_name()[ledger].sheet_title())
