"""Hide counts below the threshold, and the numbers from which they could be computed.

`families` says which metrics count the same people, `numbers` adds these up by month, place and
category. `splits` decides how parts by place and category are shown: all, rounded, put together,
or none. `totals` decides in which months totals of the settlement are hidden; `hide` is its pure
part: from a table of cells it decides which to hide. `decide` makes both decisions for a family;
`kept` turns them into rows of the snapshot's table `hidings` and back.
`apply` removes hidden figures from a reading, `extras` from the numbers beside it. `questions`
answers pages' questions beyond metrics with small counts hidden.
"""

from board.suppression.apply import blanked, suppressed, suppressed_parts
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.decide import decisions
from board.suppression.elsewhere import few_elsewhere
from board.suppression.extras import flows_shown
from board.suppression.hiding import hide
from board.suppression.kept import SCHEMA, rows_of

__all__ = [
    "LEAST", "SCHEMA", "Cell", "Table", "blanked", "decisions", "few_elsewhere", "flows_shown", "hide", "rows_of",
    "suppressed", "suppressed_parts",
]  # fmt: skip
