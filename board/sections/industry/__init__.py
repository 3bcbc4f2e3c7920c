"""产业资金: projects by kind, state and year, their returns and their funds."""

from board.sections.industry.page import INDUSTRY

__all__ = ["INDUSTRY"]
