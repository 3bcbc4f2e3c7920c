"""Passwords: what may be one, what is kept of it, whether it fits; argon2 with its usual cost."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from board.accounts.facts import LONGEST_PASSWORD, SHORTEST
from board.accounts.words import refusal

HASHER = PasswordHasher()


def checked(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, or hardly more than the account's name."""
    if len(password) < SHORTEST or len(password) > LONGEST_PASSWORD:
        raise refusal("bad_password", n=SHORTEST)
    if name in password and len(password) - len(name) < SHORTEST // 2:
        raise refusal("password_is_name")


def kept(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


def dated(hashed: str) -> bool:
    """Whether what is kept was made at another cost than is usual now."""
    return HASHER.check_needs_rehash(hashed)


def fits(hashed: str | None, password: str) -> bool:
    """Whether it is the password; where none is kept that takes as long and is never so."""
    try:
        return HASHER.verify(hashed or _nobody(), password[:LONGEST_PASSWORD]) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that no password fits: trying a name that isn't there takes as long as one that is."""
    return HASHER.hash(secrets.token_urlsafe(24))
