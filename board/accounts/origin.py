"""Where a sign-in comes from: a browser known to the account, an address, or this machine itself."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from board.storage import KEY, prepare


@dataclass(frozen=True)
class Origin:
    """What is known of the sender of a name and a password.

    `browser` names the browser, if the account has signed in from it before; `source` is the
    sender's address, empty where it can't be known; `here` says that the sender sits at this
    machine.
    """

    browser: str = ""
    source: str = ""
    here: bool = False


def proof_of(root: Path, name: str) -> str:
    """A text that proves that this browser has signed in as `name`; only the store can make it."""
    number = secrets.token_urlsafe(18)
    return f"{number}.{_mark(root, name, number)}"


def known_browser(root: Path, name: str, proof: str) -> str:
    """The name of the browser that holds a proof for this account; empty where it is none."""
    number, _dot, mark = proof.partition(".")
    good = number and hmac.compare_digest(mark.encode(), _mark(root, name, number).encode())
    return number if good else ""


def _mark(root: Path, name: str, number: str) -> str:
    prepare(root)
    key = (root / KEY).read_bytes()
    return hmac.digest(key, f"browser\0{name}\0{number}".encode(), "sha256").hex()
