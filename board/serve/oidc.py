"""Signing in with an OpenID provider: the way there, the way back, and out of both."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from board import storage
from board.accounts import LONGEST, Assignment, PendingLogins, Session
from board.journal import AuditLog, acts
from board.serve import login_errors, login_pages, openid
from board.serve.auth_state import Doors
from board.serve.gate import OPEN
from board.serve.login_request import at_home, carrying, language, local
from board.serve.providers import Provider

log = logging.getLogger(__name__)
JOURNEY = timedelta(minutes=10)
TO = f"{OPEN}/oidc"


class Journeys:
    """Readers on their way to a provider and back.

    What must come back is kept in the register, for one use within ten minutes, and bound to
    the browser by a cookie: a link with somebody else's answer in it signs nobody in.
    """

    def __init__(self, doors: Doors, providers: Mapping[str, Provider]) -> None:
        self.doors = doors
        self.providers = providers

    def routes(self) -> list[BaseRoute]:
        """The routes under /signin/oidc."""
        return [
            Route(f"{TO}/{{key}}", self.leave, methods=["GET"]),
            Route(f"{TO}/{{key}}/back", self.back, methods=["GET"]),
        ]

    @property
    def errands(self) -> PendingLogins:
        """The errands of the store in use."""
        return PendingLogins(storage.default_root())

    async def leave(self, request: Request) -> Response:
        """Send the reader to the provider; say calmly when it is away."""
        tongue, asked = language(request), local(request.query_params.get("next", "/"))
        if (provider := self._provider(request)) is None:
            return login_errors.unknown(tongue)
        try:
            way = await openid.depart(
                provider, returning(request, provider), login_pages.TAGS[tongue]
            )
        except openid.AwayError as error:
            told(provider, error)
            return login_errors.away(tongue, provider, asked)
        browser = request.cookies.get(cookie(request)) or secrets.token_urlsafe(32)
        await asyncio.to_thread(
            self.errands.keep,
            way.state,
            JOURNEY,
            provider=provider.key,
            browser=browser,
            nonce=way.nonce,
            verifier=way.verifier,
            language=tongue,
            asked=asked,
        )
        answer = RedirectResponse(way.address, 303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            cookie(request), browser, path="/", httponly=True, samesite="lax",
            secure=not at_home(request), max_age=int(JOURNEY.total_seconds()),
        )  # fmt: skip
        return answer

    async def back(self, request: Request) -> Response:
        """Open a session for whom the provider has shown to come from the journey that began here."""
        tongue, provider = language(request), self._provider(request)
        if provider is None:
            return login_errors.unknown(tongue)
        said = request.query_params
        held = await asyncio.to_thread(self.errands.take, said.get("state", ""))
        if held is None or not began_here(held, provider, request):
            return login_errors.stale(tongue)
        tongue, asked = "en" if held["language"] == "en" else "zh", held["asked"]
        if said.get("error") or not said.get("code"):
            return login_errors.declined(tongue, provider, asked)
        try:
            who = await openid.arrive(
                provider, returning(request, provider), said["code"], said.get("iss"), held
            )
        except (openid.AwayError, openid.UnprovenError) as error:
            told(provider, error)
            gone = isinstance(error, openid.AwayError)
            return (login_errors.away if gone else login_errors.unproven)(tongue, provider, asked)
        if not (offered := provider.assignments(who.groups)):
            return login_errors.stranger(tongue, provider, asked)
        token = await asyncio.to_thread(self._opened, request, provider, who, offered)
        answer = RedirectResponse(asked, 303, headers={"Cache-Control": "no-store"})
        return carrying(answer, token, at_home(request))

    def _opened(
        self,
        request: Request,
        provider: Provider,
        who: openid.Arrival,
        offered: Sequence[Assignment],
    ) -> str:
        """The token of a new session; the one this browser had ends."""
        sessions = self.doors.sessions
        if before := self.doors.entered(request.headers, at_home(request), touch=False):
            sessions.revoke(before.hash)
        first, *others = offered
        token = sessions.open_for(
            who.name, first.role, first.department, first.places, provider.key, others
        )
        if opened := sessions.of_token(token, touch=False):
            self.errands.keep(leaving(opened), LONGEST, token=who.token)
        AuditLog(storage.default_root()).record(
            who.name, first.role, acts.SignIn(provider.key, who.subject)
        )
        return token

    async def farewell(self, request: Request, session: Session) -> Response | None:
        """Lead somebody who has signed out here out of the provider too, where it offers that.

        By a page of its own: the browser lets no form of ours end up at another host.
        """
        provider = self.providers.get(session.via)
        held = await asyncio.to_thread(self.errands.take, leaving(session))
        if provider is None or held is None:
            return None
        try:
            to = await openid.farewell(provider, f"{origin(request)}{OPEN}", held["token"])
        except openid.AwayError as error:
            told(provider, error)
            return None
        return login_errors.onward(language(request), provider, to) if to else None

    def _provider(self, request: Request) -> Provider | None:
        return self.providers.get(request.path_params["key"])


def began_here(held: Mapping[str, str], provider: Provider, request: Request) -> bool:
    """Whether the journey is this browser's, to this provider."""
    browser = request.cookies.get(cookie(request), "")
    return held["provider"] == provider.key and secrets.compare_digest(
        held["browser"].encode(), browser.encode()
    )


def cookie(request: Request) -> str:
    """The name of the cookie that binds a journey to its browser."""
    return "journey" if at_home(request) else "__Host-journey"


def leaving(session: Session) -> str:
    """The key under which the way out of a session is kept."""
    return f"leaving {session.hash}"


def origin(request: Request) -> str:
    """The board's own address as the browser knows it: over TLS wherever it isn't this machine."""
    scheme = request.url.scheme if at_home(request) else "https"
    return f"{scheme}://{request.headers['host']}"


def returning(request: Request, provider: Provider) -> str:
    """The address that the provider sends the reader back to."""
    return f"{origin(request)}{TO}/{provider.key}/back"


def told(provider: Provider, error: Exception) -> None:
    """Leave a line in the log: what kind of thing went wrong, never what somebody's token said."""
    log.warning("provider %s: %s %s", provider.key, type(error).__name__, error)
