"""零就业家庭: who is left without anybody at work, since when, and how fast are they cleared?"""

from board.sections.zero_employment.page import ZERO_EMPLOYMENT

__all__ = ["ZERO_EMPLOYMENT"]
