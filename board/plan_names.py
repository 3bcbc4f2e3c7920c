"""The names that the plans of a store make: departments, measures, settlements, ledgers' keepers.

A store without a plan has those of the shipped plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from board.journal import Batch, Journal
from board.ledgers import by_sheet
from board.ledgers.plan_sheets import sheet_by_name
from board.reference import Lists, lists_of, shipped_keepers, shipped_lists


def batches_in_force(batches: Sequence[Batch]) -> list[Batch]:
    """The batches of the plans in force, one for each 方案编号: its newest live one.

    Where all were withdrawn, the last of them, which then stands in.
    """
    loaded = [batch for batch in batches if batch.plan]
    newest = {batch.plan: batch for batch in loaded if batch.state == "live"}
    return list(newest.values()) or loaded[-1:]


def sheet(root: Path, batch: Batch, name: str) -> pl.DataFrame:
    """A sheet of a stored plan, with the columns declared at present."""
    declared = sheet_by_name()[name]
    path = batch.folder(root) / f"{name}.parquet"
    if not path.exists():
        return declared.empty()
    return pl.scan_parquet(
        path,
        schema=declared.schema_of_frame(),
        missing_columns="insert",
        extra_columns="ignore",
    ).collect()


def lists(root: Path) -> Lists:
    """The lists of names that the store's plans make."""
    batches = batches_in_force(Journal(root).batches())
    if not batches:
        return shipped_lists()
    return lists_of(
        [pair for batch in batches for pair in bodies(sheet(root, batch, "departments"))],
        [number for batch in batches for number in sheet(root, batch, "measures")["measure"]],
        [
            name
            for batch in batches
            for names in sheet(root, batch, "plan")["settlements"]
            for name in names
        ],
    )


def bodies(departments: pl.DataFrame) -> list[tuple[str, str | None, str | None]]:
    """The bodies of a sheet 部门: name, short name, aliases with 、 between them."""
    return departments.select("department", "short", pl.col("aliases").list.join("、")).rows()


def departments(root: Path) -> list[str]:
    """The departments of the store's plans, each once, in the order of the plans."""
    return list(dict.fromkeys(lists(root)["departments"].values()))


def keepers(root: Path) -> dict[str, str]:
    """Table name of a ledger → the department that keeps it, in the latest plan that says so."""
    kept: dict[str, str] = {}
    batches = batches_in_force(Journal(root).batches())
    if not batches:
        return shipped_by_table()
    for batch in batches:
        kept |= dict(sheet(root, batch, "ledger_keepers").select("ledger", "keeper").iter_rows())
    return kept


def shipped_by_table() -> dict[str, str]:
    """Table name of a ledger → the department that keeps it in the shipped plan."""
    tables: Mapping[str, str] = {sheet: ledger.name for sheet, ledger in by_sheet().items()}
    return {tables[sheet]: keeper for sheet, keeper in shipped_keepers().items() if sheet in tables}
