"""Roles and readers, and what each role may see and do, declared in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from board.i18n import N_
from board.ledgers import by_name
from board.storage import RefusedError

Persons = Literal["none", "masked", "unmaskable"]
# Environment variables: the role and department of readers at this machine who don't sign in.
LOCAL_ROLE, LOCAL_DEPARTMENT = "BOARD_ROLE", "BOARD_DEPARTMENT"

# No department: its ledgers are none.
NOBODYS = "—"
# The ledger that the task force keeps: it loads all that the same department keeps.
TASK_FORCE_LEDGER = "tasks"


class Role(StrEnum):
    """What an account is for; settings, the journal and the logs of URLs contain the value."""

    VIEWER = "viewer"
    LEADER = "leader"
    TASK_FORCE = "task_force"
    DEPARTMENT = "department"
    KEEPER = "keeper"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role's name, not yet translated."""
        return RIGHTS[self].label


class Audience(StrEnum):
    """Who may open a page; each `Section` declares its own, and `ADMITS` says by which right."""

    EVERYONE = "everyone"
    FIGURES = "figures"  # who sees figures, if only those of the own department
    TOWN = "town"  # who sees figures of all departments
    HOUSEHOLDS = "households"  # who sees single households
    ADMINISTRATORS = "administrators"


class Action(StrEnum):
    """What a reader does besides reading pages; `demand` checks it at the moment it is done."""

    LOAD = "load"  # a ledger, by its name
    WITHDRAW = "withdraw"  # a batch
    PLANS = "plans"  # load one
    ACCOUNTS = "accounts"  # make, change, disable, reset or unlock one
    SESSIONS = "sessions"  # end one
    BACKUP = "backup"
    LOOKS = "looks"  # read or export the audit log
    ROWS = "rows"  # export the rows behind a figure
    SEARCH = "search"  # find a household by a person in it
    UNMASK = "unmask"  # show the full names of a household's people


@dataclass(frozen=True)
class Rights:
    """A role's name, what it is for, and what it may do.

    `label` and `purpose` are source strings; the glossary and the README show both.
    `figures` opens the pages with figures. `suppressed` hides counts below the threshold;
    `households` shows the codes and rows of single households; `persons` says how personal columns
    are shown. `own_department` limits figures, tasks and ledgers to the account's department.
    `loads` says which ledgers it loads: those that its department keeps, or those of the task
    force. `withdraws` allows to withdraw batches, `administers` to manage accounts, sessions,
    backups and the audit log.
    `exports` allows to export "tables" (the figures as shown) or also the "rows" behind them.
    """

    label: str
    purpose: str
    figures: bool = True
    suppressed: bool = True
    households: bool = False
    persons: Persons = "none"
    own_department: bool = False
    loads: Literal["", "department", "task_force"] = ""
    withdraws: bool = False
    administers: bool = False
    exports: Literal["tables", "rows"] = "tables"

    @property
    def needs_department(self) -> bool:
        """Whether an account with the role must have a department: without it, it would see all."""
        return self.own_department and self.figures


RIGHTS: dict[Role, Rights] = {
    Role.VIEWER: Rights(N_("一般用户"), N_("只看汇总，人数太少的数不单独显示")),
    Role.LEADER: Rights(
        N_("管委领导"), N_("看全部汇总和户编号，个人信息脱敏"),
        suppressed=False, households=True, persons="masked", exports="rows",
    ),
    Role.TASK_FORCE: Rights(
        N_("专班人员"), N_("写明原因才看全名，每次都记录在案；收专班自己的台账"),
        suppressed=False, households=True, persons="unmaskable", loads="task_force", exports="rows",
    ),
    Role.DEPARTMENT: Rights(
        N_("部门"), N_("看自己牵头的任务和自己台账的汇总"), suppressed=False, own_department=True
    ),
    Role.KEEPER: Rights(
        N_("台账填报人"), N_("收自己部门的台账，看自己文件的核对问题"),
        figures=False, own_department=True, loads="department",
    ),
    Role.ADMIN: Rights(
        N_("管理员"), N_("管账号、方案、撤回、备份和查看记录，不收台账"), withdraws=True, administers=True
    ),
}  # fmt: skip

