"""Charts as plain plotly dicts, translated and escaped: data in, figure out."""

from board.figures.area import area_by_category
from board.figures.bullets import bullets
from board.figures.departments import Delivery, department_matrix
from board.figures.growth import growth_pair
from board.figures.trend import trend_to_target
from board.figures.waterfall import bridge, waterfall

__all__ = [
    "Delivery", "area_by_category", "bridge", "bullets", "department_matrix", "growth_pair",
    "trend_to_target", "waterfall",
]  # fmt: skip
