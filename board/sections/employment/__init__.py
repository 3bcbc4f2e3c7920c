"""就业去向: where do people work, what do they earn there, who moved, who came back?"""

from board.sections.employment.page import EMPLOYMENT

__all__ = ["EMPLOYMENT"]
