"""Permissions: roles and their rights, a snapshot as one reader may see it, and masks."""

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
from board.access.reading import may_read_rows, read, trend
from board.access.roles import (
    LOCAL_DEPARTMENT,
    LOCAL_ROLE,
    PRESENTABLE,
    RIGHTS,
    TASK_FORCE_DEPARTMENT,
    Action,
    Permissions,
    Reader,
    Rights,
    Role,
    demand,
    ledgers_of,
    loads_for,
    may,
    may_open,
)
from board.access.snapshot import ReaderSnapshot, for_reader
from board.access.subjects import Grain, Subject, subject_of

__all__ = [
    "LOCAL_DEPARTMENT", "LOCAL_ROLE", "PRESENTABLE", "RIGHTS", "TASK_FORCE_DEPARTMENT", "Action",
    "Grain", "Guard", "Permissions", "Reader", "ReaderSnapshot", "Rights", "Role", "Subject",
    "admitted", "county_flows", "demand", "flow", "for_reader", "ledgers_of", "loads_for", "masked",
    "masked_id", "masked_name", "masked_phone", "may", "may_open", "may_read_rows",
    "merged_incomes", "movements", "read", "subject_of", "trend", "unmasked", "wages",
    "without_birth",
]  # fmt: skip
