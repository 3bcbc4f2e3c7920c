"""The plan's further figures worked out in plain loops, by the words that define them alone."""

from tests.outside.further.ground import Ground
from tests.outside.further.table import CASES, Case, differences, expected

__all__ = ["CASES", "Case", "Ground", "differences", "expected"]
