"""Charts as plain plotly dicts, translated and escaped: data in, figure out.

Every figure is `f(data, …, theme) -> dict` with `layout.meta = {"alt": …}` and its height; the width
is the page's. An input without anything to draw gives a figure that says so in words. What a click
leads to is `customdata`: a list whose first item is a category, building, period or department.
`tables` holds the same numbers as tables. `python -m tests.gallery OUT` draws every figure in both
languages and themes.
"""

from board.figures import tables
from board.figures.area import area_by_category
from board.figures.bullets import bullets
from board.figures.departments import Delivery, department_matrix
from board.figures.flow import flow_by_month
from board.figures.flow_map import flow_map
from board.figures.growth import growth_pair
from board.figures.heat import heat_rows
from board.figures.income_sources import Quarter, income_sources
from board.figures.movement import sankey
from board.figures.ranking import ranking
from board.figures.relief import height_base, site_relief
from board.figures.rooms import State, rooms
from board.figures.shared.floors import Room
from board.figures.shared.outlines import outlines
from board.figures.shared.words import named
from board.figures.side_by_side import side_by_side
from board.figures.site import site_plan
from board.figures.sparkline import sparkline
from board.figures.spread import distribution, open_months
from board.figures.survival import survival
from board.figures.timeline import timeline
from board.figures.trend import trend_to_target
from board.figures.wages import wages_by
from board.figures.waterfall import bridge, waterfall
from board.figures.work_history import Month, work_history

__all__ = [
    "Delivery",
    "Month",
    "Quarter",
    "Room",
    "State",
    "area_by_category",
    "bridge",
    "bullets",
    "department_matrix",
    "distribution",
    "flow_by_month",
    "flow_map",
    "growth_pair",
    "heat_rows",
    "height_base",
    "income_sources",
    "named",
    "open_months",
    "outlines",
    "ranking",
    "rooms",
    "sankey",
    "side_by_side",
    "site_plan",
    "site_relief",
    "sparkline",
    "survival",
    "tables",
    "timeline",
    "trend_to_target",
    "wages_by",
    "waterfall",
    "work_history",
]
