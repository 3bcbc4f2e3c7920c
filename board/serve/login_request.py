"""What a sign-in or sign-out request contains: its form, its language, the page to open next."""

from __future__ import annotations

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board.i18n import LANGUAGES, Language
from board.serve.auth_state import cookie_name
from board.serve.gate import SIGN_IN, hostname, netloc
from board.serve.local import is_loopback
from board.storage import RefusedError

LONGEST_FORM = 10_000  # bytes: nobody who has not signed in may send more


def with_session_cookie(answer: Response, token: str, loopback: bool) -> Response:
    """The answer with the session's cookie, hidden from scripts and dropped on close."""
    answer.set_cookie(
        cookie_name(loopback), token, path="/", httponly=True, secure=not loopback, samesite="lax"
    )
    return answer


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
