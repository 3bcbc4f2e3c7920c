"""台账: which ledgers were received, which are late, which buildings reported incompletely."""

from board.sections.ledgers.page import LEDGERS

__all__ = ["LEDGERS"]
