"""Accounts as rows of the register, and what may stand in one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from board.access import Role
from board.accounts.facts import Account
from board.accounts.proof import LINES
from board.accounts.words import refusal
from board.reference import table

PLACE = re.compile(r"[^\s/]+(/[^\s/]+)?")  # 3栋 or 3栋/2单元


def named(name: str) -> str:
    """A name as it is kept; a refusal where it can't be one."""
    name = name.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise refusal("bad_name")
    return name


def several(roles: Role | Sequence[Role]) -> tuple[Role, ...]:
    """One role or several, in their order, none twice; a refusal where there is none."""
    given = [roles] if isinstance(roles, Role) else roles
    if not given:
        raise refusal("no_role")
    return tuple(dict.fromkeys(given))


def admitted(roles: Sequence[Role], department: str, places: Sequence[str]) -> None:
    """Refuse what an account can't be bound to: a department without one would see every other's."""
    known = [row["department"] for row in table("departments")]
    if department not in ["", *known] or (Role.DEPARTMENT in roles and not department):
        raise refusal("bad_department", known="、".join(known))
    if wrong := [place for place in places if not PLACE.fullmatch(place)]:
        raise refusal("bad_place", place=wrong[0])


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


def found(connection: sqlite3.Connection, name: str) -> Account | None:
    """The account of that name, if there is one."""
    row = connection.execute("select * from accounts where name = ?", (name,)).fetchone()
    return account(row) if row else None


def known(connection: sqlite3.Connection, name: str) -> Account:
    """The account of that name; a refusal where there is none."""
    if (one := found(connection, name)) is None:
        raise refusal("no_account", name=name)
    return one


def has_admin(connection: sqlite3.Connection, besides: str = "") -> bool:
    """Whether an administrator can sign in, besides the one of that name."""
    others = "select role from accounts where enabled and password is not null and name <> ?"
    held = connection.execute(others, (besides,)).fetchall()
    return any(Role.ADMIN in roles_of(lines) for (lines,) in held)


def keep_one_admin(connection: sqlite3.Connection, name: str) -> None:
    """Refuse what would leave the board without an administrator."""
    if Role.ADMIN in known(connection, name).roles and not has_admin(connection, name):
        raise refusal("last_admin")


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
    """The roles of a row; what is no role counts for nothing, and none at all for the least."""
    return tuple(Role(line) for line in lines_of(lines) if line in set(Role)) or (Role.VIEWER,)


def lines_of(text: str) -> tuple[str, ...]:
    """What stands on the lines of a row's text."""
    return tuple(line for line in text.split(LINES) if line)
