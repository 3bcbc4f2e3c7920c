"""The 零就业家庭 page: the households where nobody works, for how long, and how fast they are cleared."""

from board.sections.zero_employment.page import ZERO_EMPLOYMENT

__all__ = ["ZERO_EMPLOYMENT"]
