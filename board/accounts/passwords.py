"""Check, hash and verify passwords, with argon2 at its default cost."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from board.accounts.facts import LONGEST_PASSWORD, SHORTEST
from board.accounts.words import refusal

HASHER = PasswordHasher()


def require_strong(password: str, name: str) -> None:
    """RefusedError if a password is too short, too long or hardly more than the account's name."""
    if len(password) < SHORTEST or len(password) > LONGEST_PASSWORD:
        raise refusal("bad_password", n=SHORTEST)
    if name in password and len(password) - len(name) < SHORTEST // 2:
        raise refusal("password_is_name")


def hash_of(password: str) -> str:
    """The argon2 hash of a password, with a new salt."""
    return HASHER.hash(password)


def needs_rehash(hashed: str) -> bool:
    """Whether a hash was made at another cost than today's default."""
    return HASHER.check_needs_rehash(hashed)


def fits(hashed: str | None, password: str) -> bool:
    """Whether the password fits the hash; without a hash it takes as long and never fits."""
    try:
        return HASHER.verify(hashed or _dummy_hash(), password[:LONGEST_PASSWORD]) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _dummy_hash() -> str:
    """A hash that no password fits: an unknown name then takes as long to refuse as a known one."""
    return HASHER.hash(secrets.token_urlsafe(24))
