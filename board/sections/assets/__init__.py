"""资产盘活: will occupancy reach 50, 60 and 80 %, at which pace, and what stands empty?"""

from board.sections.assets.page import ASSETS

__all__ = ["ASSETS"]
