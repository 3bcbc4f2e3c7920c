"""Create, change and lock accounts, set their passwords, and sign in with them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from board.access import Role
from board.accounts import lockout, passwords, proof, rows
from board.accounts.facts import FAILURES, Account
from board.accounts.origin import Origin
from board.accounts.register import InRegister, digest, reading, register
from board.accounts.words import refusal
from board.journal import AuditLog, acts
from board.plan_names import departments

FIRST = ""  # The name that the first administrator's token is stored under.
UNKNOWN = Origin()
TOKEN_LIFE = timedelta(days=3)


@dataclass(frozen=True)
class Accounts(InRegister):
    """The accounts of the store at `root`.

    Every change writes an audit entry in the same transaction. `acting` is the role in that
    entry: administrator for the page, "terminal" for the command line.
    """

    acting: str = Role.ADMIN

    def any(self) -> bool:
        """Whether there is an enabled account, with or without a password."""
        with reading(self.root) as connection:
            row = connection.execute("select 1 from accounts where enabled limit 1").fetchone()
        return row is not None

    def all(self) -> list[Account]:
        """Every account, by name."""
        with reading(self.root) as connection:
            listed = connection.execute("select * from accounts order by name").fetchall()
        return [rows.account(row) for row in listed]

    def account(self, name: str) -> Account | None:
        """The account of that name, None if there is none."""
        with reading(self.root) as connection:
            return rows.account_named(connection, name)

    def first_token(self) -> str:
        """A one-time token for creating the first administrator; earlier ones become void."""
        with register(self.root) as connection:
            return self._token(connection, FIRST)

    def create(
        self,
        name: str,
        roles: Role | Sequence[Role],
        by: str,
        department: str = "",
        places: Sequence[str] = (),
    ) -> str:
        """Create an account and return the one-time token for setting its password."""
        name, distinct = rows.valid_name(name), rows.distinct_roles(roles)
        rows.require_valid_binding(distinct, department, places, departments(self.root))
        with register(self.root) as connection:
            if rows.account_named(connection, name):
                raise refusal("name_taken", name=name)
            if Role.ADMIN not in distinct and not rows.has_admin(connection):
                raise refusal("admin_first")
            rows.insert(connection, name, distinct, self._now(), department, places)
            proof.note(connection, by, self.acting, "create", name)
            return self._token(connection, name)

    def change(
        self,
        name: str,
        by: str,
        roles: Role | Sequence[Role],
        department: str = "",
        places: Sequence[str] = (),
    ) -> None:
        """Give an account other roles, department and places; they apply from its next request."""
        distinct = rows.distinct_roles(roles)
        rows.require_valid_binding(distinct, department, places, departments(self.root))
        with register(self.root) as connection:
            rows.require_account(connection, name)
            if Role.ADMIN not in distinct:
                rows.keep_one_admin(connection, name)
            connection.execute(
                "update accounts set role = ?, department = ?, places = ? where name = ?",
                (proof.LINES.join(distinct), department, proof.LINES.join(places), name),
            )
            proof.note(connection, by, self.acting, "change", name)

    def enable(self, name: str, by: str, enabled: bool) -> None:
        """Enable an account, or disable it, which ends its sessions and voids its tokens."""
        with register(self.root) as connection:
            rows.require_account(connection, name)
            if not enabled:
                rows.keep_one_admin(connection, name)
                rows.revoke(connection, name, self._now())
                connection.execute("delete from entrances where name = ?", (name,))
            connection.execute("update accounts set enabled = ? where name = ?", (enabled, name))
            proof.note(connection, by, self.acting, "enable" if enabled else "disable", name)

    def reset(self, name: str, by: str) -> str:
        """Delete an account's password, end its sessions, and return a token for a new one."""
        with register(self.root) as connection:
            rows.require_account(connection, name)
            connection.execute("update accounts set password = null where name = ?", (name,))
            rows.revoke(connection, name, self._now())
            proof.note(connection, by, self.acting, "reset", name)
            return self._token(connection, name)

    def locked(self) -> dict[str, str]:
        """Name of each account locked after wrong passwords → when that ends, naive UTC."""
        names, now = [account.name for account in self.all()], self.clock()
        with reading(self.root) as connection:
            ends = {name: lockout.locked_until(connection, name, now) for name in names}
        return {name: until for name, until in ends.items() if until}

    def unlock(self, name: str, by: str) -> None:
        """Delete an account's failed sign-ins, for example because someone else made them."""
        with register(self.root) as connection:
            rows.require_account(connection, name)
            lockout.forget_all(connection, name)
            proof.note(connection, by, self.acting, "unlock", name)

    def enter(self, token: str, password: str, name: str = "") -> Account:
        """Set the password of the account that a one-time token is for, and return the account.

        The first administrator's token creates an administrator called `name`.
        """
        with register(self.root) as connection:
            owner = self._owner(connection, token)
            if owner == FIRST:
                if rows.has_admin(connection):
                    raise refusal("bad_token")
                owner = rows.valid_name(name)
                if rows.account_named(connection, owner):
                    raise refusal("name_taken", name=owner)
            passwords.require_strong(password, owner)
            if not rows.account_named(connection, owner):
                rows.insert(connection, owner, [Role.ADMIN], self._now())
                proof.note(connection, owner, Role.ADMIN, "create", owner)
            self._set(connection, rows.require_account(connection, owner), password)
            connection.execute(
                "update entrances set used_at = ? where hash = ?", (self._now(), digest(token))
            )
            return rows.require_account(connection, owner)

    def sign_in(self, name: str, password: str, origin: Origin = UNKNOWN) -> Account:
        """The account with this name and password; a refusal does not say which of them is wrong.

        Five wrong passwords lock a name for fifteen minutes, even if no account has that name, and
        twenty in an hour an address. Who has tries of their own (see `lockout`) is not locked.
        """
        name, source = name.strip(), lockout.source_of(origin)
        with register(self.root) as connection:
            row = connection.execute(
                "select * from accounts where name = ? and enabled", (name,)
            ).fetchone()
            is_last = bool(row) and rows.is_last_admin(connection, rows.account(row))
            key = lockout.key_of(name, origin, is_last)
            tries = lockout.count_try(connection, key, source, self.clock())
        if tries > FAILURES:
            raise refusal("locked")
        if not passwords.fits(row[1] if row else None, password) or not row:
            if tries == FAILURES and row:
                AuditLog(self.root).record(name, rows.account(row).role, acts.Lockout())
            raise refusal("locked" if tries == FAILURES else "not_signed_in")
        account = rows.account(row)
        with register(self.root) as connection:
            lockout.forget(connection, key, source)
            if passwords.needs_rehash(row[1]):
                self._set(connection, account, password)
        return account

    def renew(
        self, name: str, password: str, new: str, role: str = "", origin: Origin = UNKNOWN
    ) -> Account:
        """Replace an account's password by `new` and end all its sessions.

        `role` is the role its owner has chosen; it goes into the audit entry.
        """
        account = self.sign_in(name, password, origin)
        passwords.require_strong(new, account.name)
        with register(self.root) as connection:
            self._set(connection, account, new, role)
            rows.revoke(connection, account.name, self._now())
        return account

    def _set(
        self, connection: sqlite3.Connection, account: Account, password: str, role: str = ""
    ) -> None:
        """Store a password's hash, delete earlier failed sign-ins and write an audit entry."""
        name = account.name
        connection.execute(
            "update accounts set password = ? where name = ?", (passwords.hash_of(password), name)
        )
        lockout.forget_all(connection, name)
        proof.note(connection, name, role or account.role, "password", name)

    def _token(self, connection: sqlite3.Connection, name: str) -> str:
        """A new one-time token for a name; earlier ones become void."""
        connection.execute("delete from entrances where name = ?", (name,))
        token = secrets.token_urlsafe(24)
        connection.execute(
            "insert into entrances values (?, ?, ?, null)",
            (digest(token), name, self._now(TOKEN_LIFE)),
        )
        return token

    def _owner(self, connection: sqlite3.Connection, token: str) -> str:
        """The name that a one-time token is for; RefusedError if it is unknown, used or expired."""
        row = connection.execute(
            "select name from entrances where hash = ? and used_at is null and expires_at > ?",
            (digest(token.strip()), self._now()),
        ).fetchone()
        if row is None:
            raise refusal("bad_token")
        return str(row[0])
