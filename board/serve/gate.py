"""What stands before every route, WebSocket and media included: who may ask, what is sent along."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.accounts import HEADER, PAGE_HEADER, WARMING
from board.serve.auth_state import Doors, without_forged
from board.serve.document import is_page, policy
from board.serve.local import is_local, is_loopback

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OPEN = "/signin"  # What a reader needs to come in: its pages and nothing else.
PRIVATE = ("/media/", "/_stcore/upload_file/")
REFUSED = 1008  # The WebSocket's code for one that may not go on.


class Gate:
    """Middleware that lets nobody through without a session, once there is anyone to sign in.

    Until then it answers what this machine asks itself, and nothing that a proxy handed on.
    It refuses names and origins that aren't ours: a page elsewhere on the web could otherwise
    reach the board through a name that points to this machine, or open its WebSocket. It
    strips headers that claim who somebody is, and looks a session up again at every frame
    its reader sends. What it lets through carries the session's hash for the page to read.
    """

    def __init__(self, app: ASGIApp, doors: Doors | None = None, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.doors = doors or Doors()
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what comes from our own pages under a name of ours, from somebody signed in."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        warming = secrets.compare_digest(headers.get(HEADER, "").encode(), WARMING.encode())
        scope["headers"] = without_forged(scope["headers"])
        if not welcome(headers, self.hosts):
            await refuse(scope, send, 421, "Misdirected request")
            return
        if warming:
            scope["headers"].append((HEADER.encode(), WARMING.encode()))
            await self.app(scope, receive, send)
        elif not await asyncio.to_thread(self.doors.closed) and not self._at_home(scope, headers):
            await refuse(scope, send, 403, "Nobody can sign in yet: this machine only, no proxy")
        elif is_open(scope):
            await self.app(scope, receive, with_headers(send))
        elif await asyncio.to_thread(self.doors.closed):
            await self._signed_in(scope, headers, receive, send)
        else:
            await self._let_in(scope, "", receive, send)

    def _at_home(self, scope: Scope, headers: Headers) -> bool:
        """Whether a question that needs no session may be asked: here, and under no other name."""
        return not self.hosts and is_local(scope, headers)

    async def _signed_in(
        self, scope: Scope, headers: Headers, receive: Receive, send: Send
    ) -> None:
        """Hand on a request of somebody signed in; send everybody else to sign in."""
        loopback = is_loopback(hostname(headers))
        session = await asyncio.to_thread(self.doors.entered, headers, loopback)
        if session is None:
            await turn_away(scope, send)
            return
        scope["headers"].append((HEADER.encode(), session.hash.encode()))
        await self._let_in(scope, session.hash, receive, send)

    async def _let_in(self, scope: Scope, session: str, receive: Receive, send: Send) -> None:
        """Hand on a request; of private addresses those alone that the reader was told."""
        path = scope["path"]
        private = path.startswith(PRIVATE)
        if private and not await asyncio.to_thread(self.doors.may_ask, session, path):
            await refuse(scope, send, 404, "Not found")
        elif scope["type"] == "websocket":
            page = self._page(scope, session)
            scope["headers"].append((PAGE_HEADER.encode(), page.encode()))
            watched = Watched(self.doors, session, page, receive, send)
            await self.app(scope, watched.receive, watched.send)
        else:
            await self.app(scope, receive, with_headers(send, private))

    def _page(self, scope: Scope, session: str) -> str:
        """The name of the page behind a WebSocket: a new one, or a reader's own taken up again.

        The third of the subprotocols names the page that was open before the line broke. Whatever
        the browser asks for, a page of another reader's is not taken up.
        """
        asked = list(scope.get("subprotocols", ()))
        known = self.doors.pages(session, asked[2]) if len(asked) > 2 else {}
        if len(asked) > 2 and not known:
            scope["subprotocols"] = asked[:2]
            kept = [(k, v) for k, v in scope["headers"] if k.lower() != b"sec-websocket-protocol"]
            told = (b"sec-websocket-protocol", ", ".join(asked[:2]).encode())
            scope["headers"] = [*kept, told]
        return next(iter(known), "") or secrets.token_urlsafe(16)


class Watched:
    """A WebSocket whose reader's session is looked up again at every frame.

    Without a session it is one of those that need none, and ends once the first account is made.
    """

    def __init__(self, doors: Doors, session: str, page: str, receive: Receive, send: Send) -> None:
        self.doors, self.session, self.page = doors, session, page
        self._receive, self._send = receive, send
        self.over = False

    async def receive(self) -> Message:
        """The reader's next frame; the end, where the session has ended."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if await asyncio.to_thread(self._holds):
            return message
        await self.send({"type": "websocket.close", "code": REFUSED})
        self.over = True
        return {"type": "websocket.disconnect", "code": REFUSED}

    def _holds(self) -> bool:
        if not self.session:
            return not self.doors.closed()
        return self.doors.sessions.session(self.session) is not None

    async def send(self, message: Message) -> None:
        """Send a frame on, and remember what private addresses it tells; nothing after the end."""
        if self.over:
            return
        if frame := message.get("bytes"):
            self.doors.tell(self.session, self.page, frame)
        await self._send(message)


async def turn_away(scope: Scope, send: Send) -> None:
    """Somebody without a session: a page leads to signing in, anything else is refused."""
    if is_page(scope):
        asked = scope["path"] + (f"?{q}" if (q := scope["query_string"].decode("latin-1")) else "")
        answer = RedirectResponse(f"{OPEN}?next={quote(asked, safe='')}", 303)
        await answer(scope, _nothing, with_headers(send))
    else:
        await refuse(scope, send, 401, "Sign in first")


async def refuse(scope: Scope, send: Send, status: int, said: str) -> None:
    """Refuse a request, or close a WebSocket before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": REFUSED})
    else:
        await PlainTextResponse(said, status)(scope, _nothing, with_headers(send))


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def is_open(scope: Scope) -> bool:
    """Whether a request is for one of the pages by which readers come in."""
    path = scope["path"]
    return scope["type"] == "http" and (path == OPEN or path.startswith(f"{OPEN}/"))


def hostname(headers: Headers) -> str:
    """The name the browser asked for, without its port."""
    return netloc(f"//{headers.get('host', '')}")[1]


def netloc(address: str) -> tuple[str, str]:
    """The host and port of an address, and the host alone; nothing where it is none."""
    try:
        parts = urlsplit(address)
        return parts.netloc, parts.hostname or ""
    except ValueError:
        return "", ""


def welcome(headers: Headers, hosts: frozenset[str] = frozenset()) -> bool:
    """Whether the Host is a loopback name or one of ours, and the Origin, if any, the same."""
    host, origin = headers.get("host", ""), headers.get("origin")
    name = hostname(headers)
    return (is_loopback(name) or name in hosts) and (origin is None or netloc(origin)[0] == host)


def with_headers(send: Send, private: bool = False) -> Send:
    """A `send` that puts the security headers on every answer; a private one nobody keeps."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", policy())
            for name, value in HEADERS.items():
                headers[name] = value
            if private:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
