"""Who may see and do what: roles and their rights, the guard before the store, masks over persons."""

from board.access.guarding import Guard, admitted, guard, seen
from board.access.masks import masked, masked_id, masked_name, masked_phone, unmasked, without_birth
from board.access.queries import QUERIES, Grain, told
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

__all__ = [
    "LOCAL_DEPARTMENT",
    "LOCAL_ROLE",
    "PRESENTABLE",
    "QUERIES",
    "RIGHTS",
    "TASK_FORCE_DEPARTMENT",
    "Action",
    "Grain",
    "Guard",
    "Permissions",
    "Reader",
    "Rights",
    "Role",
    "admitted",
    "demand",
    "guard",
    "ledgers_of",
    "loads_for",
    "masked",
    "masked_id",
    "masked_name",
    "masked_phone",
    "may",
    "may_open",
    "seen",
    "told",
    "unmasked",
    "without_birth",
]  # fmt: skip
