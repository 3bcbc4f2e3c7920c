"""The acts that the audit log can record: one class each, which declares its fields."""

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
# A text as it is, or {"sha256": "…"} if the audit log must not hold the text.
KeptText = str | dict[str, str]


@dataclass(frozen=True)
class Act:
    """Something that someone did; `act` names it among the acts of its kind."""

    kind: ClassVar[AuditKind]


@dataclass(frozen=True)
class Look(Act):
    """A household's card was opened."""

    kind = "look"
    household: str
    act: Literal["look"] = "look"


@dataclass(frozen=True)
class Unmasking(Act):
    """The members of a household were shown with their full names."""

    kind = "unmask"
    household: str
    act: Literal["unmask"] = "unmask"


@dataclass(frozen=True)
class Search(Act):
    """Households were searched `by` name, tail, code or room; early entries have no count."""

    kind = "search"
    by: tuple[str, ...]
    count: int | None = None
    act: Literal["search"] = "search"


@dataclass(frozen=True, kw_only=True)
class Shown(Act):
    """An exported table: its period and place, its household if any, whether it names persons."""

    kind = "export"
    period: str = ""
    scope: str = ""
    household: str = ""
    persons: bool = False


@dataclass(frozen=True, kw_only=True)
class PanelExport(Shown):
    """The table of a panel was exported."""

    page: str
    panel: str
    act: Literal["panel"] = "panel"


@dataclass(frozen=True, kw_only=True)
class RowsExport(Shown):
    """The rows behind a part of a metric were exported."""

    metric: str
    part: str
    act: Literal["rows"] = "rows"


@dataclass(frozen=True)
class LedgerExport(Act):
    """Whole ledgers were exported; `form` is json, csv or xlsx."""

    kind = "export"
    ledgers: tuple[str, ...]
    form: str
    persons: bool = False
    act: Literal["ledgers"] = "ledgers"


@dataclass(frozen=True)
class TemplateExport(Act):
    """A ledger's template was taken with `rows` prefilled for a month (2025-01)."""

    kind = "export"
    ledger: str
    month: str
    rows: int
    persons: bool = False
    act: Literal["template"] = "template"


@dataclass(frozen=True)
class FindingsExport(Act):
    """The findings of a check were exported."""

    kind = "export"
    act: Literal["findings"] = "findings"


@dataclass(frozen=True)
class LooksExport(Act):
    """The audit log was exported."""

    kind = "export"
    act: Literal["looks"] = "looks"


@dataclass(frozen=True)
class Load(Act):
    """Files were loaded as a batch."""

    kind = "load"
    batch: int
    act: Literal["load"] = "load"


@dataclass(frozen=True)
class Confirmation(Act):
    """The rows of ledgers in a `month` (2024-03) were marked as checked."""

    kind = "load"
    ledgers: tuple[str, ...]
    month: str
    act: Literal["confirm"] = "confirm"


@dataclass(frozen=True)
class Withdrawal(Act):
    """A batch was withdrawn."""

    kind = "withdraw"
    batch: int
    act: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True)
class Backup(Act):
    """The whole store was backed up into a file."""

    kind = "backup"
    act: Literal["whole"] = "whole"


@dataclass(frozen=True)
class Restore(Act):
    """The store was restored from a backup."""

    kind = "backup"
    act: Literal["restore"] = "restore"


@dataclass(frozen=True)
class AccountsBegun(Act):
    """The audit log of accounts began; `accounts` is how many there were before."""

    kind = "account"
    accounts: int
    act: Literal["begun"] = "begun"


@dataclass(frozen=True)
class AccountState(Act):
    """What an account is after a change; `password` is the hash of its password hash."""

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
    """A session of `name` was ended."""

    kind = "account"
    name: str
    act: Literal["revoke"] = "revoke"


@dataclass(frozen=True)
class SignIn(Act):
    """Someone signed in: with a `local` account, or as `subject` of an OpenID provider."""

    kind = "sign_in"
    provider: str
    subject: str = ""
    act: Literal["sign_in"] = "sign_in"


@dataclass(frozen=True)
class Check(Act):
    """Ledgers were checked; `compared` if with the rows of another department's ledgers."""

    kind = "check"
    ledgers: tuple[str, ...]
    compared: bool = False
    act: Literal["check"] = "check"


@dataclass(frozen=True)
class Repair(Act):
    """A damaged store was repaired; `steps` is how many steps that took."""

    kind = "repair"
    steps: int
    act: Literal["repair"] = "repair"


@dataclass(frozen=True)
class Retention(Act):
    """Workbooks and personal data from `before` a day (2024-03-05) were removed for good."""

    kind = "retain"
    before: str
    act: Literal["retain"] = "retain"


@dataclass(frozen=True)
class RoleChoice(Act):
    """Someone chose another of their roles, bound to a department or places."""

    kind = "role"
    role: str
    department: str = ""
    places: tuple[str, ...] = ()
    act: Literal["role"] = "role"


DECLARED: tuple[type[Act], ...] = (
    Look, Unmasking, Search, PanelExport, RowsExport, LedgerExport, TemplateExport,
    FindingsExport, LooksExport,
    Load, Confirmation, Withdrawal, Backup, Restore, AccountsBegun, AccountState, Lockout, Revocation,
    SignIn,     Check, Repair, Retention, RoleChoice,
)  # fmt: skip


def names_of(declared: type[Act]) -> tuple[str, ...]:
    """The names (`act`) that acts of this class can have."""
    return get_args(get_type_hints(declared)["act"])
