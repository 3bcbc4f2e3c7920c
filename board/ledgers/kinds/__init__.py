"""The kinds of columns: each file here declares one, and a ledger calls it by the file's name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from board.ledgers.fields import Field

__all__ = ["by_module", "kinds", "words"]


@cache
def by_module() -> dict[str, type[Field]]:
    """The name of a file of this folder → the kind that it declares."""
    declared: dict[str, type[Field]] = {}
    for module in pkgutil.iter_modules(__path__):
        declaring = importlib.import_module(f"{__name__}.{module.name}")
        for value in vars(declaring).values():
            if isinstance(value, type) and value.__module__ == declaring.__name__:
                declared[module.name] = value
    return declared


@cache
def kinds() -> dict[str, type[Field]]:
    """The kind's own name, such as money or id → the kind."""
    return {kind.kind: kind for kind in by_module().values()}


@cache
def words() -> dict[str, str]:
    """The message of every rule that a kind reads cells by."""
    return {
        rule: text
        for kind in by_module().values()
        for base in reversed(kind.__mro__)
        for rule, text in vars(base).get("words", {}).items()
    }
