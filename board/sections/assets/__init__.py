"""The 资产盘活 page: the occupancy of assets against its targets, its pace, and the empty assets."""

from board.sections.assets.page import ASSETS

__all__ = ["ASSETS"]
