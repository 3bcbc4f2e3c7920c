"""增收对标: does the settlement's income grow faster than the county's, and from what?"""

from board.sections.income.page import INCOME

__all__ = ["INCOME"]
