"""The 一户一档 page: one household, its members, their work by month, its income and what it received."""

from board.sections.household.page import HOUSEHOLD

__all__ = ["HOUSEHOLD"]
