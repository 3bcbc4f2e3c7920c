"""Close a connection whose request does not arrive: half of it, and then nothing for ten seconds."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 10.0  # seconds


class Impatient(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits for the rest of a request for ever.

    The line and the headers of a request must have come PATIENCE seconds after the connection
    began, however slowly they drip; of a body, something must come every PATIENCE seconds.
    """

    _deadline: asyncio.TimerHandle | None = None
    _in_body = _whole = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_body = self._whole = False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The headers of a request have come."""
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole of a request has come."""
        self._whole = True
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request, and wait for the next one if it lacks any."""
        super().data_received(data)
        if self._whole or self.transport.get_protocol() is not self:
            self._stop()
        elif self._in_body or self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop()
        self._deadline = self.loop.call_later(PATIENCE, self._expire)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        self._deadline = None
        if self.flow.read_paused:  # What comes is not read yet, because the board is busy.
            self._wait()
        else:
            self.transport.close()
