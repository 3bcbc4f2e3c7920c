"""Errands: what the board must remember of a reader sent elsewhere, taken up once and in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from board.accounts.accounts import present
from board.accounts.register import digest, register

MOST = 2000  # Anyone may set out without ever coming back: the oldest are forgotten.


@dataclass(frozen=True)
class PendingLogins:
    """The errands of the store at `root`; `clock` gives the present, naive UTC."""

    root: Path
    clock: Callable[[], datetime] = present

    def keep(self, key: str, lasting: timedelta, **facts: str) -> None:
        """Remember facts under a key, of which only a hash is kept, for as long as said."""
        until, told = self._now(lasting), json.dumps(facts, ensure_ascii=False)
        with register(self.root) as connection:
            connection.execute("delete from errands where expires_at <= ?", (self._now(),))
            connection.execute(
                "delete from errands where hash in"
                " (select hash from errands order by expires_at desc limit -1 offset ?)",
                (MOST - 1,),
            )
            connection.execute(
                "insert or replace into errands values (?, ?, ?)", (digest(key), told, until)
            )

    def take(self, key: str) -> Mapping[str, str] | None:
        """What was remembered under a key, given once; none when it is used, late or unknown."""
        with register(self.root) as connection:
            row = connection.execute(
                "delete from errands where hash = ? returning payload, expires_at", (digest(key),)
            ).fetchone()
        return json.loads(row[0]) if row and row[1] > self._now() else None

    def _now(self, shift: timedelta = timedelta()) -> str:
        return (self.clock() + shift).isoformat(timespec="seconds")
