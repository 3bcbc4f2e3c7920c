"""The ledgers: each file here declares one, except `columns`, `document` and `other_sheets`; columns are of `kinds`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from board.ledgers.columns import PROVENANCE, Ledger, RowRule
from board.ledgers.fields import Field

__all__ = ["PROVENANCE", "Field", "Ledger", "RowRule", "by_name", "by_sheet", "ledgers"]


@cache
def ledgers() -> tuple[type[Ledger], ...]:
    """Every declared ledger, registers first, then in the order of `position`."""
    ledgers: list[type[Ledger]] = []
    for module in pkgutil.iter_modules(__path__):
        declaring = importlib.import_module(f"{__name__}.{module.name}")
        ledgers += [
            value
            for value in vars(declaring).values()
            if isinstance(value, type)
            and issubclass(value, Ledger)
            and value.__module__ == declaring.__name__
            and value is not Ledger
        ]
    return tuple(sorted(ledgers, key=lambda ledger: (ledger.position, ledger.name)))


@cache
def by_name() -> dict[str, type[Ledger]]:
    """Table name → ledger."""
    return {ledger.name: ledger for ledger in ledgers()}


@cache
def by_sheet() -> dict[str, type[Ledger]]:
    """Sheet name → ledger."""
    return {ledger.sheet: ledger for ledger in ledgers()}
