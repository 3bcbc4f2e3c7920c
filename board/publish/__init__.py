"""Build snapshots from the journal, put them in use and verify the store.

A snapshot is a pure function of the journal's rows, their batches and the build version.
`commit` adds a batch and `withdraw` withdraws one: both build the new snapshot first and keep no
change that can't be published. `publish` builds a snapshot and puts it in use, `as_known` builds
one of an earlier time, `verify` builds the one in use again and compares. Call `up_to_date` before
opening a store.

A snapshot is `snapshots/<n>-<hash8>.duckdb`; n is the number of the last journal row in it:

- one table for each ledger with its rows in force (for every key the row of the newest live batch)
  and `batch, file, sheet, row`, without personal columns; `citizen_id` becomes `person_id`
  (HMAC-SHA-256 under the store's key, first 16 hex digits), the name of somebody in office, such
  as `chair`, becomes `chair_id` likewise, `labour` has `sex` and `born_month`;
- one table for each reference list in data/reference, named for the file, every column VARCHAR;
- `plans` (one row a plan) and `plan_schemas`; for each plan a schema with the sheets of the plan, the
  ledgers whose rows it limits and the tables made from queries/views, and one for each settlement
  of a plan with several;
- `struck_texts` (shared texts that name a person, with what viewers are shown instead);
- `batches` (live ones), `batch_ledgers` (one row a batch and ledger), `sources` (one row a monthly ledger, month and batch), `ledgers`, `letters`
  (the letter of each column in the loaded sheets), `corrections` (values that a later batch
  replaced, never personal ones) and `snapshot`, one row that describes the snapshot. Its column
  `house` holds the build version: a snapshot of another version is rebuilt, it is no error;

The file `…persons.duckdb` holds `persons_<ledger>`: keys, batch, row and the personal columns.
"""

from board.publish.as_of import as_known
from board.publish.board_name import board_name
from board.publish.changes import UnpublishableError, commit, withdraw
from board.publish.corrections import of_households
from board.publish.in_use import current, publish, up_to_date
from board.publish.plans import StoredPlan, adopt, normalised, plans_listed, stored_plans
from board.publish.retained import (
    is_stand_in,
    office_stand_ins,
    person_ids,
    stand_ins,
    with_citizen_ids,
    without_stand_ins,
)
from board.publish.rows import public_rows, remembered_rows, rows_in_force, versions
from board.publish.struck import persons_of, words_struck
from board.publish.verification import faults, verify

__all__ = [
    "StoredPlan",
    "UnpublishableError",
    "adopt",
    "as_known",
    "board_name",
    "commit",
    "current",
    "faults",
    "is_stand_in",
    "normalised",
    "of_households",
    "office_stand_ins",
    "person_ids",
    "persons_of",
    "plans_listed",
    "public_rows",
    "publish",
    "remembered_rows",
    "rows_in_force",
    "stand_ins",
    "stored_plans",
    "up_to_date",
    "verify",
    "versions",
    "with_citizen_ids",
    "withdraw",
    "without_stand_ins",
    "words_struck",
]
