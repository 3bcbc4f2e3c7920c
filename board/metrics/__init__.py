"""The plan's metrics: their values, bounds, paths and status are computed here alone."""

from board.metrics.as_json import answer
from board.metrics.axes import UNKNOWN
from board.metrics.metric import NOBODY, PARTS, Companion, Metric, Part, People, Reading
from board.metrics.reading import NotDefinedError, defined, fitting, read, trend
from board.metrics.rows_behind import rows
from board.metrics.scopes import (
    below,
    containing,
    departments,
    ledgers_held,
    parse_scope,
    periods,
    places,
    settings,
)
from board.metrics.terms import Period, Scope, Status, shift
from board.metrics.units import (
    APPLICATIONS,
    ASSETS,
    DAYS,
    DEPARTMENTS,
    ENTERPRISES,
    HOUSEHOLDS,
    ISSUES,
    LEDGER_MONTHS,
    LOANS,
    PERCENT,
    PERSONS,
    PLACES,
    POINTS,
    POSTS,
    PROJECTS,
    ROUNDS,
    SQUARE_METRES,
    TASKS,
    TICKETS,
    TIMES,
    WORKSHOPS,
    YUAN,
    Unit,
)
from board.metrics.zero_employment import FLOW, months_open, moves, spells, waiting

__all__ = [
    "APPLICATIONS", "ASSETS", "DAYS", "DEPARTMENTS", "ENTERPRISES", "FLOW", "HOUSEHOLDS", "ISSUES",
    "LEDGER_MONTHS", "LOANS", "NOBODY", "PARTS", "PERCENT", "PERSONS", "PLACES", "POINTS", "POSTS", "PROJECTS",
    "ROUNDS", "SQUARE_METRES", "TASKS", "TICKETS", "TIMES", "UNKNOWN", "WORKSHOPS", "YUAN", "Companion",
    "Metric", "NotDefinedError", "Part", "People", "Period", "Reading", "Scope", "Status", "Unit",
    "answer", "below", "containing", "defined", "departments", "fitting", "ledgers_held", "months_open", "moves",
    "parse_scope", "periods", "places", "read", "rows", "settings", "shift", "spells", "trend", "waiting",
]  # fmt: skip
