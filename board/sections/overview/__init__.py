"""总览: are we on plan? The headline five, what moved, what to decide, the plan as a strip."""

from board.sections.overview.page import OVERVIEW

__all__ = ["OVERVIEW"]
