"""Who may see what: roles and their rights, the guard before the store, masks over persons."""

from board.access._guard import Guard, admitted, guard, seen
from board.access._masks import (
    masked,
    masked_id,
    masked_name,
    masked_phone,
    unmasked,
    without_birth,
)
from board.access._queries import QUERIES, Grain, told
from board.access._roles import (
    LOCAL_DEPARTMENT,
    LOCAL_ROLE,
    PRESENTABLE,
    RIGHTS,
    Reader,
    Rights,
    Role,
    Sight,
    loads,
    may_administer,
    may_export_rows,
    may_load,
    may_open,
    may_withdraw,
)

__all__ = [
    "LOCAL_DEPARTMENT", "LOCAL_ROLE", "PRESENTABLE", "QUERIES", "RIGHTS", "Grain", "Guard", "Reader", "Rights", "Role", "Sight",
    "admitted", "guard", "loads", "masked", "masked_id", "masked_name", "masked_phone", "may_administer",
    "may_export_rows", "may_load", "may_open", "may_withdraw", "seen", "told", "unmasked",
    "without_birth",
]  # fmt: skip
