"""From the journal to a snapshot: a pure function of its first rows, built beside the one in use."""

from board.publish._changes import Change, UnpublishableError, commit, withdraw
from board.publish._corrections import of_households
from board.publish._current import current, publish, up_to_date
from board.publish._past import as_known
from board.publish._problems import Problem
from board.publish._rows import person_ids, public_rows, remembered_rows, rows_in_force
from board.publish._verify import faults, verify

__all__ = [
    "Change",
    "Problem",
    "UnpublishableError",
    "as_known",
    "commit",
    "current",
    "faults",
    "of_households",
    "person_ids",
    "public_rows",
    "publish",
    "remembered_rows",
    "rows_in_force",
    "up_to_date",
    "verify",
    "withdraw",
]
