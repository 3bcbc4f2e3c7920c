"""The acts that can stand on the record of looks: a class each, which says what fields it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args, get_type_hints

AuditKind = Literal[
    "look", "unmask", "search", "export", "load", "withdraw", "backup", "account", "sign_in",
    "check", "repair", "retain", "role",
]  # fmt: skip
AUDIT_KINDS: tuple[AuditKind, ...] = get_args(AuditKind)
AccountAct = Literal[
    "taken over", "create", "change", "enable", "disable", "reset", "unlock", "password"
]
# A text that the record may keep, or {"sha256": "…"} of one that it may not.
KeptText = str | dict[str, str]


@dataclass(frozen=True)
class Act:
    """Something that was done; `act` names it among the acts of its kind."""

    kind: ClassVar[AuditKind]


@dataclass(frozen=True)
class Look(Act):
    """A household's card was opened."""

    kind = "look"
    household: str
    act: Literal["look"] = "look"


@dataclass(frozen=True)
class Unmasking(Act):
    """A household's people were shown by their full names."""

    kind = "unmask"
    household: str
    act: Literal["unmask"] = "unmask"


@dataclass(frozen=True)
class Search(Act):
    """Households were searched `by` name, tail, code or room; early rows have no count."""

    kind = "search"
    by: tuple[str, ...]
    count: int | None = None
    act: Literal["search"] = "search"


@dataclass(frozen=True, kw_only=True)
class Shown(Act):
    """What a table shows: a period, a place, perhaps a household with its people's names."""

    kind = "export"
    period: str = ""
    scope: str = ""
    household: str = ""
    persons: bool = False


@dataclass(frozen=True, kw_only=True)
class PanelExport(Shown):
    """The table of a panel was taken away."""

    page: str
    panel: str
    act: Literal["panel"] = "panel"


@dataclass(frozen=True, kw_only=True)
class RowsExport(Shown):
    """The rows behind a part of a metric were taken away."""

    metric: str
    part: str
    act: Literal["rows"] = "rows"


@dataclass(frozen=True)
class LedgerExport(Act):
    """Whole ledgers were taken away as json, csv or xlsx."""

    kind = "export"
    ledgers: tuple[str, ...]
    form: str
    persons: bool = False
    act: Literal["ledgers"] = "ledgers"


@dataclass(frozen=True)
class FindingsExport(Act):
    """The findings of a check were taken away."""

    kind = "export"
    act: Literal["findings"] = "findings"


@dataclass(frozen=True)
class LooksExport(Act):
    """The record of looks was taken away."""

    kind = "export"
    act: Literal["looks"] = "looks"


@dataclass(frozen=True)
class Load(Act):
    """Files were kept as a batch."""

    kind = "load"
    batch: int
    act: Literal["load"] = "load"


@dataclass(frozen=True)
class Withdrawal(Act):
    """A batch was taken out."""

    kind = "withdraw"
    batch: int
    act: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True)
class Backup(Act):
    """The whole store was written into a file."""

    kind = "backup"
    act: Literal["whole"] = "whole"


@dataclass(frozen=True)
class Restore(Act):
    """The store was filled from a backup."""

    kind = "backup"
    act: Literal["restore"] = "restore"


@dataclass(frozen=True)
class AccountsBegun(Act):
    """The proof of accounts began; so many accounts were there before."""

    kind = "account"
    accounts: int
    act: Literal["begun"] = "begun"


@dataclass(frozen=True)
class AccountState(Act):
    """What an account is after what was done to it; `password` is the hash of a hash."""

    kind = "account"
    act: AccountAct
    name: KeptText
    roles: tuple[KeptText, ...]
    department: KeptText
    places: tuple[KeptText, ...]
    enabled: bool
    password: str | None


@dataclass(frozen=True)
class Lockout(Act):
    """An account was locked after too many wrong passwords."""

    kind = "account"
    act: Literal["locked"] = "locked"


@dataclass(frozen=True)
class Revocation(Act):
    """Somebody's session was ended."""

    kind = "account"
    name: str
    act: Literal["revoke"] = "revoke"


@dataclass(frozen=True)
class SignIn(Act):
    """Somebody signed in: by a `local` account, or as `subject` of an OpenID provider."""

    kind = "sign_in"
    provider: str
    subject: str = ""
    act: Literal["sign_in"] = "sign_in"


@dataclass(frozen=True)
class Check(Act):
    """Ledgers were checked; `compared` where a load asked another department's ledgers."""

    kind = "check"
    ledgers: tuple[str, ...]
    compared: bool = False
    act: Literal["check"] = "check"


@dataclass(frozen=True)
class Repair(Act):
    """A damaged store was repaired in so many steps."""

    kind = "repair"
    steps: int
    act: Literal["repair"] = "repair"


@dataclass(frozen=True)
class Retention(Act):
    """What was received before a day was removed for good."""

    kind = "retain"
    before: str
    act: Literal["retain"] = "retain"


@dataclass(frozen=True)
class RoleChoice(Act):
    """Somebody chose another of their roles, bound to a department or places."""

    kind = "role"
    role: str
    department: str = ""
    places: tuple[str, ...] = ()
    act: Literal["role"] = "role"


DECLARED: tuple[type[Act], ...] = (
    Look, Unmasking, Search, PanelExport, RowsExport, LedgerExport, FindingsExport, LooksExport,
    Load, Withdrawal, Backup, Restore, AccountsBegun, AccountState, Lockout, Revocation, SignIn,
    Check, Repair, Retention, RoleChoice,
)  # fmt: skip


def names_of(declared: type[Act]) -> tuple[str, ...]:
    """What the acts of a declaration are called."""
    return get_args(get_type_hints(declared)["act"])
