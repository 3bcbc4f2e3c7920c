"""What stands before every route, WebSocket and media included: who may ask, what is sent along."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from board.serve.document import policy

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Gate:
    """Middleware that refuses names and origins that aren't ours and adds the headers.

    A page elsewhere on the web could otherwise reach the board through a name that
    points to this machine, or open its WebSocket from a foreign page; and for a foreign
    origin Streamlit would ask a host on the internet for its own address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what comes from our own pages under a name that is this machine's."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif welcome(Headers(scope=scope)):
            await self.app(scope, receive, with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("Misdirected request", 421)(scope, receive, send)


def welcome(headers: Headers) -> bool:
    """Whether the Host is a loopback name and the Origin, if there is one, the same."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    return is_loopback(urlsplit(f"//{host}").hostname or "") and (
        origin is None or urlsplit(origin).netloc == host
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def with_headers(send: Send) -> Send:
    """A `send` that puts the security headers on every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {**HEADERS, "Content-Security-Policy": policy()}.items():
                headers[name] = value
        await send(message)

    return sending
