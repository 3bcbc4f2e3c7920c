"""The access check before every route, WebSocket and media file, and the security headers."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.accounts import HEADER, PAGE_HEADER, WARMING
from board.serve.auth_state import AuthState, without_forged
from board.serve.bounds import Sockets
from board.serve.document import is_page, policy
from board.serve.local import is_local, is_loopback
from board.serve.watched_socket import REFUSED, WatchedSocket

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?", re.IGNORECASE)
UPLOADS = "/_stcore/upload_file/"
YEAR = 31_536_000  # seconds
SIGN_IN = "/signin"  # The only pages that are served without a session.
PRIVATE_PATHS = ("/media/", UPLOADS)


class Gate:
    """Middleware that refuses requests without a session, once an account or a provider exists.

    Until then it answers requests from this machine only, and none that a proxy passed on.
    It refuses host names and origins other than the board's: otherwise another website could
    reach the board through a name that points to this machine, or open its WebSocket. It
    removes headers that claim to name the user, and checks the session again at every frame
    the reader sends. A request it passes on carries the session's hash for the page to read.
    """

    def __init__(
        self,
        app: ASGIApp,
        auth: AuthState | None = None,
        hosts: Iterable[str] = (),
        proxy: bool = False,
    ) -> None:
        self.app = app
        self.auth = auth or AuthState()
        self.hosts = frozenset(hosts)
        self.proxy = proxy
        self.sockets = Sockets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request to the board's own address from a signed-in reader; refuse others."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        warming = secrets.compare_digest(headers.get(HEADER, "").encode(), WARMING.encode())
        scope["headers"] = without_forged(scope["headers"])
        if not is_own_address(headers, self.hosts):
            await refuse(scope, send, 421, "Misdirected request")
            return
        if warming:
            scope["headers"].append((HEADER.encode(), WARMING.encode()))
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http" and self.proxy and told_by_proxy(scope, "proto") == "https":
            send = with_transport_security(send)
        requires_sign_in = await asyncio.to_thread(self.auth.requires_sign_in)
        if not requires_sign_in and (self.hosts or not is_local(scope, headers)):
            await refuse(scope, send, 403, "Nobody can sign in yet: this machine only, no proxy")
        elif is_sign_in_page(scope):
            await self.app(scope, receive, with_headers(send))
        elif requires_sign_in:
            await self._signed_in(scope, headers, receive, send)
        else:
            await self._pass_on(scope, "", receive, send)

    async def _signed_in(
        self, scope: Scope, headers: Headers, receive: Receive, send: Send
    ) -> None:
        """Pass on the request of a signed-in reader; send all others to the sign-in page."""
        loopback = is_loopback(hostname(headers))
        session = await asyncio.to_thread(self.auth.session_of, headers, loopback)
        if session is None:
            await send_to_sign_in(scope, send)
            return
        scope["headers"].append((HEADER.encode(), session.hash.encode()))
        await self._pass_on(scope, session.hash, receive, send)

    async def _pass_on(self, scope: Scope, session: str, receive: Receive, send: Send) -> None:
        """Pass on a request; a private address only if the board has sent it to this reader."""
        path = scope["path"]
        private = path.startswith(PRIVATE_PATHS)
        if private and not await asyncio.to_thread(self.auth.may_fetch, session, path):
            await refuse(scope, send, 404, "Not found")
        elif scope["type"] == "websocket":
            await self._open_socket(scope, session, receive, send)
        elif path.startswith(UPLOADS) and scope["method"] == "PUT":
            await self._upload(scope, session, receive, send)
        else:
            await self.app(scope, receive, with_headers(send, private))

    async def _open_socket(self, scope: Scope, session: str, receive: Receive, send: Send) -> None:
        """Pass on a WebSocket, unless the session has as many as it may."""
        page = self._page(scope, session)
        scope["headers"].append((PAGE_HEADER.encode(), page.encode()))
        with self.sockets.one_more(session) as pace:
            if pace is None:
                await refuse(scope, send, 429, "Too many open pages")
                return
            socket = WatchedSocket(self.auth, session, page, receive, send, pace)
            await self.app(scope, socket.receive, socket.send)

    async def _upload(self, scope: Scope, session: str, receive: Receive, send: Send) -> None:
        """Pass on an upload, unless more would be held than a session, or all, may have."""
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal():
            await refuse(scope, send, 411, "Length required")
            return
        page = scope["path"].split("/")[3]
        uploads = self.auth.uploads
        for other in set(uploads.owners.values()):
            if not await asyncio.to_thread(self.auth.alive, other):
                uploads.end(other)
        with uploads.room_for(session, page, int(length)) as room:
            if room:
                await self.app(scope, receive, with_headers(send, private=True))
            else:
                await refuse(scope, send, 413, "Too many uploads are held")

    def _page(self, scope: Scope, session: str) -> str:
        """The page's name for a WebSocket: a new name, or the reader's own page from before.

        The third subprotocol is the Streamlit session that was open before the connection broke.
        If the board did not send it to this reader, it is removed, so nobody resumes the page of
        another reader.
        """
        protocols = list(scope.get("subprotocols", ()))
        pages = self.auth.pages_sent(session, protocols[2]) if len(protocols) > 2 else {}
        if len(protocols) > 2 and not pages:
            scope["subprotocols"] = protocols[:2]
            headers = [
                (k, v) for k, v in scope["headers"] if k.lower() != b"sec-websocket-protocol"
            ]
            header = (b"sec-websocket-protocol", ", ".join(protocols[:2]).encode())
            scope["headers"] = [*headers, header]
        return next(iter(pages), "") or secrets.token_urlsafe(16)


async def send_to_sign_in(scope: Scope, send: Send) -> None:
    """Answer a request without a session: redirect a page to sign-in, refuse anything else."""
    if is_page(scope):
        query = scope["query_string"].decode("latin-1")
        address = f"{scope['path']}?{query}" if query else scope["path"]
        answer = RedirectResponse(f"{SIGN_IN}?next={quote(address, safe='')}", 303)
        await answer(scope, _nothing, with_headers(send))
    else:
        await refuse(scope, send, 401, "Sign in first")


async def refuse(scope: Scope, send: Send, status: int, text: str) -> None:
    """Refuse a request, or close a WebSocket before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": REFUSED})
    else:
        await PlainTextResponse(text, status)(scope, _nothing, with_headers(send))


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def is_sign_in_page(scope: Scope) -> bool:
    """Whether a request is for one of the sign-in pages."""
    path: str = scope["path"]
    return scope["type"] == "http" and (path == SIGN_IN or path.startswith(f"{SIGN_IN}/"))


