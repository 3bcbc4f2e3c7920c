"""Hide counts below the threshold, and the numbers from which they could be computed.

`families` says which metrics count the same people, `numbers` adds these up by month, place and
category. `splits` decides how parts by place and category are shown: all, rounded, put together,
or none. `totals` decides in which months totals of the settlement are hidden; `hide` is its pure
part: from a table of cells it decides which to hide. `decide` makes both decisions for a family;
`kept` turns them into rows of the snapshot's table `hidings` and back. `counted` keeps the sums
that were decided from, `editions` says by them what the next publish must hide beside, `stays` what
stays hidden from then on.
`apply` removes hidden figures from a reading, `extras` from the numbers beside it. `questions`
answers pages' questions beyond metrics with small counts hidden.
"""

from board.suppression.apply import blanked, suppressed, suppressed_parts
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.counted import COUNTED, edition
from board.suppression.decide import Earlier, decisions, gone, plan_families
from board.suppression.elsewhere import few_elsewhere
from board.suppression.extras import flows_shown
from board.suppression.hiding import hide
from board.suppression.kept import SCHEMA, rows_of
from board.suppression.stays import Stay, Stays

__all__ = [
    "COUNTED", "LEAST", "SCHEMA", "Cell", "Earlier", "Stay", "Stays", "Table", "blanked",
    "decisions", "edition", "few_elsewhere", "flows_shown", "gone", "hide", "plan_families",
    "rows_of", "suppressed", "suppressed_parts",
]  # fmt: skip
