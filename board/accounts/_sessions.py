"""Sessions: opened with a token only the browser keeps, looked up at every click, revocable."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from board.access import Role
from board.accounts._accounts import present
from board.accounts._facts import IDLE, LONGEST, TOUCH, Account, Session
from board.accounts._register import digest, reading, register
from board.accounts._rows import SEPARATOR

LOCAL = "local"
KEPT = timedelta(days=30)
ALIVE = """
    select s.hash, s.name,
        case when s.via = 'local' then a.role else s.role end,
        case when s.via = 'local' then a.department else s.department end,
        case when s.via = 'local' then a.places else s.places end,
        s.via, s.opened_at, s.seen_at
    from sessions as s
    left join accounts as a on a.name = s.name and s.via = 'local'
    where s.revoked_at is null and s.seen_at > ? and s.opened_at > ?
        and (s.via <> 'local' or a.enabled)
"""
ONE, LATEST = " and s.hash = ?", " order by s.seen_at desc"


@dataclass(frozen=True)
class Sessions:
    """The sessions of the store at `root`; `clock` gives the present, naive UTC."""

    root: Path
    clock: Callable[[], datetime] = present

    def open(self, account: Account) -> str:
        """A new session of a local account: the token that its cookie holds, kept nowhere else."""
        return self.open_for(account.name, account.role, account.department, account.places, LOCAL)

    def open_for(
        self, name: str, role: Role, department: str, places: Sequence[str], via: str
    ) -> str:
        """A new session of somebody that `via` a provider has shown to be who they are."""
        token = secrets.token_urlsafe(32)
        now = self._now()
        told = (digest(token), name, role, department, SEPARATOR.join(places), via, now, now)
        with register(self.root) as connection:
            connection.execute("delete from sessions where opened_at < ?", (self._now(-KEPT),))
            connection.execute("insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, null)", told)
        return token

    def of_token(self, token: str, touch: bool = True) -> Session | None:
        """The session a cookie's token opens, while it lives."""
        return self.session(digest(token), touch) if token else None

    def session(self, hashed: str, touch: bool = True) -> Session | None:
        """The session of that hash: not revoked, not idle for long, not open for too long.

        An account that was disabled has none; one that was given another role has that one.
        Looking it up counts as use, unless `touch` is false.
        """
        idle, opened = self._now(-IDLE), self._now(-LONGEST)
        with reading(self.root) as connection:
            row = connection.execute(ALIVE + ONE, (idle, opened, hashed)).fetchone()
        if row is None:
            return None
        found = _session(row)
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
        return [_session(row) for row in rows]

    def revoke(self, hashed: str) -> None:
        """End a session: its reader is cut off at the next click."""
        with register(self.root) as connection:
            connection.execute(
                "update sessions set revoked_at = ? where hash = ? and revoked_at is null",
                (self._now(), hashed),
            )

    def _now(self, shift: timedelta = timedelta()) -> str:
        return (self.clock() + shift).isoformat(timespec="seconds")


def _session(row: tuple[Any, ...]) -> Session:
    hashed, name, role, department, places, via, opened_at, seen_at = row
    inside = tuple(place for place in places.split(SEPARATOR) if place)
    return Session(hashed, name, Role(role), department, inside, via, opened_at, seen_at)
