"""台账: which ledgers have come, which are late, which buildings are not whole."""

from board.sections.ledgers.page import LEDGERS

__all__ = ["LEDGERS"]
