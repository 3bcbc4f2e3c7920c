"""The sheets of a plan: each file here declares one, read and checked like a ledger's sheet."""

from __future__ import annotations

from functools import cache

from board.ledgers import by_name
from board.ledgers.columns import Ledger
from board.ledgers.plan_sheets.belongings import Belongings
from board.ledgers.plan_sheets.departments import Departments
from board.ledgers.plan_sheets.kinds_counted import KindsCounted
from board.ledgers.plan_sheets.ledger_keepers import LedgerKeepers
from board.ledgers.plan_sheets.measures import Measures
from board.ledgers.plan_sheets.mechanisms import ListedMechanisms
from board.ledgers.plan_sheets.parameters import Parameters
from board.ledgers.plan_sheets.plan import Plan
from board.ledgers.plan_sheets.targets import Targets

SHEETS: tuple[type[Ledger], ...] = (
    Plan, Departments, Measures, Targets, Belongings, KindsCounted, ListedMechanisms,
    LedgerKeepers, Parameters,
)  # fmt: skip
REQUIRED = (Plan, Departments, Measures, Targets, Belongings)

__all__ = ["REQUIRED", "SHEETS", "declaration", "sheet_by_name"]


@cache
def sheet_by_name() -> dict[str, type[Ledger]]:
    """Table name → the sheet of a plan."""
    return {sheet.name: sheet for sheet in SHEETS}


def declaration(name: str) -> type[Ledger]:
    """The ledger, or the sheet of a plan, with this table name."""
    return by_name().get(name) or sheet_by_name()[name]
