"""楼栋单元: what is the state of this building, its units and each household in it?"""

from board.sections.units.page import UNITS

__all__ = ["UNITS"]
