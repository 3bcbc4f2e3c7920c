"""Another reader's page while somebody strains the server: uploads, sign-ins, idle sockets.

The baseline is the same page on the same server when nobody strains it; the aim is twice that.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from bench._load import board
from bench._row import Row, say
from tests.support.viewer import Viewer, percentile

ASKED = 30
MEBI = 1024 * 1024
UPLOADED, SIGN_INS, IDLE = 500, 60, 1000
FILE = (
    "/_stcore/upload_file/6f1c2a34-1111-4222-8333-abcdefabcdef/00000000-0000-4000-8000-000000000001"
)


def measure() -> Iterator[Row]:
    """Median time of a page under each strain, against the same page without one."""
    with board() as address:
        quiet = page_time(address)
        for what, strain in STRAINS.items():
            say(what)
            with ExitStack() as held:
                ended = threading.Event()
                worker = threading.Thread(target=strain, args=(address, ended, held), daemon=True)
                worker.start()
                try:
                    slow = page_time(address)
                finally:
                    ended.set()
                    worker.join(20)
            yield Row(f"a page during {what}", slow, "ms", "nobody else", quiet, quiet * 2)


def page_time(address: str) -> float:
    """The median time of a page, in ms, of a reader who asks for one after the other."""

    async def ask() -> float:
        async with Viewer(address) as viewer:
            await viewer.ask("", "lang=zh")
            waits = [await viewer.ask("employment", f"lang=zh&n={n}") for n in range(ASKED)]
            return percentile(waits, 0.5) * 1000

    return asyncio.run(ask())


def upload(address: str, ended: threading.Event, _held: ExitStack) -> None:
    """Somebody who may not load sends UPLOADED MB, a few at a time."""
    where = urlsplit(address)
    for _ in range(UPLOADED // 20):
        if ended.is_set():
            return
        line = HTTPConnection(where.hostname or "", where.port, timeout=30)
        with suppress(OSError):
            line.request("PUT", FILE, b"x" * (20 * MEBI), {"Origin": address})
            line.getresponse().read()
        line.close()


def sign_in(address: str, ended: threading.Event, _held: ExitStack) -> None:
    """SIGN_INS browsers send a name and a password at once, again and again."""
    where = urlsplit(address)

    def one() -> None:
        form = urlencode({"name": "somebody", "password": "a long enough sentence"})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": address}
        while not ended.is_set():
            line = HTTPConnection(where.hostname or "", where.port, timeout=30)
            with suppress(OSError):
                line.request("POST", "/signin", form, kind)
                line.getresponse().read()
            line.close()

    browsers = [threading.Thread(target=one, daemon=True) for _ in range(SIGN_INS)]
    for browser in browsers:
        browser.start()
    for browser in browsers:
        browser.join(20)


def idle(address: str, ended: threading.Event, held: ExitStack) -> None:
    """IDLE sockets send half a request and then nothing; those that are closed come again."""
    where = urlsplit(address)
    target = (where.hostname or "", where.port or 0)
    while not ended.is_set():
        for _ in range(IDLE):
            with suppress(OSError):
                line = held.enter_context(socket.create_connection(target, 5))
                line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        ended.wait(10)


STRAINS: dict[str, Callable[[str, threading.Event, ExitStack], None]] = {
    f"{UPLOADED} MB of uploads by a viewer": upload,
    f"{SIGN_INS} sign-ins at once": sign_in,
    f"{IDLE:,} idle sockets": idle,
}
