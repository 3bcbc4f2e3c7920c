"""The pages by which readers come in: name and password, one-time tokens, and the way out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from board.accounts import LOCAL, Account, Session
from board.journal import AuditLog, acts
from board.serve import login_pages
from board.serve.auth_state import Doors, cookie_name
from board.serve.gate import OPEN
from board.serve.login_request import at_home, carrying, language, local, posted, said
from board.storage import RefusedError

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

# How many passwords are looked at at once: each takes 64 MB and what else a reader's click would
# have of the machine, and anyone may send one.
AT_ONCE = 2

Farewell = Callable[[Request, Session], Awaitable[Response | None]]


def routes(
    doors: Doors,
    providers: tuple[login_pages.Provider, ...] = (),
    farewell: Farewell | None = None,
) -> list[BaseRoute]:
    """The routes under /signin; `providers` are offered beside the board's own accounts.

    `farewell` leads whoever came in by a provider out of that too.
    """
    pages = Pages(doors, providers, farewell)
    return [
        Route(OPEN, pages.sign_in, methods=["GET", "POST"]),
        Route(f"{OPEN}/new", pages.enter, methods=["GET", "POST"]),
        Route(f"{OPEN}/password", pages.renew, methods=["GET", "POST"]),
        Route(f"{OPEN}/out", pages.sign_out, methods=["GET", "POST"]),
        Route(f"{OPEN}/alive", pages.alive, methods=["GET"]),
        Route(f"{OPEN}/watch.js", pages.watch, methods=["GET"]),
    ]


class Pages:
    """Answers to who comes in or goes out."""

    def __init__(
        self,
        doors: Doors,
        providers: tuple[login_pages.Provider, ...],
        farewell: Farewell | None,
    ) -> None:
        self.doors = doors
        self.providers = providers
        self.farewell = farewell
        self.turn = asyncio.Semaphore(AT_ONCE)

    async def sign_in(self, request: Request) -> Response:
        """The form, or the way in for who filled it rightly."""
        asked = local(request.query_params.get("next", "/"))
        entered = await asyncio.to_thread(self.doors.entered, request.headers, at_home(request))
        if entered and request.method == "GET":
            return RedirectResponse(asked, 303)
        if damage := await asyncio.to_thread(self.doors.damage):
            return self._form(request, asked, said(damage, request), status=503)
        if request.method == "GET":
            return self._form(request, asked)
        form = await posted(request)
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        try:
            account = await self._looked_at(self.doors.accounts.sign_in, name, password)
        except RefusedError as refusal:
            return self._form(request, asked, said(refusal, request), name, 403)
        return await self._with_cookie(request, account, asked)

    async def enter(self, request: Request) -> Response:
        """The form for a one-time token and a new password, or the way in."""
        if damage := await asyncio.to_thread(self.doors.damage):
            return login_pages.new_password(language(request), said(damage, request))
        if request.method == "GET":
            return login_pages.new_password(language(request))
        form = await posted(request)
        token, name = str(form.get("token", "")), str(form.get("name", ""))
        password = str(form.get("password", ""))
        if password != str(form.get("again", "")):
            return login_pages.new_password(language(request), login_pages.DIFFERENT, name)
        try:
            account = await self._looked_at(self.doors.accounts.enter, token, password, name)
        except RefusedError as refusal:
            return login_pages.new_password(language(request), said(refusal, request), name)
        return await self._with_cookie(request, account, "/")

    async def renew(self, request: Request) -> Response:
        """The form for another password in place of one's own, or the way back in with it."""
        session = await asyncio.to_thread(self.doors.entered, request.headers, at_home(request))
        if session is None or session.via != LOCAL:
            return RedirectResponse("/", 303)
        if request.method == "GET":
            return login_pages.another_password(language(request), session.name)
        form = await posted(request)
        held, new = str(form.get("held", "")), str(form.get("password", ""))
        if new != str(form.get("again", "")):
            wrong = login_pages.DIFFERENT
            return login_pages.another_password(language(request), session.name, wrong)
        try:
            account = await self._looked_at(
                self.doors.accounts.renew, session.name, held, new, session.role
            )
        except RefusedError as refusal:
            wrong = said(refusal, request)
            return login_pages.another_password(language(request), session.name, wrong)
        return await self._with_cookie(request, account, "/", session.role)

    async def sign_out(self, request: Request) -> Response:
        """The question, or the way out: the session ends for good, its cookie goes."""
        if request.method == "GET":
            return login_pages.leaving(language(request))
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

    async def _looked_at(self, check: Callable[..., Account], *told: str) -> Account:
        """The account that a password opens, looked at when its turn comes."""
        async with self.turn:
            return await asyncio.to_thread(check, *told)

    async def _with_cookie(
        self, request: Request, account: Account, asked: str, role: str = ""
    ) -> Response:
        token = await asyncio.to_thread(self._opened, request, account, role)
        return carrying(RedirectResponse(asked, 303), token, at_home(request))

    def _opened(self, request: Request, account: Account, role: str) -> str:
        """The token of a new session, once it is on record; the one this browser had ends."""
        sessions = self.doors.sessions
        if before := self.doors.entered(request.headers, at_home(request), touch=False):
            sessions.revoke(before.hash)
        AuditLog(sessions.root).record(account.name, role or account.role, acts.SignIn(LOCAL))
        return sessions.open(account, role)

    def _form(
        self, request: Request, asked: str, wrong: str = "", name: str = "", status: int = 200
    ) -> Response:
        return login_pages.form(language(request), asked, self.providers, wrong, name, status)
