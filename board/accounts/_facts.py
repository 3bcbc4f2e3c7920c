"""What an account and a signed-in session are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from board.access import Reader, Role

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
TOUCH = timedelta(
    seconds=15
)  # How exactly the last use is kept: a write a click would be too many.
LOCKED = timedelta(minutes=15)
FAILURES = 5
SHORTEST = 12  # characters of a password
LONGEST_PASSWORD = 256
# In which a page finds its reader's session: set by the gate, which lets no other through.
HEADER = "x-board-session"
# In which a page finds the name that the gate gave it.
PAGE_HEADER = "x-board-page"
# The first reader of all is the server itself, warming up: nobody outside can know this word.
WARMING = secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Account:
    """A person's own account here: what it may see, and whether it has a password yet."""

    name: str
    role: Role
    department: str = ""
    places: tuple[str, ...] = ()
    enabled: bool = True
    ready: bool = False
    created_at: str = ""


@dataclass(frozen=True)
class Session:
    """Somebody signed in: `hash` is what is kept of the token, `via` local or a provider's name."""

    hash: str
    name: str
    role: Role
    department: str
    places: tuple[str, ...]
    via: str
    opened_at: str
    seen_at: str

    @property
    def reader(self) -> Reader:
        """Who reads in this session."""
        return Reader(self.name, self.role, self.department, self.places, session=self.hash)
