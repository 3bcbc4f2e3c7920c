"""Who may see and do what: every role's rights, declared in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from board.i18n import N_
from board.ledgers import by_name
from board.storage import RefusedError

Persons = Literal["none", "masked", "unmaskable"]
# Under which names the environment says as whom this machine shows the board to who needn't sign in.
LOCAL_ROLE, LOCAL_DEPARTMENT = "BOARD_ROLE", "BOARD_DEPARTMENT"

# The department whose ledgers the task force loads.
TASK_FORCE_DEPARTMENT = "乡村振兴工作专班"


class Role(StrEnum):
    """What an account is for; the value stands in settings, the journal and the URL's logs."""

    VIEWER = "viewer"
    LEADER = "leader"
    TASK_FORCE = "task_force"
    DEPARTMENT = "department"
    KEEPER = "keeper"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role's name, not yet translated."""
        return LABELS[self]


LABELS = {
    Role.VIEWER: N_("查看者"), Role.LEADER: N_("管委领导"), Role.TASK_FORCE: N_("专班人员"),
    Role.DEPARTMENT: N_("部门"), Role.KEEPER: N_("台账填报人"), Role.ADMIN: N_("管理员"),
}  # fmt: skip

# Pages with figures of the whole town, and of its buildings and units.
SUBJECTS = frozenset({
    "employment", "income", "assets", "zero_employment", "departments", "measures",
    "work_services", "industry", "safeguards", "community", "units",
})  # fmt: skip
TOWN = SUBJECTS | {"overview", "definitions"}
# Pages that name a household, take ledgers in, or tell who did what: never on a shared screen.
PRESENTABLE = TOWN


class Action(StrEnum):
    """What writes or takes away: each asks `may` at the moment it is done."""

    LOAD = "load"  # a ledger, by its name
    WITHDRAW = "withdraw"  # a batch
    ACCOUNTS = "accounts"  # make, change, disable, reset, unlock
    SESSIONS = "sessions"  # cut one off
    BACKUP = "backup"
    LOOKS = "looks"  # read the record of looks, or take it away
    ROWS = "rows"  # take away the rows behind a figure
    SEARCH = "search"  # find a household by a person
    UNMASK = "unmask"  # show a household's people by their full names


@dataclass(frozen=True)
class Rights:
    """What a role may do.

    `pages` are those it may open; `suppressed` hides counts of few; `households` shows codes and
    rows of households; `persons` says how personal columns are shown. `own` binds figures, tasks
    and ledgers to the account's department. `loads` says whose ledgers it loads: those that its
    own department keeps, or those of the task force. `withdraws`, `administers` and
    `exports` are what else it may do: `exports` of "tables" are the figures as shown, of "rows"
    those behind.
    """

    pages: frozenset[str]
    suppressed: bool = True
    households: bool = False
    persons: Persons = "none"
    own: bool = False
    loads: Literal["", "department", "task_force"] = ""
    withdraws: bool = False
    administers: bool = False
    exports: Literal["tables", "rows"] = "tables"


RIGHTS: dict[Role, Rights] = {
    Role.VIEWER: Rights(TOWN | {"ledgers"}),
    Role.LEADER: Rights(
        TOWN | {"ledgers", "household"}, suppressed=False, households=True, persons="masked",
        exports="rows",
    ),
    Role.TASK_FORCE: Rights(
        TOWN | {"ledgers", "household"}, suppressed=False, households=True, persons="unmaskable",
        loads="task_force", exports="rows",
    ),
    Role.DEPARTMENT: Rights(SUBJECTS | {"definitions", "ledgers"}, suppressed=False, own=True),
    Role.KEEPER: Rights(frozenset({"ledgers", "definitions"}), own=True, loads="department"),
    Role.ADMIN: Rights(
        TOWN | {"ledgers", "accounts", "looks"}, withdraws=True, administers=True
    ),
}  # fmt: skip

# The right that each action needs.
NEEDS: dict[Action, Callable[[Rights], bool]] = {
    Action.LOAD: lambda rights: bool(rights.loads),
    Action.WITHDRAW: lambda rights: rights.withdraws,
    Action.ACCOUNTS: lambda rights: rights.administers,
    Action.SESSIONS: lambda rights: rights.administers,
    Action.BACKUP: lambda rights: rights.administers,
    Action.LOOKS: lambda rights: rights.administers,
    Action.ROWS: lambda rights: rights.exports == "rows",
    Action.SEARCH: lambda rights: rights.persons != "none",
    Action.UNMASK: lambda rights: rights.persons == "unmaskable",
}


@dataclass(frozen=True)
class Permissions:
    """What may be seen, and nothing of who sees: what is remembered is remembered by it.

    `department` is set where only its own figures may be seen; `places` ("3栋", "3栋/2单元")
    are those the reader is narrowed to, none meaning all.
    """

    suppressed: bool = True
    households: bool = False
    persons: Persons = "none"
    department: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who reads: an account's name and role, what it is bound to, and whether it is presenting.

    Of several roles that an account has, `role` is the one chosen. `session` is the hash its
    sign-in is known by; empty where nobody had to sign in. `begins` is who sits at the machine of
    a store without any batch: they may load the first, of any ledger.
    """

    name: str = ""
    role: Role = Role.VIEWER
    department: str = ""
    places: tuple[str, ...] = ()
    presenting: bool = False
    session: str = ""
    begins: bool = field(default=False, compare=False)

    @property
    def rights(self) -> Rights:
        """What its role may do; on a shared screen no more than a viewer."""
        return RIGHTS[Role.VIEWER if self.presenting else self.role]

    @property
    def permissions(self) -> Permissions:
        """What it may see."""
        rights = self.rights
        return Permissions(
            suppressed=rights.suppressed,
            households=rights.households,
            persons=rights.persons,
            department=self.department if RIGHTS[self.role].own else "",
            places=self.places,
        )


def may_open(reader: Reader, page: str) -> bool:
    """Whether the reader may open a page, by its key."""
    return page in RIGHTS[reader.role].pages and (not reader.presenting or page in PRESENTABLE)


def may(reader: Reader, action: Action, ledger: str = "") -> bool:
    """Whether the reader may do something; on a shared screen nobody may do anything.

    Loading is asked of a ledger by its name; without one, whether there is any to load.
    """
    if reader.presenting:
        return False
    if not NEEDS[action](RIGHTS[reader.role]) and not (reader.begins and action is Action.LOAD):
        return False
    if action is not Action.LOAD:
        return True
    loaded = ledgers_of(reader)
    return ledger in loaded if ledger else bool(loaded)


def demand(reader: Reader, action: Action, ledger: str = "") -> None:
    """Refuse an action that the reader may not do: asked at the moment it is done."""
    if not may(reader, action, ledger):
        raise RefusedError("not_allowed", N_("您现在的身份不能这样做。"))


def ledgers_of(reader: Reader) -> frozenset[str]:
    """The names of the ledgers that the reader loads."""
    if reader.begins:
        return frozenset(by_name())
    if not RIGHTS[reader.role].loads:
        return frozenset()
    department = loads_for(reader)
    return frozenset(
        name for name, ledger in by_name().items() if department in ("", ledger.keeper)
    )


def loads_for(reader: Reader) -> str:
    """The department whose ledgers the reader loads; empty for those of every department."""
    if RIGHTS[reader.role].loads == "task_force":
        return TASK_FORCE_DEPARTMENT
    return reader.department
