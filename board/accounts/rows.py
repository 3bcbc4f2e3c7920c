"""Read, write and validate the rows of accounts in the register."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from board.access import RIGHTS, Role
from board.accounts.facts import Account
from board.accounts.proof import LINES
from board.accounts.words import refusal

PLACE = re.compile(r"[^\s/]+(/[^\s/]+)?")  # 3栋 or 3栋/2单元


def valid_name(name: str) -> str:
    """A name without spaces around it; RefusedError if an account can't have it."""
    name = name.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise refusal("bad_name")
    return name


def distinct_roles(roles: Role | Sequence[Role]) -> tuple[Role, ...]:
    """One role or several in their order, without repetition; RefusedError if there is none."""
    several = [roles] if isinstance(roles, Role) else roles
    if not several:
        raise refusal("no_role")
    return tuple(dict.fromkeys(several))


def require_valid_binding(
    roles: Sequence[Role], department: str, places: Sequence[str], departments: Sequence[str]
) -> None:
    """RefusedError if an account can't be limited to this department or these places.

    `departments` are those of the store's plans.
    """
    needed = any(RIGHTS[role].needs_department for role in roles)
    if department not in ["", *departments] or (needed and not department):
        raise refusal("bad_department", known="、".join(departments))
    if invalid := [place for place in places if not PLACE.fullmatch(place)]:
        raise refusal("bad_place", place=invalid[0])


def insert(
    connection: sqlite3.Connection,
    name: str,
    roles: Sequence[Role],
    at: str,
    department: str = "",
    places: Sequence[str] = (),
) -> None:
    """Add an account; it has no password yet."""
    connection.execute(
        "insert into accounts values (?, null, ?, ?, ?, 1, ?)",
        (name, LINES.join(roles), department, LINES.join(places), at),
    )


def account_named(connection: sqlite3.Connection, name: str) -> Account | None:
    """The account of that name, None if there is none."""
    row = connection.execute("select * from accounts where name = ?", (name,)).fetchone()
    return account(row) if row else None


def require_account(connection: sqlite3.Connection, name: str) -> Account:
    """The account of that name; RefusedError if there is none."""
    if (named := account_named(connection, name)) is None:
        raise refusal("no_account", name=name)
    return named


def has_admin(connection: sqlite3.Connection, besides: str = "") -> bool:
    """Whether an administrator can sign in, not counting the account called `besides`."""
    statement = "select role from accounts where enabled and password is not null and name <> ?"
    others = connection.execute(statement, (besides,)).fetchall()
    return any(Role.ADMIN in roles_of(lines) for (lines,) in others)


def keep_one_admin(connection: sqlite3.Connection, name: str) -> None:
    """RefusedError if this account is the last administrator who can sign in."""
    if is_last_admin(connection, require_account(connection, name)):
        raise refusal("last_admin")


def is_last_admin(connection: sqlite3.Connection, account: Account) -> bool:
    """Whether no other administrator can sign in."""
    return Role.ADMIN in account.roles and not has_admin(connection, account.name)


def revoke(connection: sqlite3.Connection, name: str, at: str) -> None:
    """End every session of a local account."""
    connection.execute(
        "update sessions set revoked_at = ? where name = ? and via = 'local' and revoked_at is null",
        (at, name),
    )


def account(row: tuple[Any, ...]) -> Account:
    """The account of a row."""
    name, password, roles, department, places, enabled, at = row
    return Account(
        name, roles_of(roles), department, lines_of(places), bool(enabled), password is not None, at
    )


def roles_of(lines: str) -> tuple[Role, ...]:
    """The roles of a row; unknown roles are left out, and a row with none has the viewer's."""
    return tuple(Role(line) for line in lines_of(lines) if line in set(Role)) or (Role.VIEWER,)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a row's text, without empty ones."""
    return tuple(line for line in text.split(LINES) if line)
