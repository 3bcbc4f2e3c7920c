"""The plans that a snapshot goes by: those of live batches, or the one shipped with the product."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from board import storage
from board.journal import PLAN, Batch, Journal
from board.ledgers import by_name, by_sheet
from board.ledgers.plan_sheets import SHEETS
from board.reference import Lists, lists_of, shipped_plan
from board.workbook import shipped_sheets

ADOPTED = 0  # The number of the batch in which a store takes over the shipped plan.
NOTE = "随产品提供的方案"


@dataclass(frozen=True)
class StoredPlan:
    """A plan's sheets by table name, each with the columns declared at present, and its batch.

    `in_force` is false where every plan was withdrawn: the last one then stands in, so that figures
    have ages and a county, without targets.
    """

    batch: int
    sheets: Mapping[str, pl.DataFrame] = field(hash=False)
    in_force: bool = True

    @property
    def facts(self) -> dict[str, Any]:
        """The one row of its sheet 方案."""
        return self.sheets["plan"].row(0, named=True)

    @property
    def id(self) -> str:
        """Its 方案编号."""
        return str(self.facts["id"])


def stored_plans(root: Path, batches: Sequence[Batch]) -> list[StoredPlan]:
    """The plans that these batches leave in force, in the order of their spans.

    Without any batch of a plan it is the shipped one. A plan loaded again replaces the one with
    the same 方案编号; where all are withdrawn, the last one stands in.
    """
    loaded = [batch for batch in batches if batch.plan]
    if not loaded:
        return [StoredPlan(ADOPTED, shipped())]
    newest = {batch.plan: batch for batch in loaded if batch.state == "live"}
    if not newest:
        last = loaded[-1]
        return [StoredPlan(last.number, _sheets(last.folder(root)), in_force=False)]
    plans = [StoredPlan(b.number, _sheets(b.folder(root))) for b in newest.values()]
    return sorted(plans, key=lambda plan: (plan.facts["from"], plan.id))


def lists(root: Path) -> Lists:
    """The names that the plans of a store make: departments, measures, settlements."""
    plans = stored_plans(root, Journal(root).batches())
    return lists_of(
        [
            (row["department"], row["short"], "、".join(row["aliases"] or []))
            for plan in plans
            for row in plan.sheets["departments"].iter_rows(named=True)
        ],
        [number for plan in plans for number in plan.sheets["measures"]["measure"]],
        [name for plan in plans for name in plan.facts["settlements"]],
    )


def adopt(root: Path, at: str | None = None) -> None:
    """Store the shipped plan as batch 0 where a store has no batch of a plan yet.

    The caller holds the store's lock. Nothing is published: what was known before a store's first
    plan goes by the shipped one anyway.
    """
    journal = Journal(root)
    if any(event.kind == PLAN for event in journal.events()):
        return
    with storage.staging(root) as work:
        (work / "received").mkdir()
        for path in sorted(shipped_plan().glob("*.csv")):
            shutil.copyfile(path, work / "received" / path.name)
        sheets = shipped()
        for name, sheet in sheets.items():
            sheet.write_parquet(work / f"{name}.parquet")
        plan = StoredPlan(ADOPTED, sheets)
        manifest = {
            "files": [
                {"name": path.name, "sha256": storage.sha256(path)}
                for path in sorted((work / "received").iterdir())
            ],
            "rows": {name: sheet.height for name, sheet in sheets.items()},
            "note": NOTE,
            "plan": plan.id,
        }
        journal.commit(work, manifest, at, number=ADOPTED)


@cache
def shipped() -> dict[str, pl.DataFrame]:
    """The sheets of the shipped plan, names in full."""
    return normalised(shipped_sheets())


def _sheets(folder: Path) -> dict[str, pl.DataFrame]:
    return {
        sheet.name: pl.read_parquet(
            folder / f"{sheet.name}.parquet",
            schema=sheet.schema_of_frame(),
            missing_columns="insert",
            extra_columns="ignore",
        )
        if (folder / f"{sheet.name}.parquet").exists()
        else sheet.empty()
        for sheet in SHEETS
    }


def normalised(sheets: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The sheets of a plan with every sheet present, ledgers by table name, bodies by full name."""
    whole = {sheet.name: sheets.get(sheet.name, sheet.empty()) for sheet in SHEETS}
    names = {sheet: ledger.name for sheet, ledger in by_sheet().items()}
    known = names | {name: name for name in by_name()}
    bodies = lists_of(
        [
            (row["department"], row["short"], "、".join(row["aliases"] or []))
            for row in whole["departments"].iter_rows(named=True)
        ],
        [],
        [],
    )["departments"]
    full = pl.element().replace(list(bodies), list(bodies.values()))
    whole["ledger_keepers"] = whole["ledger_keepers"].with_columns(
        pl.col("ledger").replace(known), pl.col("keeper").replace(dict(bodies))
    )
    whole["measures"] = whole["measures"].with_columns(pl.col("leads").list.eval(full))
    return whole
