"""Accounts of people: made by an administrator, entered with a one-time token, locked after five slips."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from board.access import Role
from board.accounts import lockout, passwords, proof, rows
from board.accounts.facts import FAILURES, Account
from board.accounts.register import digest, reading, register
from board.accounts.words import refusal
from board.journal import AuditLog, acts

FIRST = ""  # The name an entrance bears before the first account has one.
ENTRANCE = timedelta(days=3)


def present() -> datetime:
    """The present, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


class Accounts:
    """The accounts of the store at `root`; `clock` gives the present, naive UTC.

    Every change is put on record in the same transaction, with the role of who makes it:
    an administrator's on the page, `acting` "terminal" on the command line.
    """

    def __init__(
        self, root: Path, clock: Callable[[], datetime] = present, acting: str = Role.ADMIN
    ) -> None:
        self.root = Path(root)
        self.clock = clock
        self.acting = acting

    def any(self) -> bool:
        """Whether there is an account that can sign in, or could once it has its password."""
        with reading(self.root) as connection:
            found = connection.execute("select 1 from accounts where enabled limit 1").fetchone()
        return found is not None

    def all(self) -> list[Account]:
        """Every account, by name."""
        with reading(self.root) as connection:
            listed = connection.execute("select * from accounts order by name").fetchall()
        return [rows.account(row) for row in listed]

    def account(self, name: str) -> Account | None:
        """The account of that name."""
        with reading(self.root) as connection:
            return rows.found(connection, name)

    def first_token(self) -> str:
        """A one-time token that makes the first administrator; earlier ones are void."""
        with register(self.root) as connection:
            return self._entrance(connection, FIRST)

    def create(
        self,
        name: str,
        roles: Role | Sequence[Role],
        by: str,
        department: str = "",
        places: Sequence[str] = (),
    ) -> str:
        """Make an account and return the one-time token its owner sets a password with."""
        name, given = rows.named(name), rows.several(roles)
        rows.admitted(given, department, places)
        with register(self.root) as connection:
            if rows.found(connection, name):
                raise refusal("name_taken", name=name)
            if Role.ADMIN not in given and not rows.has_admin(connection):
                raise refusal("admin_first")
            rows.insert(connection, name, given, self._now(), department, places)
            proof.note(connection, by, self.acting, "create", name)
            return self._entrance(connection, name)

    def change(
        self,
        name: str,
        by: str,
        roles: Role | Sequence[Role],
        department: str = "",
        places: Sequence[str] = (),
    ) -> None:
        """Give an account other roles, department and places, from its next click on."""
        given = rows.several(roles)
        rows.admitted(given, department, places)
        with register(self.root) as connection:
            rows.known(connection, name)
            if Role.ADMIN not in given:
                rows.keep_one_admin(connection, name)
            connection.execute(
                "update accounts set role = ?, department = ?, places = ? where name = ?",
                (proof.LINES.join(given), department, proof.LINES.join(places), name),
            )
            proof.note(connection, by, self.acting, "change", name)

    def enable(self, name: str, by: str, enabled: bool) -> None:
        """Let an account sign in again, or no more: then it is cut off at its next click."""
        with register(self.root) as connection:
            rows.known(connection, name)
            if not enabled:
                rows.keep_one_admin(connection, name)
                rows.revoke(connection, name, self._now())
                connection.execute("delete from entrances where name = ?", (name,))
            connection.execute("update accounts set enabled = ? where name = ?", (enabled, name))
            proof.note(connection, by, self.acting, "enable" if enabled else "disable", name)

    def reset(self, name: str, by: str) -> str:
        """Take an account's password away and return the token a new one is set with."""
        with register(self.root) as connection:
            rows.known(connection, name)
            connection.execute("update accounts set password = null where name = ?", (name,))
            rows.revoke(connection, name, self._now())
            proof.note(connection, by, self.acting, "reset", name)
            return self._entrance(connection, name)

    def locked(self) -> dict[str, str]:
        """The accounts locked by slips, with the time it ends, UTC."""
        names, now = [one.name for one in self.all()], self.clock()
        with reading(self.root) as connection:
            found = {name: lockout.locked_until(connection, name, now) for name in names}
        return {name: until for name, until in found.items() if until}

    def unlock(self, name: str, by: str) -> None:
        """Forget an account's slips, as when somebody else made them."""
        with register(self.root) as connection:
            rows.known(connection, name)
            lockout.forget(connection, name)
            proof.note(connection, by, self.acting, "unlock", name)

    def enter(self, token: str, password: str, name: str = "") -> Account:
        """Set the password of the account a one-time token is for; the first makes an administrator."""
        with register(self.root) as connection:
            bearer = self._bearer(connection, token)
            if bearer == FIRST:
                if rows.has_admin(connection):
                    raise refusal("bad_token")
                bearer = rows.named(name)
                if rows.found(connection, bearer):
                    raise refusal("name_taken", name=bearer)
            passwords.checked(password, bearer)
            if not rows.found(connection, bearer):
                rows.insert(connection, bearer, [Role.ADMIN], self._now())
                proof.note(connection, bearer, Role.ADMIN, "create", bearer)
            self._set(connection, rows.known(connection, bearer), password)
            connection.execute(
                "update entrances set used_at = ? where hash = ?", (self._now(), digest(token))
            )
            return rows.known(connection, bearer)

    def sign_in(self, name: str, password: str) -> Account:
        """The account, where name and password are its own; a refusal says neither which is wrong.

        Five slips lock a name for fifteen minutes, whether there is such an account or not.
        """
        name = name.strip()
        with register(self.root) as connection:
            tries = lockout.tried(connection, name, self.clock())
            found = connection.execute(
                "select * from accounts where name = ? and enabled", (name,)
            ).fetchone()
        if tries > FAILURES:
            raise refusal("locked")
        if not passwords.fits(found[1] if found else None, password) or not found:
            if tries == FAILURES and found:
                AuditLog(self.root).record(name, rows.account(found).role, acts.Lockout())
            raise refusal("locked" if tries == FAILURES else "not_signed_in")
        account = rows.account(found)
        with register(self.root) as connection:
            lockout.forget(connection, name)
            if passwords.dated(found[1]):
                self._set(connection, account, password)
        return account

    def renew(self, name: str, password: str, new: str, role: str = "") -> Account:
        """Give an account another password for the one it has; all its sessions end.

        `role` is the one that its owner has chosen.
        """
        account = self.sign_in(name, password)
        passwords.checked(new, account.name)
        with register(self.root) as connection:
            self._set(connection, account, new, role)
            rows.revoke(connection, account.name, self._now())
        return account

    def _set(
        self, connection: sqlite3.Connection, account: Account, password: str, role: str = ""
    ) -> None:
        """Keep a password's hash and put that on record; slips before it no longer count."""
        name = account.name
        connection.execute(
            "update accounts set password = ? where name = ?", (passwords.kept(password), name)
        )
        lockout.forget(connection, name)
        proof.note(connection, name, role or account.role, "password", name)

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
