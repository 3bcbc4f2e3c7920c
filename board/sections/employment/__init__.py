"""The 就业去向 page: where people work, what they earn, who changed work and who returned."""

from board.sections.employment.page import EMPLOYMENT

__all__ = ["EMPLOYMENT"]
