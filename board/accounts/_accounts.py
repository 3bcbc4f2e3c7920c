"""Accounts of people: made by an administrator, entered with a one-time token, locked after five slips."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from board.access import Role
from board.accounts._facts import (
    FAILURES,
    LOCKED,
    LONGEST_PASSWORD,
    SHORTEST,
    Account,
)
from board.accounts._register import digest, reading, register
from board.accounts._words import refusal
from board.journal import Looks

FIRST = ""  # The name an entrance bears before the first account has one.
ENTRANCE = timedelta(days=3)
HASHER = PasswordHasher()
SEPARATOR = "\n"


def present() -> datetime:
    """The present, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


class Accounts:
    """The accounts of the store at `root`; `clock` gives the present, naive UTC."""

    def __init__(self, root: Path, clock: Callable[[], datetime] = present) -> None:
        self.root = Path(root)
        self.clock = clock

    def any(self) -> bool:
        """Whether there is an account that can sign in, or could once it has its password."""
        with reading(self.root) as connection:
            found = connection.execute("select 1 from accounts where enabled limit 1").fetchone()
        return found is not None

    def all(self) -> list[Account]:
        """Every account, by name."""
        with reading(self.root) as connection:
            rows = connection.execute("select * from accounts order by name").fetchall()
        return [_account(row) for row in rows]

    def account(self, name: str) -> Account | None:
        """The account of that name."""
        with reading(self.root) as connection:
            return _found(connection, name)

    def first_token(self) -> str:
        """A one-time token that makes the first administrator; earlier ones are void."""
        with register(self.root) as connection:
            return self._entrance(connection, FIRST)

    def create(
        self,
        name: str,
        role: Role,
        by: str,
        department: str = "",
        places: Sequence[str] = (),
    ) -> str:
        """Make an account and return the one-time token its owner sets a password with."""
        name = name.strip()
        if not name or len(name) > 40 or not name.isprintable():
            raise refusal("bad_name")
        with register(self.root) as connection:
            if _found(connection, name):
                raise refusal("name_taken", name=name)
            if not _has_admin(connection):
                raise refusal("admin_first")
            _insert(connection, name, role, department, places, self._now())
            token = self._entrance(connection, name)
        Looks(self.root).record(by, Role.ADMIN, "account", f"create {name} {role}")
        return token

    def change(
        self, name: str, by: str, role: Role, department: str = "", places: Sequence[str] = ()
    ) -> None:
        """Give an account another role, department and places, from its next click on."""
        with register(self.root) as connection:
            _known(connection, name)
            if role is not Role.ADMIN:
                _keep_one_admin(connection, name)
            connection.execute(
                "update accounts set role = ?, department = ?, places = ? where name = ?",
                (role, department, SEPARATOR.join(places), name),
            )
        Looks(self.root).record(by, Role.ADMIN, "account", f"change {name} {role}")

    def enable(self, name: str, by: str, enabled: bool) -> None:
        """Let an account sign in again, or no more: then it is cut off at its next click."""
        with register(self.root) as connection:
            _known(connection, name)
            if not enabled:
                _keep_one_admin(connection, name)
            connection.execute("update accounts set enabled = ? where name = ?", (enabled, name))
        word = "enable" if enabled else "disable"
        Looks(self.root).record(by, Role.ADMIN, "account", f"{word} {name}")

    def reset(self, name: str, by: str) -> str:
        """Take an account's password away and return the token a new one is set with."""
        with register(self.root) as connection:
            _known(connection, name)
            connection.execute("update accounts set password = null where name = ?", (name,))
            _revoke(connection, name, self._now())
            token = self._entrance(connection, name)
        Looks(self.root).record(by, Role.ADMIN, "account", f"reset {name}")
        return token

    def enter(self, token: str, password: str, name: str = "") -> Account:
        """Set the password of the account a one-time token is for; the first makes an administrator."""
        with register(self.root) as connection:
            bearer = self._bearer(connection, token)
            if bearer == FIRST:
                _check_name(connection, name)
                bearer = name.strip()
            _check_password(password, bearer)
            if not _found(connection, bearer):
                _insert(connection, bearer, Role.ADMIN, "", (), self._now())
            hashed = HASHER.hash(password)
            connection.execute("update accounts set password = ? where name = ?", (hashed, bearer))
            connection.execute(
                "update entrances set used_at = ? where hash = ?", (self._now(), digest(token))
            )
            found = _known(connection, bearer)
        Looks(self.root).record(bearer, found.role, "account", "password set")
        return found

    def sign_in(self, name: str, password: str) -> Account:
        """The account, where name and password are its own; a refusal says neither which is wrong.

        Five slips lock a name for fifteen minutes, whether there is such an account or not.
        """
        name, slip = name.strip(), digest(name.strip())
        with reading(self.root) as connection:
            found = connection.execute(
                "select * from accounts where name = ? and enabled", (name,)
            ).fetchone()
            slips = _slips(connection, slip, self._now(-LOCKED))
        if slips >= FAILURES:
            raise refusal("locked")
        fits = _fits(found[1] if found else None, password)
        if not fits or not found:
            with register(self.root) as connection:
                connection.execute("delete from failures where at < ?", (self._now(-LOCKED),))
                connection.execute("insert into failures values (?, ?)", (slip, self._now()))
                slips = _slips(connection, slip, self._now(-LOCKED))
            raise refusal("locked" if slips >= FAILURES else "not_signed_in")
        with register(self.root) as connection:
            connection.execute("delete from failures where name = ?", (slip,))
            if HASHER.check_needs_rehash(found[1]):
                again = HASHER.hash(password)
                connection.execute("update accounts set password = ? where name = ?", (again, name))
        return _account(found)

    def _now(self, shift: timedelta = timedelta()) -> str:
        return (self.clock() + shift).isoformat(timespec="seconds")

    def _entrance(self, connection: sqlite3.Connection, name: str) -> str:
        """A new one-time token for a name; those given before are void."""
        connection.execute("delete from entrances where name = ?", (name,))
        token = secrets.token_urlsafe(24)
        connection.execute(
            "insert into entrances values (?, ?, ?, null)",
            (digest(token), name, self._now(ENTRANCE)),
        )
        return token

    def _bearer(self, connection: sqlite3.Connection, token: str) -> str:
        """Whom an entrance is for, while it holds."""
        row = connection.execute(
            "select name from entrances where hash = ? and used_at is null and expires_at > ?",
            (digest(token.strip()), self._now()),
        ).fetchone()
        if row is None:
            raise refusal("bad_token")
        return str(row[0])


