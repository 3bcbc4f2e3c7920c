"""What an account and a signed-in session are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from board.access import RIGHTS, Reader, Role

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
class Assignment:
    """One role that somebody may choose, and the department and places it is bound to."""

    role: Role
    department: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """A person's own account here: what it may see, and whether it has a password yet.

    It has one or more roles, the first of which holds until its owner chooses another.
    """

    name: str
    roles: tuple[Role, ...]
    department: str = ""
    places: tuple[str, ...] = ()
    enabled: bool = True
    ready: bool = False
    created_at: str = ""

    @property
    def role(self) -> Role:
        """The role that holds until another is chosen."""
        return self.roles[0]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """What its owner may choose among; the department counts for the roles bound to one."""
        return tuple(
            Assignment(role, self.department if RIGHTS[role].own_department else "", self.places)
            for role in self.roles
        )


@dataclass(frozen=True)
class Session:
    """Somebody signed in: `hash` is what is kept of the token, `via` local or a provider's name.

    `chosen` is the assignment that holds now, one of `assignments`.
    """

    hash: str
    name: str
    chosen: Assignment
    via: str
    opened_at: str
    seen_at: str
    assignments: tuple[Assignment, ...] = ()

    @property
    def role(self) -> Role:
        """The role that holds now."""
        return self.chosen.role

    @property
    def reader(self) -> Reader:
        """Who reads in this session."""
        chosen = self.chosen
        return Reader(self.name, chosen.role, chosen.department, chosen.places, session=self.hash)
