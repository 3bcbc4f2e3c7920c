"""A reader without a browser: opens the board's WebSocket and speaks what a browser speaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATH = "/_stcore/stream"


@dataclass
class Viewer:
    """One reader: `ask` runs a page and tells how long its answer took.

    `pages` are the navigation's addresses, known after the first answer; `received`
    counts the bytes that came, `failed` the exceptions a page showed.
    """

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    received: int = 0
    failed: int = 0
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        """Connect as a browser does, from the board's own origin."""
        self._socket = await connect(
            self.address.replace("http://", "ws://") + PATH,
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(self.address),
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave."""
        assert self._socket
        await self._socket.close()

    async def ask(self, page: str = "", query: str = "") -> float:
        """Run a page with a query string; seconds until its last message came."""
        assert self._socket
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.context_info.locale = "zh-CN"
        message.rerun_script.context_info.color_scheme = "light"
        if page in self.pages:
            message.rerun_script.page_script_hash = self.pages[page]
        else:
            message.rerun_script.page_name = page
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await self._socket.recv()
            assert isinstance(raw, bytes)
            self.received += len(raw)
            answer = ForwardMsg.FromString(raw)
            if self._finished(answer):
                return time.perf_counter() - began

    def _finished(self, answer: ForwardMsg) -> bool:
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            self.pages = {p.url_pathname: p.page_script_hash for p in answer.navigation.app_pages}
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            self.failed += 1
        return (
            kind == "script_finished"
            and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value below which a share of the measurements lies."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def pages(address: str) -> list[str]:
    """The addresses of the pages in the board's navigation, the overview's first and empty."""

    async def asked() -> list[str]:
        async with Viewer(address) as viewer:
            await viewer.ask()
            return list(viewer.pages)

    # In a thread of its own, since Playwright keeps an event loop running in the caller's.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, asked()).result()
