"""Open, look up, change and revoke sessions; only the browser holds a session's token."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from board.access import Role
from board.accounts.facts import IDLE, LONGEST, TOUCH, Account, Assignment, Session
from board.accounts.proof import LINES
from board.accounts.register import InRegister, digest, reading, register
from board.accounts.rows import lines_of, roles_of
from board.accounts.words import refusal
from board.journal import acts, write_entry
from board.storage import RefusedError

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
class Sessions(InRegister):
    """The sessions of the store at `root`."""

    def open(self, account: Account, role: str = "") -> str:
        """Open a session of a local account and return its token, which is stored only as a hash.

        The session begins with `role` if the account has it, else with the account's first role.
        """
        chosen = next((offer for offer in account.assignments if offer.role == role), None)
        return self._open(account.name, LOCAL, [chosen or account.assignments[0]])

    def open_for(
        self,
        name: str,
        role: Role,
        department: str,
        places: Sequence[str],
        via: str,
        others: Sequence[Assignment] = (),
    ) -> str:
        """Open a session of a person whom the provider `via` has identified; return its token.

        The session begins with the role given; `others` may be chosen instead.
        """
        return self._open(name, via, [Assignment(role, department, tuple(places)), *others])

    def _open(self, name: str, via: str, offered: Sequence[Assignment]) -> str:
        token = secrets.token_urlsafe(32)
        hashed, now = digest(token), self._now()
        lines = [_lines(assignment) for assignment in offered]
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
        """Switch a session to another of its assignments, from its next request on.

        The audit entry is written in the old role and names the new one.
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
            write_entry(connection, session.name, session.role, choice)

    def of_token(self, token: str, touch: bool = True) -> Session | None:
        """The session of a cookie's token, None if it has ended or there is none."""
        return self.session(digest(token), touch) if token else None

    def session(self, hashed: str, touch: bool = True) -> Session | None:
        """The session of that hash; None if it was revoked, or was idle or open for too long.

        A disabled account has no session. If the chosen role was taken from the account, the
        first remaining one applies. Looking up counts as use unless `touch` is false.
        """
        with reading(self.root) as connection:
            session = self._alive(connection, hashed)
        if session is None:
            return None
        if touch and session.seen_at < self._now(-TOUCH):
            # Nobody is signed out because the disk is full.
            with suppress(RefusedError), register(self.root) as connection:
                connection.execute(
                    "update sessions set seen_at = ? where hash = ?", (self._now(), hashed)
                )
        return session

    def all(self) -> list[Session]:
        """The sessions that have not ended, the last used first."""
        idle, opened = self._now(-IDLE), self._now(-LONGEST)
        with reading(self.root) as connection:
            rows = connection.execute(ALIVE + LATEST, (idle, opened)).fetchall()
            return [_session(connection, row) for row in rows]

    def _alive(self, connection: sqlite3.Connection, hashed: str) -> Session | None:
        idle, opened = self._now(-IDLE), self._now(-LONGEST)
        row = connection.execute(ALIVE + ONE, (idle, opened, hashed)).fetchone()
        return _session(connection, row) if row else None

    def revoke(self, hashed: str) -> None:
        """End a session: its reader is signed out at the next request."""
        with register(self.root) as connection:
            connection.execute(
                "update sessions set revoked_at = ? where hash = ? and revoked_at is null",
                (self._now(), hashed),
            )


def _lines(assignment: Assignment) -> tuple[str, str, str]:
    """The role, department and places of an assignment as stored in a row."""
    return assignment.role, assignment.department, LINES.join(assignment.places)


def _session(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Session:
    """The session of a row, with the assignments that its reader may choose from now."""
    hashed, name, role, department, places, via, opened_at, seen_at, *account = row
    chosen = Assignment(roles_of(role)[0], department, lines_of(places))
    if via == LOCAL:
        roles, department, places = account
        offers = Account(name, roles_of(roles), department, lines_of(places)).assignments
        chosen = next((offer for offer in offers if offer.role == role), offers[0])
    else:
        rows = connection.execute(OFFERED, (hashed,)).fetchall()
        offers = tuple(
            Assignment(roles_of(role)[0], department, lines_of(places))
            for role, department, places in rows
        ) or (chosen,)
    return Session(hashed, name, chosen, via, opened_at, seen_at, offers)
