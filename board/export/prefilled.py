"""Prefilled templates, given to who keeps a ledger; each taking is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from board import plan_names, storage, template
from board.access import RIGHTS, Action, Reader, demand, loads_for
from board.export.prefill import known, rows_of
from board.journal import AuditLog, acts
from board.ledgers import Ledger, by_name

_LOCKED = "灰色的格已锁定，没有密码，确实要改时先在“审阅”里撤销工作表保护"
_ABOUT = {
    "register": "{month} 的登记，{n} 行。要改的行，把“生效月份”写成改动的月份；不改的行不用动。" + _LOCKED,
    "items": "到 {month} 底还没有了结的，{n} 行。没有填写的行不会读入，新的接着往下填。" + _LOCKED,
    "period": "{month}，{n} 行，照上一次报的和登记册填好，有变动的就改。没有填写的行不会读入，新的接着往下填。" + _LOCKED,
}  # fmt: skip


@dataclass(frozen=True)
class PrefilledTemplate:
    """A template: its file `name` and `content`, and how many `rows` are filled in.

    `plain` says that the ledger has nothing to carry over: then it is the empty template.
    """

    name: str
    content: bytes
    rows: int = 0
    plain: bool = False


def prefilled(root: Path, who: Reader, ledger: str, month: date) -> PrefilledTemplate:
    """A ledger's template for a month (its first day), prefilled as far as the reader may see.

    Personal columns are filled in for who keeps the ledger. The taking is recorded before the bytes
    are returned. Raises RefusedError for who may not load the ledger, KeyError for an unknown one.
    """
    demand(who, Action.LOAD, ledger)
    persons = RIGHTS[who.role].loads == "department" and not who.presenting
    made = _made(root, by_name()[ledger], month, who, persons=persons)
    _record(root, who.name or storage.account(), str(who.role), ledger, month, made, persons)
    return made


def prefilled_for_terminal(root: Path, ledger: str, month: date) -> PrefilledTemplate:
    """The same for the user of the machine, personal columns included; recorded too."""
    storage.prepare(root)
    made = _made(root, by_name()[ledger], month, None, persons=True)
    _record(root, storage.account(), "terminal", ledger, month, made, persons=True)
    return made


def prefilled_name(ledger: str, month: date) -> str:
    """The file name of a prefilled template: 就业监测台账模板-2025-01.xlsx."""
    return f"{by_name()[ledger].sheet}模板-{month:%Y-%m}.xlsx"


def can_be_prefilled(ledger: str) -> bool:
    """Whether a ledger has anything to carry over: a register, a month's rows or open items."""
    declared = by_name()[ledger]
    by_period = declared.cadence == "register" or declared.period_of() is not None
    return by_period or declared.still_open() is not None


def _record(
    root: Path,
    who: str,
    role: str,
    ledger: str,
    month: date,
    made: PrefilledTemplate,
    persons: bool,
) -> None:
    if made.plain:
        return
    named = persons and any(field.personal for field in by_name()[ledger].fields())
    act = acts.TemplateExport(ledger, f"{month:%Y-%m}", made.rows, named)
    AuditLog(root).record(who, role, act)


def _made(
    root: Path, ledger: type[Ledger], month: date, who: Reader | None, *, persons: bool
) -> PrefilledTemplate:
    store = known(root, month, who, loads_for(who) if who else "")
    rows = rows_of(store, ledger)
    if rows is not None and not persons:
        rows = _without_persons(ledger, rows)
    names, keepers = plan_names.lists(root), plan_names.keepers(root)
    with storage.refusing_disk_faults(), storage.workplace(root) as folder:
        if rows is None:
            (path,) = template.write([ledger.name], folder, names, keepers)
            return PrefilledTemplate(path.name, path.read_bytes(), plain=True)
        path = folder / prefilled_name(ledger.name, month)
        about = _ABOUT[_way(ledger)].format(month=f"{month:%Y-%m}", n=f"{rows.height:,}")
        prefill = template.Prefill(rows, ledger.carried(), about)
        template.write_prefilled(ledger, path, names, keepers.get(ledger.name, ""), prefill)
        return PrefilledTemplate(path.name, path.read_bytes(), rows.height)


def _way(ledger: type[Ledger]) -> str:
    if ledger.cadence == "register":
        return "register"
    return "period" if ledger.period_of() else "items"


def _without_persons(ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame | None:
    """The rows with empty personal columns; None where nothing would tell the rows apart."""
    personal: Sequence[str] = [field.name for field in ledger.fields() if field.personal]
    if set(personal) & set(ledger.key()):
        return None
    return rows.with_columns(pl.lit(None, rows.schema[name]).alias(name) for name in personal)
