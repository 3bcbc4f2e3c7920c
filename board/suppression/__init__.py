"""Hide counts below the threshold, and whatever else they could be worked out from.

`hide` is the pure part: a table of cells over groups of people, and which cells to hide.
`families` says which metrics count the same people, `groups` splits these people as finely as
any figure does, `decide` makes the cells and asks `hide`, `apply` takes what is hidden out of a
reading and `extras` out of the numbers beside it; `questions` answers what pages ask beyond
metrics.
"""

from board.suppression.apply import suppressed
from board.suppression.attack import Homes
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.decide import hidden_categories
from board.suppression.extras import flows_shown
from board.suppression.hiding import hide

__all__ = [
    "LEAST", "Cell", "Homes", "Table", "flows_shown", "hidden_categories", "hide", "suppressed",
]  # fmt: skip
