"""指标口径: what every figure means, in words, as a formula and as the SQL that is run."""

from board.sections.definitions.page import DEFINITIONS

__all__ = ["DEFINITIONS"]
