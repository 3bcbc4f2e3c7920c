"""Warming up: open every page before the first reader comes, so that no reader waits for caches."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
from contextlib import suppress
from typing import Any

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from board import storage
from board.accounts import HEADER, WARMING

# What Streamlit imports with the first table or chart. If the threads of two readers imported it
# at once, one would meet a half-imported module: numpy without its names.
LATE_IMPORTS = ("numpy", "pandas", "pyarrow", "plotly.graph_objs", "plotly.io")
PAGE_TIMEOUT = 60.0  # seconds for one page
CHECK_INTERVAL = 5.0  # seconds between two checks for a new snapshot
log = logging.getLogger(__name__)


class WarmingReader:
    """Opens pages through the app's WebSocket endpoint, in this process and without a network.

    It does what a reader's browser does, so everything a page needs gets loaded: modules, the
    snapshot, compiled scripts, figures. `pages` maps a page's address to Streamlit's hash of it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages: dict[str, str] = {}
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.outgoing: asyncio.Queue[Message] = asyncio.Queue()

    async def visit(self, pages: list[str] | None = None) -> None:
        """Open the given pages; without any, open the overview and learn which pages there are."""
        self.incoming.put_nowait({"type": "websocket.connect"})
        connection = asyncio.ensure_future(self.app(_scope(), self.incoming.get, self.outgoing.put))
        try:
            for page in [""] if pages is None else pages:
                await asyncio.wait_for(self._read(page), PAGE_TIMEOUT)
        finally:
            self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
            await connection

    async def _read(self, page: str) -> None:
        message = BackMsg()
        message.rerun_script.page_script_hash = self.pages.get(page, "")
        message.rerun_script.context_info.color_scheme = "light"
        self.incoming.put_nowait(
            {"type": "websocket.receive", "bytes": message.SerializeToString(), "text": None}
        )
        while True:
            answer = await self.outgoing.get()
            if answer["type"] == "websocket.close":
                raise ConnectionError(answer.get("reason"))
            if answer.get("bytes") and self._finished(ForwardMsg.FromString(answer["bytes"])):
                return

    def _finished(self, answer: ForwardMsg) -> bool:
        if answer.WhichOneof("type") == "navigation":
            listed = answer.navigation.app_pages
            self.pages = {page.url_pathname: page.page_script_hash for page in listed}
        return answer.WhichOneof("type") == "script_finished"


async def warm(app: ASGIApp) -> asyncio.Task[None]:
    """Open the overview now, and every other page in the task it returns.

    A page that fails does not stop the server: its reader will see the error message.
    """
    for name in LATE_IMPORTS:
        await asyncio.to_thread(importlib.import_module, name)
    reader = WarmingReader(app)
    await _try(reader, None)
    return asyncio.create_task(_warm_all(reader))


async def _warm_all(reader: WarmingReader) -> None:
    for page in reader.pages:
        await _try(reader, [page])
    gc.collect()
    gc.freeze()
    await _after_publishing(reader)


async def _after_publishing(reader: WarmingReader) -> None:
    """Open every page again after each publication.

    Deciding which counts of the new snapshot to hide takes seconds; no reader should wait for it.
    """
    published = _published()
    while True:
        await asyncio.sleep(CHECK_INTERVAL)
        if (current := _published()) != published:
            published = current
            for page in reader.pages:
                await _try(reader, [page])


def _published() -> Any:
    """The content of the store's CURRENT file; None while it can't be read."""
    with suppress(OSError, ValueError):
        return storage.read_json(storage.default_root() / storage.CURRENT)
    return None


async def _try(reader: WarmingReader, pages: list[str] | None) -> None:
    try:
        await reader.visit(pages)
    except Exception as error:
        # Only its type: the text may contain the content of a cell.
        log.warning("warming up: %s", type(error).__name__)


def _scope() -> dict[str, Any]:
    host = b"127.0.0.1"
    return {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": "/_stcore/stream",
        "raw_path": b"/_stcore/stream",
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", host),
            (b"origin", b"http://" + host),
            (HEADER.encode(), WARMING.encode()),
        ],
        "subprotocols": ["streamlit"],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "state": {},
        "extensions": {},
    }
