"""Accounts as rows of the register, and what may stand in one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from board.access import Role
from board.accounts._facts import Account
from board.accounts._words import refusal
from board.reference import table

SEPARATOR = "\n"
PLACE = re.compile(r"[^\s/]+(/[^\s/]+)?")  # 3栋 or 3栋/2单元


def named(name: str) -> str:
    """A name as it is kept; a refusal where it can't be one."""
    name = name.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise refusal("bad_name")
    return name


def admitted(role: Role, department: str, places: Sequence[str]) -> None:
    """Refuse what an account can't be bound to: a department without one would see every other's."""
    known = [row["department"] for row in table("departments")]
    if department not in ["", *known] or (role is Role.DEPARTMENT and not department):
        raise refusal("bad_department", known="、".join(known))
    if wrong := [place for place in places if not PLACE.fullmatch(place)]:
        raise refusal("bad_place", place=wrong[0])


def insert(
    connection: sqlite3.Connection,
    name: str,
    role: Role,
    at: str,
    department: str = "",
    places: Sequence[str] = (),
) -> None:
    """Add an account; it has no password yet."""
    connection.execute(
        "insert into accounts values (?, null, ?, ?, ?, 1, ?)",
        (name, role, department, SEPARATOR.join(places), at),
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
    others = """
        select 1 from accounts
        where role = ? and enabled and password is not null and name <> ?
    """
    return connection.execute(others, (Role.ADMIN, besides)).fetchone() is not None


def keep_one_admin(connection: sqlite3.Connection, name: str) -> None:
    """Refuse what would leave the board without an administrator."""
    if known(connection, name).role is Role.ADMIN and not has_admin(connection, name):
        raise refusal("last_admin")


def revoke(connection: sqlite3.Connection, name: str, at: str) -> None:
    """End every session of a local account."""
    connection.execute(
        "update sessions set revoked_at = ? where name = ? and via = 'local' and revoked_at is null",
        (at, name),
    )


def account(row: tuple[Any, ...]) -> Account:
    """The account of a row."""
    name, password, role, department, places, enabled, at = row
    inside = tuple(place for place in places.split(SEPARATOR) if place)
    return Account(name, Role(role), department, inside, bool(enabled), password is not None, at)
