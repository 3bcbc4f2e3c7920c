"""Who may see what: every role's rights, declared in one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from board.i18n import N_
from board.ledgers import by_name

Persons = Literal["none", "masked", "unmaskable"]
# Under which names the environment says as whom this machine shows the board to who needn't sign in.
LOCAL_ROLE, LOCAL_DEPARTMENT = "BOARD_ROLE", "BOARD_DEPARTMENT"


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


@dataclass(frozen=True)
class Rights:
    """What a role may do.

    `pages` are those it may open; `suppressed` hides counts of few; `households` shows codes and
    rows of households; `persons` says how personal columns are shown. `own` binds figures, tasks
    and ledgers to the account's department. `loads`, `withdraws`, `administers` and `exports`
    are what it may do: `exports` of "tables" are the figures as shown, of "rows" those behind.
    """

    pages: frozenset[str]
    suppressed: bool = True
    households: bool = False
    persons: Persons = "none"
    own: bool = False
    loads: bool = False
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
        exports="rows",
    ),
    Role.DEPARTMENT: Rights(SUBJECTS | {"definitions", "ledgers"}, suppressed=False, own=True),
    Role.KEEPER: Rights(frozenset({"ledgers", "definitions"}), own=True, loads=True),
    Role.ADMIN: Rights(
        TOWN | {"ledgers", "accounts", "looks"}, withdraws=True, administers=True
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Sight:
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

    `session` is the hash its sign-in is known by; empty where nobody had to sign in.
    `begins` is who sits at the machine of a store without any batch: they may load the first.
    """

    name: str = ""
    role: Role = Role.VIEWER
    department: str = ""
    places: tuple[str, ...] = ()
    presenting: bool = False
    session: str = ""
    begins: bool = False

    @property
    def rights(self) -> Rights:
        """What its role may do; on a shared screen no more than a viewer."""
        return RIGHTS[Role.VIEWER if self.presenting else self.role]

    @property
    def sight(self) -> Sight:
        """What it may see."""
        rights = self.rights
        return Sight(
            suppressed=rights.suppressed,
            households=rights.households,
            persons=rights.persons,
            department=self.department if RIGHTS[self.role].own else "",
            places=self.places,
        )


def may_open(reader: Reader, page: str) -> bool:
    """Whether the reader may open a page, by its key."""
    return page in RIGHTS[reader.role].pages and (not reader.presenting or page in PRESENTABLE)


def may_load(reader: Reader, ledger: str) -> bool:
    """Whether the reader may load a ledger: one its department keeps, any where it has none."""
    kept = reader.department in ("", by_name()[ledger].keeper)
    return loads(reader) and kept


def loads(reader: Reader) -> bool:
    """Whether the reader may load ledgers at all."""
    return reader.rights.loads or (reader.begins and not reader.presenting)


def may_withdraw(reader: Reader) -> bool:
    """Whether the reader may take a batch out."""
    return reader.rights.withdraws


def may_administer(reader: Reader) -> bool:
    """Whether the reader may give roles, back up and read who looked at what."""
    return reader.rights.administers


def may_export_rows(reader: Reader) -> bool:
    """Whether the reader may take away the rows behind a figure."""
    return reader.rights.exports == "rows"
