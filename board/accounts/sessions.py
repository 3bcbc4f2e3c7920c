"""Sessions: opened with a token only the browser keeps, looked up at every click, revocable."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from board.access import Role
from board.accounts.accounts import present
from board.accounts.facts import IDLE, LONGEST, TOUCH, Account, Assignment, Session
from board.accounts.proof import LINES
from board.accounts.register import digest, reading, register
from board.accounts.rows import lines_of, roles_of
from board.accounts.words import refusal
from board.journal import acts, noted

LOCAL = "local"
KEPT = timedelta(days=30)
ALIVE = """
    select s.hash, s.name, s.role, s.department, s.places, s.via, s.opened_at, s.seen_at,
        a.role, a.department, a.places
    from sessions as s
    left join accounts as a on a.name = s.name and s.via = 'local'
    where s.revoked_at is null and s.seen_at > ? and s.opened_at > ?
        and (s.via <> 'local' or a.enabled)
"""
OFFERED = "select role, department, places from assignments where hash = ? order by position"
ONE, LATEST = " and s.hash = ?", " order by s.seen_at desc"


@dataclass(frozen=True)
class Sessions:
    """The sessions of the store at `root`; `clock` gives the present, naive UTC."""

    root: Path
    clock: Callable[[], datetime] = present

    def open(self, account: Account, role: str = "") -> str:
        """A new session of a local account: the token that its cookie holds, kept nowhere else.

        It begins with `role` where the account has that one, else with the account's first.
        """
        chosen = next((one for one in account.assignments if one.role == role), None)
        return self._opened(account.name, LOCAL, [chosen or account.assignments[0]])

    def open_for(
        self,
        name: str,
        role: Role,
        department: str,
        places: Sequence[str],
        via: str,
        others: Sequence[Assignment] = (),
    ) -> str:
        """A new session of somebody that `via` a provider has shown to be who they are.

        It begins with the role given; `others` may be chosen instead.
        """
        return self._opened(name, via, [Assignment(role, department, tuple(places)), *others])

    def _opened(self, name: str, via: str, offered: Sequence[Assignment]) -> str:
        token = secrets.token_urlsafe(32)
        hashed, now = digest(token), self._now()
        lines = [_lines(one) for one in offered]
        with register(self.root) as connection:
            connection.execute("delete from sessions where opened_at < ?", (self._now(-KEPT),))
            connection.execute(
                "delete from assignments where hash not in (select hash from sessions)"
            )
            connection.execute(
                "insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, null)",
                (hashed, name, *lines[0], via, now, now),
            )
            if via != LOCAL:
                connection.executemany(
                    "insert into assignments values (?, ?, ?, ?, ?)",
                    [(hashed, position, *line) for position, line in enumerate(lines)],
                )
        return token

    def choose(self, hashed: str, chosen: Assignment) -> None:
        """Have another of its assignments hold for a session, from its next click on; on record.

        The record names the role that is left, and the one that is taken.
        """
        with register(self.root) as connection:
            session = self._alive(connection, hashed)
            if session is None or chosen not in session.assignments:
                raise refusal("not_your_role")
            if chosen == session.chosen:
                return
            connection.execute(
                "update sessions set role = ?, department = ?, places = ? where hash = ?",
                (*_lines(chosen), hashed),
            )
            choice = acts.RoleChoice(chosen.role, chosen.department, tuple(chosen.places))
            noted(connection, session.name, session.role, choice)

    def of_token(self, token: str, touch: bool = True) -> Session | None:
        """The session a cookie's token opens, while it lives."""
        return self.session(digest(token), touch) if token else None

    def session(self, hashed: str, touch: bool = True) -> Session | None:
        """The session of that hash: not revoked, not idle for long, not open for too long.

        An account that was disabled has none. One whose chosen role was taken away has the
        first that is left. Looking it up counts as use, unless `touch` is false.
        """
        with reading(self.root) as connection:
            found = self._alive(connection, hashed)
        if found is None:
            return None
        if touch and found.seen_at < self._now(-TOUCH):
            with register(self.root) as connection:
                connection.execute(
                    "update sessions set seen_at = ? where hash = ?", (self._now(), hashed)
                )
        return found

    def all(self) -> list[Session]:
        """The sessions alive, the last used first."""
        idle, opened = self._now(-IDLE), self._now(-LONGEST)
        with reading(self.root) as connection:
            rows = connection.execute(ALIVE + LATEST, (idle, opened)).fetchall()
            return [_session(connection, row) for row in rows]

    def _alive(self, connection: sqlite3.Connection, hashed: str) -> Session | None:
        idle, opened = self._now(-IDLE), self._now(-LONGEST)
        row = connection.execute(ALIVE + ONE, (idle, opened, hashed)).fetchone()
        return _session(connection, row) if row else None

    def revoke(self, hashed: str) -> None:
        """End a session: its reader is cut off at the next click."""
        with register(self.root) as connection:
            connection.execute(
                "update sessions set revoked_at = ? where hash = ? and revoked_at is null",
                (self._now(), hashed),
            )

    def _now(self, shift: timedelta = timedelta()) -> str:
        return (self.clock() + shift).isoformat(timespec="seconds")


def _lines(one: Assignment) -> tuple[str, str, str]:
    """An assignment as a row holds it."""
    return one.role, one.department, LINES.join(one.places)


def _session(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Session:
    """The session of a row, with what its reader may choose among at this moment."""
    hashed, name, role, department, places, via, opened_at, seen_at, *account = row
    chosen = Assignment(roles_of(role)[0], department, lines_of(places))
    if via == LOCAL:
        roles, department, places = account
        held = Account(name, roles_of(roles), department, lines_of(places)).assignments
        chosen = next((one for one in held if one.role == role), held[0])
    else:
        offered = connection.execute(OFFERED, (hashed,)).fetchall()
        held = tuple(
            Assignment(roles_of(role)[0], department, lines_of(places))
            for role, department, places in offered
        ) or (chosen,)
    return Session(hashed, name, chosen, via, opened_at, seen_at, held)
