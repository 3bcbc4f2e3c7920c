"""`python -m tests.support.alone PREFIX UNIT [ROLE…]`: serve an installed board where there is no network.

Run in a network namespace of its own (`unshare -rn`). It brings loopback up, starts what the unit
starts, as each role, opens every page in Chromium, and prints what it saw as JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.support.running import answers, browser, shown
from tests.support.viewer import pages
from tests.walks.test_every_page import SIZES, WALK, opened

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 0x1  # linux/sockios.h, linux/if.h
PORT = 8501  # of its own in every namespace
OUTSIDE = ("192.0.2.1", 443)  # an address of documents, RFC 5737


def loopback_up() -> None:
    """Switch on the namespace's loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(control, GET_FLAGS, asked), 16)
        fcntl.ioctl(control, SET_FLAGS, struct.pack("16sh14x", b"lo", flags | UP))


def outside() -> str:
    """What happens to whoever asks for an address outside."""
    try:
        socket.create_connection(OUTSIDE, timeout=5).close()
    except OSError as error:
        return type(error).__name__ + f" {error.errno}"
    return "connected"


def command_of(unit: Path) -> list[str]:
    """The command that a unit of systemd starts."""
    (command,) = re.findall(r"^ExecStart=(.+)$", unit.read_text("utf-8"), re.MULTILINE)
    return shlex.split(command)


@contextmanager
def served(unit: Path, role: str) -> Iterator[str]:
    """The address of the board that a unit starts, shown as a role ("": as it is)."""
    words = [*command_of(unit), *(["--role", role] if role else [])]
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "BOARD_TODAY") if name in os.environ
    }
    server = subprocess.Popen(words, cwd="/", env=kept, stdout=subprocess.DEVNULL)
    try:
        answers(server, PORT, 300)
        yield f"http://127.0.0.1:{PORT}"
    finally:
        server.terminate()
        server.wait(30)


def walk(chromium: Browser, address: str, left: set[str]) -> tuple[list[str], list[str]]:
    """Open the pages of the navigation that are `left`; the pages, and what is wrong with them."""
    context, page, heard = opened(chromium, SIZES[0])
    seen, wrong = [], []
    try:
        for name in pages(address):
            if name not in left:
                continue
            heard.clear()
            shown(page, f"{address}/{name}?lang=zh")
            seen.append(name)
            wrong += [f"/{name}: {what}" for what in [*heard, *page.evaluate(WALK, "zh")["found"]]]
    finally:
        context.close()
    return seen, wrong


def main() -> None:
    """Print what was seen: interfaces, the way outside, pages, faults."""
    prefix, unit, roles = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or [""]
    loopback_up()
    left = {page.stem for page in (prefix / "current/program/pages").glob("*.py")}
    left = (left - {"overview"}) | {""}
    answer: dict[str, Any] = {
        "interfaces": [name for _, name in socket.if_nameindex()],
        "outside": outside(),
        "pages": [],
        "wrong": [],
    }
    with browser() as chromium:
        for role in roles:
            with served(unit, role) as address:
                seen, wrong = walk(chromium, address, left)
            left -= set(seen)
            answer["pages"] += seen
            answer["wrong"] += wrong
    print(json.dumps(answer | {"left": sorted(left)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
