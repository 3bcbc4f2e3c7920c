"""The real server and a real browser, for browser tests, benches and pictures."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    TimeoutError,
    WebSocket,
    sync_playwright,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Software drawing, no sandbox (the build machine is root), nothing of Chromium's own on the network.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip
PAGE = "[data-testid=stApp][data-test-script-state=notRunning]"
# Text is there, and every chart and number in it: charts and figures arrive after the run has ended.
DRAWN = """() =>
  document.querySelector('[data-testid=stMain] h1') !== null &&
  !document.querySelector('[data-testid=stSkeleton]') &&
  [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(e => e.querySelector('.main-svg')) &&
  [...document.querySelectorAll('[data-testid=stMetricChart]')].every(e => e.querySelector('svg, canvas'))
"""


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    store: Path, *command: str, port: int | None = None, secrets: Path | None = None
) -> Iterator[str]:
    """The address of the board served over a store, as `python -m board.serve` serves it.

    `command` stands in for it where something else is to serve; its {port} is filled in:
    the one given, or a free one. `secrets` is the secrets.toml it reads.
    """
    port = port or free_port()
    asked = command or (sys.executable, "-m", "board.serve", "--port", "{port}")
    server = subprocess.Popen(
        [word.format(port=port) for word in asked],
        cwd=PROJECT,
        env={
            **os.environ,
            "BOARD_STORE": str(store),
            "BOARD_SECRETS": str(secrets or store / "no secrets"),
            "PYTHONPATH": str(PROJECT),
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        answers(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def answers(server: subprocess.Popen[bytes], port: int, seconds: float = 240) -> None:
    """Wait until the server listens; RuntimeError when it ends or takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("the server doesn't answer")


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """The system's Chromium, or the one that CHROMIUM names; with more flags than the usual."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("no Chromium: run `make browser`, or name one with CHROMIUM=…")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        try:
            yield opened
        finally:
            opened.close()


class Runs:
    """Whether the board has answered all that a page asked of it, by the page's WebSocket.

    What the page's own script says of a run comes late on a busy machine: for a while after a
    click it still says that nothing runs.
    """

    def __init__(self, page: Page) -> None:
        self.outstanding = False
        self._begun = False
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.outstanding, self._begun = True, False

    def _received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        if message.HasField("new_session"):
            self._begun = True
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if message.HasField("script_finished") and message.script_finished != early and self._begun:
            self.outstanding = False


RUNS: WeakKeyDictionary[Page, Runs] = WeakKeyDictionary()
# ms in which the browser sends what was clicked or typed.
SENDING = 60


def new_page(context: BrowserContext) -> Page:
    """A page of the context that `shown` can wait for."""
    page = context.new_page()
    RUNS[page] = Runs(page)
    return page


def shown(page: Page, address: str | None = None, seconds: float = 90) -> None:
    """Go to an address, or stay, and wait until the page is drawn with all its charts."""
    until = time.monotonic() + seconds
    if address:
        page.goto(address, wait_until="commit")
        _drawn(page, seconds)
    else:
        page.wait_for_timeout(SENDING)
    while RUNS[page].outstanding and time.monotonic() < until:
        page.wait_for_timeout(20)
    _drawn(page, seconds)


def _drawn(page: Page, seconds: float) -> None:
    page.wait_for_selector(PAGE, state="attached", timeout=seconds * 1000)
    page.wait_for_function(DRAWN, timeout=seconds * 1000)


def touch(page: Page) -> None:
    """Click on the page, unless it has led to signing in by itself meanwhile."""
    with suppress(TimeoutError):
        page.get_by_text("EN", exact=True).click(timeout=10_000)
