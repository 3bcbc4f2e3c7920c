"""The pages by which readers come in: name and password, one-time tokens, and the way out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from board.accounts import LOCAL, Account, Session
from board.durable import RefusedError
from board.i18n import LANGUAGES, Language
from board.journal import Looks
from board.serve import entrance
from board.serve.doors import Doors, cookie_name
from board.serve.gate import OPEN, hostname, is_loopback

WATCH = """let last = 0;
async function look() {
  if (Date.now() - last < 1000) return;
  last = Date.now();
  try {
    const answer = await fetch('/signin/alive', {cache: 'no-store'});
    if (answer.status === 401) location.replace('/signin?next=' + encodeURIComponent(location.pathname + location.search));
  } catch (error) { /* The server is away: Streamlit says so. */ }
}
setInterval(look, 10000);
for (const event of ['pointerup', 'keyup', 'pageshow']) addEventListener(event, look);
addEventListener('visibilitychange', () => document.hidden || look());
"""


Farewell = Callable[[Request, Session], Awaitable[Response | None]]


def routes(
    doors: Doors,
    providers: tuple[entrance.Provider, ...] = (),
    farewell: Farewell | None = None,
) -> list[BaseRoute]:
    """The routes under /signin; `providers` are offered beside the board's own accounts.

    `farewell` leads whoever came in by a provider out of that too.
    """
    pages = Pages(doors, providers, farewell)
    return [
        Route(OPEN, pages.sign_in, methods=["GET", "POST"]),
        Route(f"{OPEN}/new", pages.enter, methods=["GET", "POST"]),
        Route(f"{OPEN}/out", pages.sign_out, methods=["GET", "POST"]),
        Route(f"{OPEN}/alive", pages.alive, methods=["GET"]),
        Route(f"{OPEN}/watch.js", pages.watch, methods=["GET"]),
    ]


class Pages:
    """Answers to who comes in or goes out."""

    def __init__(
        self,
        doors: Doors,
        providers: tuple[entrance.Provider, ...],
        farewell: Farewell | None,
    ) -> None:
        self.doors = doors
        self.providers = providers
        self.farewell = farewell

    async def sign_in(self, request: Request) -> Response:
        """The form, or the way in for who filled it rightly."""
        asked = local(request.query_params.get("next", "/"))
        if request.method == "GET":
            if await asyncio.to_thread(self.doors.entered, request.headers, at_home(request)):
                return RedirectResponse(asked, 303)
            return self._form(request, asked)
        form = await posted(request)
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        return await self._let_in(
            request, asked, lambda: self.doors.accounts.sign_in(name, password), name
        )

    async def enter(self, request: Request) -> Response:
        """The form for a one-time token and a new password, or the way in."""
        if request.method == "GET":
            return entrance.new_password(language(request))
        form = await posted(request)
        token, name = str(form.get("token", "")), str(form.get("name", ""))
        password = str(form.get("password", ""))
        if password != str(form.get("again", "")):
            return entrance.new_password(language(request), entrance.DIFFERENT, name)
        try:
            account = await asyncio.to_thread(self.doors.accounts.enter, token, password, name)
        except RefusedError as refusal:
            return entrance.new_password(language(request), said(refusal, request), name)
        return await self._with_cookie(request, account, "/")

    async def sign_out(self, request: Request) -> Response:
        """The question, or the way out: the session ends for good, its cookie goes."""
        if request.method == "GET":
            return entrance.leaving(language(request))
        await posted(request)
        session = await asyncio.to_thread(
            self.doors.entered, request.headers, at_home(request), False
        )
        if session:
            await asyncio.to_thread(self.doors.sessions.revoke, session.hash)
        further = await self.farewell(request, session) if session and self.farewell else None
        answer = further or RedirectResponse(f"{OPEN}?lang={language(request)}", 303)
        answer.delete_cookie(cookie_name(at_home(request)), path="/")
        return answer

    async def alive(self, request: Request) -> Response:
        """Whether the reader is still signed in; asking is no use of the board."""
        session = await asyncio.to_thread(
            self.doors.entered, request.headers, at_home(request), False
        )
        closed = await asyncio.to_thread(self.doors.closed)
        return Response(status_code=204 if session or not closed else 401)

    async def watch(self, request: Request) -> Response:
        """The script that leads to signing in once the session is over."""
        return Response(WATCH, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def _let_in(
        self, request: Request, asked: str, check: Callable[[], Account], name: str
    ) -> Response:
        try:
            account = await asyncio.to_thread(check)
        except RefusedError as refusal:
            return self._form(request, asked, said(refusal, request), name, 403)
        return await self._with_cookie(request, account, asked)

    async def _with_cookie(self, request: Request, account: Account, asked: str) -> Response:
        token = await asyncio.to_thread(self._opened, account)
        return carrying(RedirectResponse(asked, 303), token, at_home(request))

    def _opened(self, account: Account) -> str:
        """The token of a new session, once it is on record who came in."""
        root = self.doors.sessions.root
        Looks(root).record(account.name, account.role, "sign_in", LOCAL)
        return self.doors.sessions.open(account)

    def _form(
        self, request: Request, asked: str, wrong: str = "", name: str = "", status: int = 200
    ) -> Response:
        return entrance.form(language(request), asked, self.providers, wrong, name, status)


def carrying(answer: Response, token: str, loopback: bool) -> Response:
    """The answer with the session's cookie: gone when the browser closes, unread by scripts."""
    answer.set_cookie(
        cookie_name(loopback), token, path="/", httponly=True, secure=not loopback, samesite="lax"
    )
    return answer


async def posted(request: Request) -> FormData:
    """The form that was sent, from a page of ours: every browser says from where it sends one."""
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(421, "Misdirected request")
    return await request.form(max_files=0, max_fields=10, max_part_size=10_000)


def local(path: str) -> str:
    """Where to go after signing in: a path of the board, never another host."""
    parts = urlsplit(path)
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    plain = inside and not parts.netloc and not parts.scheme and path.isprintable()
    return path if plain and not path.startswith(OPEN) else "/"


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
    return refusal.message_en if language(request) == "en" else refusal.message_zh