def hostname(headers: Headers) -> str:
    """The host name in the Host header, without its port."""
    return netloc(f"//{headers.get('host', '')}")[1]


def netloc(address: str) -> tuple[str, str]:
    """An address's host with its port, and its host alone; empty texts for a malformed address."""
    try:
        parts = urlsplit(address)
        return parts.netloc, parts.hostname or ""
    except ValueError:
        return "", ""


def is_own_address(headers: Headers, hosts: frozenset[str] = frozenset()) -> bool:
    """Whether Host is loopback or one of `hosts`, and Origin, if sent, is the same host."""
    host, origin = headers.get("host", ""), headers.get("origin")
    name = hostname(headers)
    return (
        HOST.fullmatch(host) is not None
        and (is_loopback(name) or name in hosts)
        and (origin is None or netloc(origin)[0] == host)
    )


def told_by_proxy(scope: Scope, what: str) -> str:
    """The last X-Forwarded-For ("for") or -Proto, if a proxy on this machine passed it on; else ""."""
    peer = scope.get("client")
    if peer is None or not is_loopback(peer[0]):
        return ""
    values = Headers(scope=scope).getlist(f"x-forwarded-{what}")
    return values[-1].rpartition(",")[2].strip() if values else ""


def with_transport_security(send: Send) -> Send:
    """A `send` that tells the browser to come over TLS only, for a year."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        await send(message)

    return sending


def with_headers(send: Send, private: bool = False) -> Send:
    """A `send` that adds the security headers; no cache may store a `private` answer."""

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
