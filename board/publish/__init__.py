"""From the journal to a snapshot: a pure function of its first rows, built beside the one in use."""

from board.publish.as_of import as_known
from board.publish.changes import Change, UnpublishableError, commit, withdraw
from board.publish.corrections import of_households
from board.publish.in_use import current, publish, up_to_date
from board.publish.problems import Problem
from board.publish.retained import is_stand_in, person_ids, recalled, stand_ins, without_stand_ins
from board.publish.rows import public_rows, remembered_rows, rows_in_force
from board.publish.verification import faults, verify

__all__ = [
    "Change",
    "Problem",
    "UnpublishableError",
    "as_known",
    "commit",
    "current",
    "faults",
    "is_stand_in",
    "of_households",
    "person_ids",
    "public_rows",
    "publish",
    "recalled",
    "remembered_rows",
    "rows_in_force",
    "stand_ins",
    "up_to_date",
    "verify",
    "withdraw",
    "without_stand_ins",
]
