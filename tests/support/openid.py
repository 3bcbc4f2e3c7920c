"""A real OpenID provider on loopback, and the secrets.toml that has the board ask it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from board.storage import JOURNAL
from tests.support.running import free_port, served
from tests.support.stores import town
from tests.support.tls import over_tls

FOLDER = Path(__file__).resolve().parent / "provider"
TITLE = "片区统一身份"
NAME = "board.test"
USERS = {
    "li": {"name": "李干事", "groups": ["staff", "zhuanban"]},
    "lan": {"name": "蓝干事", "groups": ["zhuanban"]},
    "he": {"name": "何主任", "groups": "leaders"},
    "wei": {"name": "韦网格", "groups": ["grid-3", "zhuanban"]},
    "nong": {"name": "农来访", "groups": ["visitors"]},
    "ban": {"name": "班没组", "groups": ["choir"]},
    "qin": {"name": "覃管理", "groups": ["admins"]},
    "mo": {"name": "莫没说"},
}


@dataclass(frozen=True)
class Provider:
    """A provider at an address, and what can be asked of it."""

    address: str

    def mood(self, mood: str) -> None:
        """What its next ID tokens are like: see provider/server.mjs; empty for good ones."""
        httpx.post(f"{self.address}/mood", json={"mood": mood}).raise_for_status()

    def asked(self) -> list[dict[str, str]]:
        """The parameters of every sign-in that it was asked for."""
        found: list[dict[str, str]] = httpx.get(f"{self.address}/log").json()
        return found


@dataclass(frozen=True)
class House:
    """The board and the provider it asks, with the store they stand over."""

    board: str
    provider: Provider
    root: Path
    named: str  # Its address by a name, over TLS, as behind a reverse proxy.

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds in the store's register, or what it changes there."""
        with sqlite3.connect(self.root / JOURNAL) as connection:
            return connection.execute(query).fetchall()


@contextmanager
def house(place: Path) -> Iterator[House]:
    """A served board that asks three providers: one that tells groups when asked once more and
    can sign readers out, one that tells them at once and can't, and one that is away."""
    port, secure, ours, plain = free_port(), free_port(), free_port(), free_port()
    board, named = f"http://127.0.0.1:{port}", f"https://{NAME}:{secure}"
    store = town(place / "store", households=30, months=6)
    said = secrets(
        place / "secrets.toml",
        county=f"http://127.0.0.1:{ours}",
        plain=f"http://127.0.0.1:{plain}",
        away="http://127.0.0.1:1",
    )
    with (
        provider(ours, (board, named), "county", conform=True) as known,
        provider(plain, (board,), "plain", leaves=False),
        served(store, port=port, secrets=said),
        over_tls(place, NAME, secure, port),
    ):
        yield House(board, known, store, named)


@contextmanager
def provider(port: int, boards: Sequence[str], key: str, **more: object) -> Iterator[Provider]:
    """A provider that knows the board by its addresses under a key; `more` goes to its server."""
    subprocess.run(["bash", str(FOLDER.parent / "provider.sh")], check=True)
    told = {
        "port": port,
        "users": USERS,
        "client": {
            "client_id": "board",
            "client_secret": f"secret of {key}",
            "redirect_uris": [f"{board}/signin/oidc/{key}/back" for board in boards],
            "post_logout_redirect_uris": [f"{board}/signin" for board in boards],
        },
        **more,
    }
    server = subprocess.Popen(
        ["node", str(FOLDER / "server.mjs"), json.dumps(told)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        server.communicate(timeout=15)  # Its input closes, and it ends.


def secrets(path: Path, **providers: str) -> Path:
    """A secrets.toml that names providers by key and address."""
    path.write_text(
        f'[board]\nhosts = ["{NAME}"]\n'
        + "\n".join(SECRETS.format(key=k, address=a, title=TITLE) for k, a in providers.items()),
        "utf-8",
    )
    return path


SECRETS = """
[board.providers.{key}]
title = "{title}"
issuer = "{address}"
client_id = "board"
client_secret = "secret of {key}"
[board.providers.{key}.groups]
"leaders" = {{ role = "leader" }}
"grid-3" = {{ role = "task_force", places = ["3栋"] }}
"zhuanban" = {{ role = "task_force" }}
"admins" = {{ role = "admin" }}
"visitors" = {{ role = "viewer" }}
"""
