"""Logins in progress: what the board stores while a reader signs in at an OpenID provider."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from board.accounts.register import InRegister, digest, register

MOST = 2000  # Anyone can begin a login and never return: the oldest are deleted.


@dataclass(frozen=True)
class PendingLogins(InRegister):
    """The pending logins of the store at `root`."""

    def keep(self, key: str, lasting: timedelta, **facts: str) -> None:
        """Store facts under the hash of a key for the time `lasting`."""
        until, payload = self._now(lasting), json.dumps(facts, ensure_ascii=False)
        with register(self.root) as connection:
            connection.execute("delete from errands where expires_at <= ?", (self._now(),))
            connection.execute(
                "delete from errands where hash in"
                " (select hash from errands order by expires_at desc limit -1 offset ?)",
                (MOST - 1,),
            )
            connection.execute(
                "insert or replace into errands values (?, ?, ?)", (digest(key), payload, until)
            )

    def take(self, key: str) -> Mapping[str, str] | None:
        """The facts stored under a key, only once; None if it is used, expired or unknown."""
        with register(self.root) as connection:
            row = connection.execute(
                "delete from errands where hash = ? returning payload, expires_at", (digest(key),)
            ).fetchone()
        return json.loads(row[0]) if row and row[1] > self._now() else None
