"""What a sign-in or sign-out request contains: its form, its language, the page to open next."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from pathlib import Path

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board.accounts import Origin, known_browser, proof_of
from board.i18n import LANGUAGES, Language
from board.serve.auth_state import AuthState, cookie_name, cookie_of
from board.serve.gate import SIGN_IN, hostname, netloc, told_by_proxy
from board.serve.local import is_local, is_loopback
from board.storage import RefusedError

KNOWN = timedelta(days=180)  # how long a browser counts as one that has signed in before
LONGEST_SOURCE = 60
LONGEST_FORM = 10_000  # bytes: nobody who has not signed in may send more


def with_session_cookie(answer: Response, token: str, loopback: bool) -> Response:
    """The answer with the session's cookie, hidden from scripts and dropped on close."""
    answer.set_cookie(
        cookie_name(loopback), token, path="/", httponly=True, secure=not loopback, samesite="lax"
    )
    return answer


def known_cookie(loopback: bool) -> str:
    """The name of the cookie that proves that an account has signed in from this browser."""
    return f"{cookie_name(loopback)}-known"


def with_browser_proof(answer: Response, root: Path, name: str, loopback: bool) -> Response:
    """The answer with the proof that this browser has signed in as `name`."""
    answer.set_cookie(
        known_cookie(loopback), proof_of(root, name), max_age=int(KNOWN.total_seconds()), path="/",
        httponly=True, secure=not loopback, samesite="strict",
    )  # fmt: skip
    return answer


def origin(request: Request, auth: AuthState, name: str) -> Origin:
    """Where a sign-in as `name` comes from."""
    loopback = on_loopback(request)
    proof = cookie_of(request.headers, known_cookie(loopback))
    return Origin(
        browser=known_browser(auth.accounts.root, name, proof) if proof else "",
        source=source(request, auth),
        here=loopback and is_local(request.scope, request.headers),
    )


def source(request: Request, auth: AuthState) -> str:
    """The sender's address; empty where a proxy may stand between that does not tell it.

    Of an address of IPv6 the first half: whoever has one has the whole of the other.
    """
    peer = request.client.host if request.client else ""
    stated = told_by_proxy(request.scope, "for") if auth.proxy else ""
    if auth.hosts and not stated:
        return ""
    try:
        address = ipaddress.ip_address((stated or peer).strip("[]"))
    except ValueError:
        return (stated or peer)[:LONGEST_SOURCE]
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def posted_form(request: Request) -> FormData:
    """The form that was posted. Raises 421 unless the board's own page sent it, 413 if too long."""
    if netloc(request.headers.get("origin", ""))[0] != request.headers.get("host"):
        raise HTTPException(421, "Misdirected request")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LONGEST_FORM:
        raise HTTPException(413, "Too long")
    return await request.form(max_files=0, max_fields=10, max_part_size=LONGEST_FORM)


def local_path(path: str) -> str:
    """The page to open after signing in: `path` if it is the board's own, never another host."""
    inside = path.startswith("/") and not path.startswith(("//", SIGN_IN))
    return path if inside and "\\" not in path and path.isprintable() else "/"


def on_loopback(request: Request) -> bool:
    """Whether the browser used a loopback host name."""
    return is_loopback(hostname(Headers(scope=request.scope)))


def language(request: Request) -> Language:
    """The language requested, else that of the page to open next, else Chinese."""
    requested = request.query_params.get("lang") or ""
    if not requested and "lang=en" in request.query_params.get("next", ""):
        requested = "en"
    return next((supported for supported in LANGUAGES if supported == requested), "zh")


def refusal_text(refusal: RefusedError, request: Request) -> str:
    """Why the request was refused, in the reader's language."""
    return refusal.message.in_(language(request))
