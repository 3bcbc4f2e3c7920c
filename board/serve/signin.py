"""The sign-in routes: name and password, one-time token, change of password, sign-out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from board.accounts import LOCAL, Account, Origin, Session
from board.journal import AuditLog, acts
from board.serve import login_pages
from board.serve.auth_state import AuthState, cookie_name
from board.serve.gate import SIGN_IN
from board.serve.login_request import (
    language,
    local_path,
    on_loopback,
    origin,
    posted_form,
    refusal_text,
    with_browser_proof,
    with_session_cookie,
)
from board.serve.providers import Provider
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

# How many passwords are checked at once: each check takes 64 MB and processor time that readers
# need, and anyone may send one.
AT_ONCE = 2

ProviderSignOut = Callable[[Request, Session], Awaitable[Response | None]]


def routes(
    auth: AuthState,
    providers: tuple[Provider, ...] = (),
    provider_sign_out: ProviderSignOut | None = None,
) -> list[BaseRoute]:
    """The routes under /signin; `providers` are offered beside the board's own accounts.

    `provider_sign_out` gives the page that signs a reader out of the provider too.
    """
    pages = Pages(auth, providers, provider_sign_out)
    return [
        Route(SIGN_IN, pages.sign_in, methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/new", pages.set_password, methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/password", pages.change_password, methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/out", pages.sign_out, methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/alive", pages.alive, methods=["GET"]),
        Route(f"{SIGN_IN}/watch.js", pages.watch, methods=["GET"]),
    ]


class Pages:
    """The answers to requests to sign in or out."""

    def __init__(
        self,
        auth: AuthState,
        providers: tuple[Provider, ...],
        provider_sign_out: ProviderSignOut | None,
    ) -> None:
        self.auth = auth
        self.providers = providers
        self.provider_sign_out = provider_sign_out
        self.checks = asyncio.Semaphore(AT_ONCE)

    async def sign_in(self, request: Request) -> Response:
        """The form; a session and a redirect when name and password are right."""
        next_path = local_path(request.query_params.get("next", "/"))
        session = await self._session(request)
        if session and request.method == "GET":
            return RedirectResponse(next_path, 303)
        if damage := await asyncio.to_thread(self.auth.damage):
            return self._form(request, next_path, refusal_text(damage, request), status=503)
        if request.method == "GET":
            return self._form(request, next_path)
        form = await posted_form(request)
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        try:
            comes_from = await asyncio.to_thread(origin, request, self.auth, name.strip())
            account = await self._checked(self.auth.accounts.sign_in, name, password, comes_from)
        except RefusedError as refusal:
            return self._form(request, next_path, refusal_text(refusal, request), name, 403)
        return await self._with_cookie(request, account, next_path)

    async def set_password(self, request: Request) -> Response:
        """The form for a one-time token and a new password; a session when they are accepted."""
        if damage := await asyncio.to_thread(self.auth.damage):
            return login_pages.new_password(language(request), refusal_text(damage, request))
        if request.method == "GET":
            return login_pages.new_password(language(request))
        form = await posted_form(request)
        token, name = str(form.get("token", "")), str(form.get("name", ""))
        password = str(form.get("password", ""))
        if password != str(form.get("again", "")):
            return login_pages.new_password(language(request), login_pages.PASSWORDS_DIFFER, name)
        try:
            account = await self._checked(self.auth.accounts.enter, token, password, name)
        except RefusedError as refusal:
            return login_pages.new_password(language(request), refusal_text(refusal, request), name)
        return await self._with_cookie(request, account, "/")

    async def change_password(self, request: Request) -> Response:
        """The form to change one's password; a new session when it is accepted."""
        session = await self._session(request)
        if session is None or session.via != LOCAL:
            return RedirectResponse("/", 303)
        if request.method == "GET":
            return login_pages.change_password(language(request), session.name)
        form = await posted_form(request)
        current, new = str(form.get("held", "")), str(form.get("password", ""))
        if new != str(form.get("again", "")):
            error = login_pages.PASSWORDS_DIFFER
            return login_pages.change_password(language(request), session.name, error)
        try:
            # Whoever is signed in has tries of their own.
            own = Origin(browser=session.hash)
            account = await self._checked(
                self.auth.accounts.renew, session.name, current, new, session.role, own
            )
        except RefusedError as refusal:
            error = refusal_text(refusal, request)
            return login_pages.change_password(language(request), session.name, error)
        return await self._with_cookie(request, account, "/", session.role)

    async def sign_out(self, request: Request) -> Response:
        """The question whether to sign out; on POST the session ends and its cookie is deleted."""
        if request.method == "GET":
            return login_pages.confirm_sign_out(language(request))
        await posted_form(request)
        session = await self._session(request, touch=False)
        if session:
            await asyncio.to_thread(self.auth.sessions.revoke, session.hash)
            self.auth.uploads.end(session.hash)
        answer: Response = RedirectResponse(f"{SIGN_IN}?lang={language(request)}", 303)
        if session and self.provider_sign_out:
            answer = await self.provider_sign_out(request, session) or answer
        answer.delete_cookie(cookie_name(on_loopback(request)), path="/")
        return answer

    async def alive(self, request: Request) -> Response:
        """204 while the reader is signed in, else 401; does not prolong the session."""
        session = await self._session(request, touch=False)
        requires_sign_in = await asyncio.to_thread(self.auth.requires_sign_in)
        return Response(status_code=204 if session or not requires_sign_in else 401)

    async def watch(self, request: Request) -> Response:
        """The script that opens the sign-in page once the session is over."""
        return Response(WATCH, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def _session(self, request: Request, touch: bool = True) -> Session | None:
        """The session of the request; with `touch` the request counts as use."""
        return await asyncio.to_thread(
            self.auth.session_of, request.headers, on_loopback(request), touch
        )

    async def _checked(self, check: Callable[..., Account], *arguments: str | Origin) -> Account:
        """The account a password belongs to; `check` waits while too many passwords are checked."""
        async with self.checks:
            return await asyncio.to_thread(check, *arguments)

    async def _with_cookie(
        self, request: Request, account: Account, next_path: str, role: str = ""
    ) -> Response:
        token = await asyncio.to_thread(self._open_session, request, account, role)
        loopback = on_loopback(request)
        answer = with_session_cookie(RedirectResponse(next_path, 303), token, loopback)
        return await asyncio.to_thread(
            with_browser_proof, answer, self.auth.accounts.root, account.name, loopback
        )

    def _open_session(self, request: Request, account: Account, role: str) -> str:
        """The token of a new session, recorded first; this browser's earlier session ends."""
        sessions = self.auth.sessions
        if before := self.auth.session_of(request.headers, on_loopback(request), touch=False):
            sessions.revoke(before.hash)
        AuditLog(sessions.root).record(account.name, role or account.role, acts.SignIn(LOCAL))
        return sessions.open(account, role)

    def _form(
        self, request: Request, next_path: str, error: str = "", name: str = "", status: int = 200
    ) -> Response:
        return login_pages.form(language(request), next_path, self.providers, error, name, status)
