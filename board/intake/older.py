"""Whether rows are older than the stored ones whose place they would take."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from board.findings import Finding
from board.i18n import N_, Message
from board.intake.frames import Load
from board.intake.replacing import compared, day_of, differs, others
from board.ledgers import Ledger, by_name
from board.ledgers.fields import Field

OLDER = "older_than_stored"
STATED = N_(
    "有 {count} 行的“{header}”比库里的早：本文件是 {new}，库里第 {batch} 批是 {old}。"
    "这份文件可能是旧的，入库会盖掉较新的内容。"
)
VANISHED = N_(
    "有 {count} 行库里第 {batch} 批填有“{header}”（{old}），本文件里是空的。"
    "这份文件可能是旧的，入库会盖掉较新的内容。"
)
RETURNED = N_(
    "有 {count} 行与第 {earlier} 批的内容相同，而第 {batch} 批（{day}）已经改过。"
    "这份文件可能是旧的，入库会改回去。"
)


def older_rows(load: Load) -> Iterator[Finding]:
    """A warning for each ledger and sign: by the day it states, a day it lacks, an earlier batch."""
    for name, new in load.new.items():
        if not new.height or not load.stored(name).height:
            continue
        ledger = by_name()[name]
        changed = compared(load, ledger).filter("differs")
        if changed.height:
            yield from _stated_earlier(load, ledger, changed)
            yield from _days_vanished(load, ledger, changed)
            yield from _returned(load, ledger, changed)


def _stated_earlier(load: Load, ledger: type[Ledger], changed: pl.DataFrame) -> Iterator[Finding]:
    """Rows that were filled in on an earlier day than those they would replace."""
    column = ledger.stated_by
    if column:
        earlier = changed.filter(pl.col(column) < pl.col(f"old_{column}"))
        field = next(f for f in ledger.fields() if f.name == column)
        yield from _warning(load, ledger, field, earlier, STATED)


def _days_vanished(load: Load, ledger: type[Ledger], changed: pl.DataFrame) -> Iterator[Finding]:
    """Rows without a day that the stored row has, where no row of the load brings a new one."""
    for field in others(ledger):
        if field.kind != "date" or field.required or not _has_column(load, ledger, field):
            continue
        new, old = pl.col(field.name), pl.col(f"old_{field.name}")
        if changed.filter(new.is_not_null() & old.is_null()).is_empty():
            gone = changed.filter(new.is_null() & old.is_not_null())
            yield from _warning(load, ledger, field, gone, VANISHED)


def _has_column(load: Load, ledger: type[Ledger], field: Field) -> bool:
    """Whether every sheet of a ledger has a column."""
    return all(field.name in letters for letters in load.columns.get(ledger.name, {}).values())


def _returned(load: Load, ledger: type[Ledger], changed: pl.DataFrame) -> Iterator[Finding]:
    """Rows that are those of an earlier batch, which a later one has changed."""
    key = list(ledger.key())
    earlier = load.versions(ledger.name, changed.select(key))
    earlier = earlier.select(*key, *(f.name for f in others(ledger)), earlier="batch")
    earlier = earlier.rename({f.name: f"old_{f.name}" for f in others(ledger)})
    rows = changed.select(
        *key, *(f.name for f in others(ledger)), "file", "sheet", "row", batch="old_batch"
    )
    beside = rows.join(earlier, on=key, how="inner", nulls_equal=True, maintain_order="left")
    equal = pl.all_horizontal(~differs(f) for f in others(ledger))
    same = beside.filter(pl.col("earlier") < pl.col("batch"), equal)
    same = same.unique(["file", "sheet", "row"], keep="last", maintain_order=True)
    if same.height:
        first = same.row(0, named=True)
        gaps = {
            "count": same.height,
            "earlier": first["earlier"],
            "batch": first["batch"],
            "day": day_of(load.recorded_at.get(first["batch"], "")),
        }
        field = next(f for f in ledger.fields() if f.key and f.required)
        yield _finding(load, ledger, field, first, Message(RETURNED, gaps))


def _warning(
    load: Load, ledger: type[Ledger], field: Field, rows: pl.DataFrame, words: str
) -> Iterator[Finding]:
    if rows.height:
        first = rows.row(0, named=True)
        gaps = {
            "count": rows.height,
            "header": field.header,
            "new": str(first[field.name] or ""),
            "old": str(first[f"old_{field.name}"]),
            "batch": first["old_batch"],
        }
        yield _finding(load, ledger, field, first, Message(words, gaps))


def _finding(
    load: Load, ledger: type[Ledger], field: Field, row: dict[str, object], message: Message
) -> Finding:
    return Finding(
        file=str(row["file"]), sheet=str(row["sheet"]), cell=load.cell(ledger.name, row, field.name),
        ledger=ledger.name, column=field.name, rule=OLDER, severity="warning", found=None,
        expected=Message(N_("比库里新的内容")), suggestion=None, message=message,
    )  # fmt: skip
