"""总览: are we on plan? The headline figures, changes, decisions to make, status of the plan."""

from board.sections.overview.page import OVERVIEW

__all__ = ["OVERVIEW"]
