"""户卡: one household, its people, their work month by month, what came in and what befell it."""

from board.sections.household.page import HOUSEHOLD

__all__ = ["HOUSEHOLD"]
