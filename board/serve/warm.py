"""The first reader: before anyone else comes, it opens every page, so that nobody waits for that."""

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

# What Streamlit imports with the first table or chart. Two readers' threads importing it at
# once would each find the other's half: numpy there, its names not yet.
LATE = ("numpy", "pandas", "pyarrow", "plotly.graph_objs", "plotly.io")
PATIENCE = 60.0  # seconds for one page
LOOKED = 5.0  # seconds between two looks at whether something was published
log = logging.getLogger(__name__)


class FirstReader:
    """Reads pages through the app's own WebSocket, without a socket.

    It goes the way every reader goes, so whatever a page needs is loaded, whoever wrote it:
    modules, the snapshot, compiled scripts, figures. `pages` maps addresses to hashes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages: dict[str, str] = {}
        self.asked: asyncio.Queue[Message] = asyncio.Queue()
        self.answered: asyncio.Queue[Message] = asyncio.Queue()

    async def visit(self, pages: list[str] | None = None) -> None:
        """Open the pages named, or the overview and with it learn which pages there are."""
        self.asked.put_nowait({"type": "websocket.connect"})
        talk = asyncio.ensure_future(self.app(_scope(), self.asked.get, self.answered.put))
        try:
            for page in [""] if pages is None else pages:
                await asyncio.wait_for(self._read(page), PATIENCE)
        finally:
            self.asked.put_nowait({"type": "websocket.disconnect", "code": 1000})
            await talk

    async def _read(self, page: str) -> None:
        message = BackMsg()
        message.rerun_script.page_script_hash = self.pages.get(page, "")
        message.rerun_script.context_info.color_scheme = "light"
        self.asked.put_nowait(
            {"type": "websocket.receive", "bytes": message.SerializeToString(), "text": None}
        )
        while True:
            answer = await self.answered.get()
            if answer["type"] == "websocket.close":
                raise ConnectionError(answer.get("reason"))
            if answer.get("bytes") and self._was_last(ForwardMsg.FromString(answer["bytes"])):
                return

    def _was_last(self, answer: ForwardMsg) -> bool:
        if answer.WhichOneof("type") == "navigation":
            listed = answer.navigation.app_pages
            self.pages = {page.url_pathname: page.page_script_hash for page in listed}
        return answer.WhichOneof("type") == "script_finished"


async def warm(app: ASGIApp) -> asyncio.Task[None]:
    """Open the overview now, and every other page in the task that is given back.

    A page that fails is not the server's end: its reader will be told what is wrong.
    """
    for name in LATE:
        await asyncio.to_thread(importlib.import_module, name)
    reader = FirstReader(app)
    await _tried(reader, None)
    return asyncio.create_task(_the_rest(reader))


async def _the_rest(reader: FirstReader) -> None:
    for page in reader.pages:
        await _tried(reader, [page])
    gc.collect()
    gc.freeze()
    await _after_publishing(reader)


async def _after_publishing(reader: FirstReader) -> None:
    """Open every page again when another snapshot is put in use: what few may not be told of it
    takes seconds to find out, and nobody should wait for that.
    """
    held = _in_use()
    while True:
        await asyncio.sleep(LOOKED)
        if (used := _in_use()) != held:
            held = used
            for page in reader.pages:
                await _tried(reader, [page])


def _in_use() -> Any:
    """What CURRENT says of the store in use; nothing while it can't be read."""
    with suppress(OSError, ValueError):
        return storage.read_json(storage.default_root() / storage.CURRENT)
    return None


async def _tried(reader: FirstReader, pages: list[str] | None) -> None:
    try:
        await reader.visit(pages)
    except Exception as error:
        # Its type alone: the text may hold what a cell held.
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
