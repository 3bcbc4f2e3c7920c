"""The plans that a snapshot goes by: those of live batches, or the one shipped with the product."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from board import storage
from board.journal import PLAN, Batch, Event, Journal
from board.ledgers import by_name, by_sheet
from board.ledgers.plan_sheets import SHEETS
from board.plan_names import batches_in_force, bodies, sheet
from board.reference import lists_of, shipped_plan
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
    loaded = batches_in_force(batches)
    if not loaded:
        return [StoredPlan(ADOPTED, shipped())]
    plans = [
        StoredPlan(batch.number, _sheets(root, batch), in_force=batch.state == "live")
        for batch in loaded
    ]
    return sorted(plans, key=lambda plan: (plan.facts["from"], plan.id))


def adopt(root: Path, at: str | None = None) -> None:
    """Store the shipped plan as batch 0 where a store has no batch of a plan yet.

    The caller holds the store's lock. Nothing is published: what was known before a store's first
    plan goes by the shipped one anyway.
    """
    journal = Journal(root)
    if has_plan(journal.events()):
        return
    with storage.staging(root) as work:
        journal.commit(work, stage_shipped(work), at, number=ADOPTED)


def has_plan(events: Iterable[Event]) -> bool:
    """Whether a store has a plan of its own, be it withdrawn."""
    return any(event.kind == PLAN for event in events)


def stage_shipped(work: Path) -> dict[str, Any]:
    """Write the shipped plan into an empty folder as a batch's files; returns the manifest."""
    (work / "received").mkdir()
    for path in sorted(shipped_plan().glob("*.csv")):
        shutil.copyfile(path, work / "received" / path.name)
    sheets = shipped()
    for name, rows in sheets.items():
        rows.write_parquet(work / f"{name}.parquet")
    received = sorted((work / "received").iterdir())
    return {
        "files": [{"name": path.name, "sha256": storage.sha256(path)} for path in received],
        "rows": {name: rows.height for name, rows in sheets.items()},
        "note": NOTE,
        "plan": StoredPlan(ADOPTED, sheets).id,
    }


@cache
def shipped() -> dict[str, pl.DataFrame]:
    """The sheets of the shipped plan, names in full."""
    return normalised(shipped_sheets())


def _sheets(root: Path, batch: Batch) -> dict[str, pl.DataFrame]:
    return {declared.name: sheet(root, batch, declared.name) for declared in SHEETS}


def normalised(sheets: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The sheets of a plan with every sheet present, ledgers by table name, bodies by full name."""
    whole = {one.name: sheets.get(one.name, one.empty()) for one in SHEETS}
    names = {title: ledger.name for title, ledger in by_sheet().items()}
    known = names | {name: name for name in by_name()}
    full_names = lists_of(bodies(whole["departments"]), [], [])["departments"]
    full = pl.element().replace(list(full_names), list(full_names.values()))
    whole["ledger_keepers"] = whole["ledger_keepers"].with_columns(
        pl.col("ledger").replace(known), pl.col("keeper").replace(dict(full_names))
    )
    whole["measures"] = whole["measures"].with_columns(pl.col("leads").list.eval(full))
    return whole


def plans_listed(root: Path) -> list[dict[str, Any]]:
    """Every plan ever loaded, oldest first: plan, title, from, until, batch, state.

    The state is in_force, replaced (by a later one with the same 方案编号) or withdrawn. A store
    without a plan lists the shipped one.
    """
    batches = [batch for batch in Journal(root).batches() if batch.plan]
    if not batches:
        return [_listed(StoredPlan(ADOPTED, shipped()), "shipped")]
    newest = {batch.plan: batch.number for batch in batches if batch.state == "live"}
    listing = []
    for batch in batches:
        state = "withdrawn" if batch.state == "withdrawn" else "replaced"
        if newest.get(batch.plan) == batch.number:
            state = "in_force"
        listing.append(_listed(StoredPlan(batch.number, _sheets(root, batch)), state))
    return listing


def _listed(plan: StoredPlan, state: str) -> dict[str, Any]:
    facts = plan.facts
    return {
        "plan": facts["id"],
        "title": facts["title"],
        "from": f"{facts['from']:%Y-%m}",
        "until": f"{facts['until']:%Y-%m}",
        "batch": plan.batch,
        "state": state,
    }