# The right that opens the pages for each audience.
ADMITS: dict[Audience, Callable[[Rights], bool]] = {
    Audience.EVERYONE: lambda rights: True,
    Audience.FIGURES: lambda rights: rights.figures,
    Audience.TOWN: lambda rights: rights.figures and not rights.own_department,
    Audience.HOUSEHOLDS: lambda rights: rights.households,
    Audience.ADMINISTRATORS: lambda rights: rights.administers,
}

# The right that each action needs.
NEEDS: dict[Action, Callable[[Rights], bool]] = {
    Action.LOAD: lambda rights: bool(rights.loads),
    Action.WITHDRAW: lambda rights: rights.withdraws,
    Action.PLANS: lambda rights: rights.administers,
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
    """What a reader may see, without the reader's identity, so that it can be the key of a cache.

    `department` is set where the reader sees only that department's figures. `places` ("3栋",
    "3栋/2单元") are the places that the reader is limited to; empty means all.
    """

    suppressed: bool = True
    households: bool = False
    persons: Persons = "none"
    department: str = ""
    places: tuple[str, ...] = ()

    @property
    def one_edition(self) -> bool:
        """Whether small counts of any place are hidden: two editions together would tell them."""
        return self.suppressed or bool(self.places)


@dataclass(frozen=True)
class Reader:
    """A person who reads: the account's name, role, department and places.

    `role` is the chosen one where the account has several. `presenting` says that the screen is
    shared. `session` is the hash that identifies the sign-in, empty where none was needed. `begins`
    is true at the machine of a store without batches, where the first may be of any ledger.
    `keepers` says which department keeps each ledger, by the store's plans.
    """

    name: str = ""
    role: Role = Role.VIEWER
    department: str = ""
    places: tuple[str, ...] = ()
    presenting: bool = False
    session: str = ""
    begins: bool = field(default=False, compare=False)
    keepers: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def rights(self) -> Rights:
        """The rights of its role; on a shared screen those of a viewer."""
        return RIGHTS[Role.VIEWER if self.presenting else self.role]

    @property
    def permissions(self) -> Permissions:
        """What the reader may see."""
        rights = self.rights
        return Permissions(
            suppressed=rights.suppressed,
            households=rights.households,
            persons=rights.persons,
            department=self.department if RIGHTS[self.role].own_department else "",
            places=self.places,
        )


def may_open(reader: Reader, audience: Audience, presentable: bool) -> bool:
    """Whether the reader may open a page for an audience; a shared screen shows presentable ones."""
    return ADMITS[audience](RIGHTS[reader.role]) and (presentable or not reader.presenting)


def may(reader: Reader, action: Action, ledger: str = "") -> bool:
    """Whether the reader may do something; on a shared screen nobody may do anything.

    For Action.LOAD `ledger` is the name of the ledger; without it, whether any may be loaded.
    """
    if reader.presenting:
        return False
    if not NEEDS[action](RIGHTS[reader.role]) and not (reader.begins and action is Action.LOAD):
        return False
    if action is not Action.LOAD:
        return True
    loadable = ledgers_of(reader)
    return ledger in loadable if ledger else bool(loadable)


def demand(reader: Reader, action: Action, ledger: str = "") -> None:
    """Raise RefusedError where `may` is false; to be called at the moment the action is done."""
    if not may(reader, action, ledger):
        raise RefusedError("not_allowed", N_("您现在的身份不能这样做。"))


def ledgers_of(reader: Reader) -> frozenset[str]:
    """The names of the ledgers that the reader may load."""
    if reader.begins:
        return frozenset(by_name())
    if not RIGHTS[reader.role].loads:
        return frozenset()
    department = loads_for(reader)
    return frozenset(name for name in by_name() if department in ("", reader.keepers.get(name)))


def loads_for(reader: Reader) -> str:
    """The department whose ledgers the reader loads; empty means every department."""
    if RIGHTS[reader.role].loads == "task_force":
        return reader.keepers.get(TASK_FORCE_LEDGER, NOBODYS)
    return reader.department
