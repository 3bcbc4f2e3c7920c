"""A WebSocket that asks at every frame whether its reader's session still lives."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from board.access import Action, may
from board.accounts import page_of
from board.serve.auth_state import AuthState
from board.serve.bounds import Pace
from board.storage import default_root

REFUSED = 1008  # The WebSocket close code for a violated policy.


class WatchedSocket:
    """A WebSocket that checks its reader's session again at every frame.

    A WebSocket that began without a session ends once the first account is made.
    """

    def __init__(
        self,
        auth: AuthState,
        session: str,
        page: str,
        receive: Receive,
        send: Send,
        pace: Pace,
    ) -> None:
        self.auth, self.session, self.page = auth, session, page
        self._receive, self._send, self._pace = receive, send, pace
        self.closed = False

    async def receive(self) -> Message:
        """The reader's next frame; a disconnect when the session has ended."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        # While this waits, nothing more is read from the reader's connection.
        await asyncio.sleep(self._pace.delay())
        if await asyncio.to_thread(self._session_lives):
            if asks_to_upload(message) and not await asyncio.to_thread(self._may_upload):
                return await self.receive()
            return message
        await self.send({"type": "websocket.close", "code": REFUSED})
        self.closed = True
        return {"type": "websocket.disconnect", "code": REFUSED}

    def _session_lives(self) -> bool:
        if not self.session:
            return not self.auth.requires_sign_in()
        return self.auth.sessions.session(self.session) is not None

    def _may_upload(self) -> bool:
        """Whether the page's reader may load anything, and is the one it was made for."""
        open_page = page_of(self.page)
        who = open_page.made_for if open_page else None
        if open_page is None or who is None or open_page.reader(default_root()) != who:
            return False
        return may(who, Action.LOAD) or may(who, Action.PLANS)

    async def send(self, message: Message) -> None:
        """Send a frame, and remember the private addresses in it; nothing once it is closed."""
        if self.closed:
            return
        if frame := message.get("bytes"):
            self.auth.remember_addresses(self.session, self.page, frame)
        await self._send(message)


def asks_to_upload(message: Message) -> bool:
    """Whether a frame asks for addresses to upload files to."""
    try:
        asked = BackMsg.FromString(message.get("bytes") or b"")
    except Exception:
        # Not a message of Streamlit's, which says so itself.
        return False
    return bool(asked.WhichOneof("type") == "file_urls_request")
