"""What a request to come in or go out says: its form, its language, where it wants to go next."""

from __future__ import annotations

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board.i18n import LANGUAGES, Language
from board.serve.auth_state import cookie_name
from board.serve.gate import OPEN, hostname, netloc
from board.serve.local import is_loopback
from board.storage import RefusedError

LONGEST_FORM = 10_000  # bytes: whoever isn't in yet sends no more than that


def carrying(answer: Response, token: str, loopback: bool) -> Response:
    """The answer with the session's cookie: gone when the browser closes, unread by scripts."""
    answer.set_cookie(
        cookie_name(loopback), token, path="/", httponly=True, secure=not loopback, samesite="lax"
    )
    return answer


async def posted(request: Request) -> FormData:
    """The form that was sent, from a page of ours: every browser says from where it sends one."""
    if netloc(request.headers.get("origin", ""))[0] != request.headers.get("host"):
        raise HTTPException(421, "Misdirected request")
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LONGEST_FORM:
        raise HTTPException(413, "Too long")
    return await request.form(max_files=0, max_fields=10, max_part_size=LONGEST_FORM)


def local(path: str) -> str:
    """Where to go after signing in: a path of the board, never another host."""
    inside = path.startswith("/") and not path.startswith(("//", OPEN))
    return path if inside and "\\" not in path and path.isprintable() else "/"


def at_home(request: Request) -> bool:
    """Whether the browser asked under a loopback name."""
    return is_loopback(hostname(Headers(scope=request.scope)))


def language(request: Request) -> Language:
    """The language asked for; that of the page to go to, else Chinese."""
    asked = request.query_params.get("lang") or ""
    if not asked and "lang=en" in request.query_params.get("next", ""):
        asked = "en"
    return next((one for one in LANGUAGES if one == asked), "zh")


def said(refusal: RefusedError, request: Request) -> str:
    """Why it was refused, in the reader's language."""
    return refusal.message.in_(language(request))
