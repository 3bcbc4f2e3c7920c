"""From the journal to a snapshot: a pure function of its first rows, built beside the one in use.

`commit` and `withdraw` are how a batch comes and goes: they build the snapshot first, keep nothing
that can't be published, write the journal row and put that very snapshot in use. `publish` builds
one anew, `as_known` reads the store as it was known at an earlier time, `verify` builds again and
compares. Call `up_to_date` before opening a store.

A snapshot is `snapshots/<n>-<hash8>.duckdb`:

- a table a ledger, its rows in force (of every key the newest live batch's row) with `batch, file,
  sheet, row`, without personal columns; `citizen_id` is a `person_id` (HMAC-SHA-256 under the store's
  key, first 16 hex digits), `labour` has `sex` and `born_month`;
- the reference lists of data/reference under their file's stem, every column VARCHAR;
- `batches` (live ones), `sources` (a monthly ledger, month and batch), `ledgers`, `letters` (which
  column of a loaded sheet is which), `corrections` (values that a later batch replaced, never
  personal ones) and `snapshot`, one row about itself. Its column `house` holds the build version:
  a snapshot of another one is built anew, not suspected;
- every queries/views/*.sql as a table of its stem, in the order of the file's name.

The file `…persons.duckdb` beside it holds `persons_<ledger>`: keys, batch, row and the personal
columns.
"""

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
