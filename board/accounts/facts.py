"""Accounts, sessions and assignments as facts, and the limits that apply to them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from board.access import RIGHTS, Reader, Role

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
# The last use is stored only every so often: a write at every request would be too many.
TOUCH = timedelta(seconds=15)
LOCKED = timedelta(minutes=15)
FAILURES = 5
SHORTEST = 12  # characters of a password
LONGEST_PASSWORD = 256
# The request header with the session's hash. The gate sets it and drops one that a client sends.
HEADER = "x-board-session"
# The request header with the name that the gate gave the page.
PAGE_HEADER = "x-board-page"
# A secret with which the server itself requests pages to warm up.
WARMING = secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Assignment:
    """A role that an account may choose, with the department and places it is limited to."""

    role: Role
    department: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """An account of a person; `ready` says whether it has a password yet.

    It has one or more roles. The first one applies until its owner chooses another.
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
        """The role that applies until another is chosen."""
        return self.roles[0]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """What its owner may choose from; the department only with roles limited to one."""
        return tuple(
            Assignment(role, self.department if RIGHTS[role].own_department else "", self.places)
            for role in self.roles
        )


@dataclass(frozen=True)
class Session:
    """A signed-in session: `hash` is the token's hash, `via` is `local` or a provider's name.

    `chosen` is the assignment that applies now, one of `assignments`.
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
        """The role that applies now."""
        return self.chosen.role

    @property
    def reader(self) -> Reader:
        """The reader of this session, with the chosen role, department and places."""
        chosen = self.chosen
        return Reader(self.name, chosen.role, chosen.department, chosen.places, session=self.hash)