@cache
def _nobody() -> str:
    """A hash that no password fits: trying a name that isn't there takes as long as one that is."""
    return HASHER.hash(secrets.token_urlsafe(24))


def _fits(hashed: str | None, password: str) -> bool:
    try:
        return HASHER.verify(hashed or _nobody(), password[:LONGEST_PASSWORD]) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _slips(connection: sqlite3.Connection, name: str, since: str) -> int:
    counted = "select count(*) from failures where name = ? and at >= ?"
    return int(connection.execute(counted, (name, since)).fetchone()[0])


def _check_name(connection: sqlite3.Connection, name: str) -> None:
    name = name.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise refusal("bad_name")
    if _found(connection, name):
        raise refusal("name_taken", name=name)


def _check_password(password: str, name: str) -> None:
    if len(password) < SHORTEST or len(password) > LONGEST_PASSWORD:
        raise refusal("bad_password", n=SHORTEST)
    if name in password and len(password) - len(name) < SHORTEST // 2:
        raise refusal("password_is_name")


def _insert(
    connection: sqlite3.Connection,
    name: str,
    role: Role,
    department: str,
    places: Sequence[str],
    at: str,
) -> None:
    connection.execute(
        "insert into accounts values (?, null, ?, ?, ?, 1, ?)",
        (name, role, department, SEPARATOR.join(places), at),
    )


def _found(connection: sqlite3.Connection, name: str) -> Account | None:
    row = connection.execute("select * from accounts where name = ?", (name,)).fetchone()
    return _account(row) if row else None


def _known(connection: sqlite3.Connection, name: str) -> Account:
    if (found := _found(connection, name)) is None:
        raise refusal("no_account", name=name)
    return found


def _has_admin(connection: sqlite3.Connection, besides: str = "") -> bool:
    """Whether an administrator can sign in, besides the one of that name."""
    others = """
        select 1 from accounts
        where role = ? and enabled and password is not null and name <> ?
    """
    return connection.execute(others, (Role.ADMIN, besides)).fetchone() is not None


def _keep_one_admin(connection: sqlite3.Connection, name: str) -> None:
    """Refuse what would leave the board without an administrator."""
    if _known(connection, name).role is Role.ADMIN and not _has_admin(connection, name):
        raise refusal("last_admin")


def _revoke(connection: sqlite3.Connection, name: str, at: str) -> None:
    connection.execute(
        "update sessions set revoked_at = ? where name = ? and via = 'local' and revoked_at is null",
        (at, name),
    )


def _account(row: tuple[Any, ...]) -> Account:
    name, password, role, department, places, enabled, at = row
    inside = tuple(place for place in places.split(SEPARATOR) if place)
    return Account(name, Role(role), department, inside, bool(enabled), password is not None, at)
