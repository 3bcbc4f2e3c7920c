"""What the kinds of columns have in common: `Field`, reading a cell, spellings, numbers, days."""

from board.ledgers.fields.field import Field

__all__ = ["Field"]
