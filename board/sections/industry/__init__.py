"""产业资金: projects by kind, state and year, what they return, and the money behind them."""

from board.sections.industry.page import INDUSTRY

__all__ = ["INDUSTRY"]
