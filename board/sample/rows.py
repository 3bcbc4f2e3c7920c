"""A row of each ledger as a named tuple, with the columns that the ledger declares."""

from collections import namedtuple
from types import SimpleNamespace
from typing import Any

from board.ledgers import Ledger, ledgers

Row = tuple[Any, ...]


def _row_of(ledger: type[Ledger]) -> Any:
    """A class for rows of a ledger: its columns in their order, None where no value is given."""
    columns = [field.name for field in ledger.fields()]
    return namedtuple(ledger.name, columns, defaults=[None] * len(columns))


# By the ledger's name: `ROWS.assets` is the class of the asset register's rows.
ROWS: Any = SimpleNamespace(**{ledger.name: _row_of(ledger) for ledger in ledgers()})
