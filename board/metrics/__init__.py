"""What the plan is measured by: value, bounds, path and status, computed in one place.

`read` gives a metric's `Reading` for a period and a scope; `rows` lists the rows behind it. A
metric's statement, queries/metrics/<key>.sql, takes `$since` and `$until` (months) and has a row for
every row behind the figure: `period, building, unit, department, numerator, denominator, missing,
unreported, expected, reported, excluded, reason, <axes…>, subject, batch, file, sheet, row`; columns
that make no sense for a metric are left out. A row is expected unless `excluded` and reported unless
`unreported`, where it says nothing else; an excluded row weighs 0. Their sums are the figure's
parts. An axis that is null on an unreported row may be any category; an axis that holds lists counts
its row in each of their categories.
"""

from board.metrics.as_json import answer
from board.metrics.axes import UNKNOWN
from board.metrics.bound import FilterError, bound, filter_of
from board.metrics.change import Change, change, former, restarts
from board.metrics.metric import NOBODY, PARTS, Companion, Metric, Part, People, Reading
from board.metrics.reading import NotDefinedError, defined, fitting, given_by_plan, read
from board.metrics.rows_behind import rows
from board.metrics.scopes import (
    below,
    containing,
    departments,
    ledgers_held,
    parse_scope,
    periods,
    places,
    whole,
    whole_of_plan,
)
from board.metrics.spans import rows_by
from board.metrics.terms import Period, Scope, Status, shift
from board.metrics.units import (
    HOUSEHOLDS,
    PERCENT,
    PERSONS,
    PLACES,
    POINTS,
    SQUARE_METRES,
    TASKS,
    TIMES,
    YUAN,
    Unit,
)
from board.metrics.zero_employment import FLOW, months_open, moves, waiting

__all__ = [
    "FLOW", "HOUSEHOLDS", "NOBODY", "PARTS", "PERCENT", "PERSONS", "PLACES", "POINTS",
    "SQUARE_METRES", "TASKS", "TIMES", "UNKNOWN", "YUAN", "Change", "Companion", "FilterError", "Metric", "NotDefinedError",
    "Part", "People", "Period", "Reading", "Scope", "Status", "Unit", "answer", "below", "bound", "change", "containing",
    "defined", "departments", "filter_of", "fitting", "former", "given_by_plan", "ledgers_held", "months_open", "moves",
    "parse_scope", "periods", "places", "read", "restarts", "rows", "rows_by", "shift",
    "waiting", "whole", "whole_of_plan",
]  # fmt: skip
