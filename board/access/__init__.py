"""Who may see and do what: roles and their rights, a snapshot as a reader may see it, masks.

`roles.py` is the table: what each role may open, see and do; `may` and `demand` ask it at the moment
something is done. A page holds a `ReaderSnapshot`: a query that may not be asked raises
`WithheldError`, rows of other places and departments are left out, and `read` suppresses small
counts. It is closed by default: a query that declares nothing is about persons if a ledger it reads
is (`subjects.py`). `masked` and `unmasked` go by the declared names of personal columns; the birth
date in a citizen ID is never shown.
"""

from board.access.guard import Guard, admitted
from board.access.masks import (
    masked,
    masked_id,
    masked_name,
    masked_phone,
    unmasked,
    without_birth,
)
from board.access.questions import county_flows, flow, merged_incomes, movements, wages
from board.access.reading import (
    change,
    may_read_rows,
    measure_states,
    noting_unsaid,
    read,
    read_or_hidden,
    trend,
)
from board.access.roles import (
    LOCAL_DEPARTMENT,
    LOCAL_ROLE,
    RIGHTS,
    Action,
    Audience,
    Permissions,
    Reader,
    Role,
    demand,
    ledgers_of,
    loads_for,
    may,
    may_open,
)
from board.access.snapshot import ReaderSnapshot, for_reader
from board.access.subjects import subject_of

__all__ = [
    "LOCAL_DEPARTMENT",
    "LOCAL_ROLE",
    "RIGHTS",
    "Action",
    "Audience",
    "Guard",
    "Permissions",
    "Reader",
    "ReaderSnapshot",
    "Role",
    "admitted",
    "change",
    "county_flows",
    "demand",
    "flow",
    "for_reader",
    "ledgers_of",
    "loads_for",
    "masked",
    "masked_id",
    "masked_name",
    "masked_phone",
    "may",
    "may_open",
    "may_read_rows",
    "measure_states",
    "merged_incomes",
    "movements",
    "noting_unsaid",
    "read",
    "read_or_hidden",
    "subject_of",
    "trend",
    "unmasked",
    "wages",
    "without_birth",
]  # fmt: skip
