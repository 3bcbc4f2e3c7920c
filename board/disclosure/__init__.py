"""What must stay hidden so that no small group of people can be read or worked out."""

from board.disclosure._attack import Homes
from board.disclosure._hide import hide
from board.disclosure._table import LEAST, Cell, Table

__all__ = ["LEAST", "Cell", "Homes", "Table", "hide"]
