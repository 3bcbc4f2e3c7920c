"""The 增收对标 page: the growth of the settlement's income against the county's, and its sources."""

from board.sections.income.page import INCOME

__all__ = ["INCOME"]
