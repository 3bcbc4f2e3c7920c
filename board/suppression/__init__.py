"""Hide counts below the threshold, and the numbers from which they could be computed.

`hide` is the pure part: from a table of cells over groups of people it decides which cells to
hide. `families` says which metrics count the same people. `groups` splits these people into the
smallest groups that any figure distinguishes. `decide` makes the cells of a family and calls
`hide`. `apply` removes hidden figures from a reading, `extras` from the numbers beside it.
`questions` answers pages' questions beyond metrics with small counts hidden.
"""

from board.suppression.apply import blanked, suppressed
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.extras import flows_shown
from board.suppression.hiding import hide

__all__ = [
    "LEAST", "Cell", "Table", "blanked", "flows_shown", "hide", "suppressed",
]  # fmt: skip
