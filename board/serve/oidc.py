"""Signing in and out with an OpenID provider: redirect the reader there, check the answer."""

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
from board.serve import login_errors, openid
from board.serve.auth_state import AuthState
from board.serve.document import TAGS
from board.serve.gate import SIGN_IN
from board.serve.login_request import language, local_path, on_loopback, with_session_cookie
from board.serve.providers import Provider

log = logging.getLogger(__name__)
SIGN_IN_TIME = timedelta(minutes=10)
PROVIDERS_PATH = f"{SIGN_IN}/oidc"


class ProviderSignIn:
    """The routes that sign readers in with a provider.

    What the answer must match is kept in the register, for one use within ten minutes. A cookie
    binds it to the browser: a link that contains another reader's answer signs nobody in.
    """

    def __init__(self, auth: AuthState, providers: Mapping[str, Provider]) -> None:
        self.auth = auth
        self.providers = providers

    def routes(self) -> list[BaseRoute]:
        """The routes under /signin/oidc."""
        return [
            Route(f"{PROVIDERS_PATH}/{{key}}", self.start, methods=["GET"]),
            Route(f"{PROVIDERS_PATH}/{{key}}/back", self.finish, methods=["GET"]),
        ]

    @property
    def pending_logins(self) -> PendingLogins:
        """The pending logins of the store in use."""
        return PendingLogins(storage.default_root())

    async def start(self, request: Request) -> Response:
        """Redirect the reader to the provider, or show that it can't be reached."""
        reader_language = language(request)
        next_path = local_path(request.query_params.get("next", "/"))
        if (provider := self._provider(request)) is None:
            return login_errors.unknown_provider(reader_language)
        try:
            authorization = await openid.authorization_request(
                provider, callback_address(request, provider), TAGS[reader_language]
            )
        except openid.AwayError as error:
            log_failure(provider, error)
            return login_errors.unreachable(reader_language, provider, next_path)
        browser = request.cookies.get(cookie(request)) or secrets.token_urlsafe(32)
        await asyncio.to_thread(
            self.pending_logins.keep,
            authorization.state,
            SIGN_IN_TIME,
            provider=provider.key,
            browser=browser,
            nonce=authorization.nonce,
            verifier=authorization.verifier,
            language=reader_language,
            asked=next_path,
        )
        answer = RedirectResponse(authorization.address, 303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            cookie(request), browser, path="/", httponly=True, samesite="lax",
            secure=not on_loopback(request), max_age=int(SIGN_IN_TIME.total_seconds()),
        )  # fmt: skip
        return answer

    async def finish(self, request: Request) -> Response:
        """Check the provider's answer to this browser's login; open a session, or say why not."""
        reader_language, provider = language(request), self._provider(request)
        if provider is None:
            return login_errors.unknown_provider(reader_language)
        answer_query = request.query_params
        pending = await asyncio.to_thread(self.pending_logins.take, answer_query.get("state", ""))
        if pending is None or not belongs_to(pending, provider, request):
            return login_errors.expired(reader_language)
        reader_language, next_path = "en" if pending["language"] == "en" else "zh", pending["asked"]
        if answer_query.get("error") or not answer_query.get("code"):
            return login_errors.declined(reader_language, provider, next_path)
        try:
            identity = await openid.identify(
                provider,
                callback_address(request, provider),
                answer_query["code"],
                answer_query.get("iss"),
                pending,
            )
        except (openid.AwayError, openid.UnprovenError) as error:
            log_failure(provider, error)
            unreachable = isinstance(error, openid.AwayError)
            return (login_errors.unreachable if unreachable else login_errors.unproven)(
                reader_language, provider, next_path
            )
        if not (assignments := provider.assignments(identity.groups)):
            return login_errors.not_allowed(reader_language, provider, next_path)
        token = await asyncio.to_thread(
            self._open_session, request, provider, identity, assignments
        )
        answer = RedirectResponse(next_path, 303, headers={"Cache-Control": "no-store"})
        return with_session_cookie(answer, token, on_loopback(request))

    def _open_session(
        self,
        request: Request,
        provider: Provider,
        identity: openid.Identity,
        assignments: Sequence[Assignment],
    ) -> str:
        """The token of a new session; this browser's earlier session ends."""
        sessions = self.auth.sessions
        if before := self.auth.session_of(request.headers, on_loopback(request), touch=False):
            sessions.revoke(before.hash)
        first, *others = assignments
        token = sessions.open_for(
            identity.name, first.role, first.department, first.places, provider.key, others
        )
        if opened := sessions.of_token(token, touch=False):
            self.pending_logins.keep(sign_out_key(opened), LONGEST, token=identity.token)
        AuditLog(storage.default_root()).record(
            identity.name, first.role, acts.SignIn(provider.key, identity.subject)
        )
        return token

    async def sign_out(self, request: Request, session: Session) -> Response | None:
        """The page that signs a reader out of the provider too; None if the provider can't do that.

        It is a page, not a redirect: the content policy lets no form end at another host.
        """
        provider = self.providers.get(session.via)
        pending = await asyncio.to_thread(self.pending_logins.take, sign_out_key(session))
        if provider is None or pending is None:
            return None
        try:
            address = await openid.sign_out_address(
                provider, f"{origin(request)}{SIGN_IN}", pending["token"]
            )
        except openid.AwayError as error:
            log_failure(provider, error)
            return None
        if not address:
            return None
        return login_errors.continue_at_provider(language(request), provider, address)

    def _provider(self, request: Request) -> Provider | None:
        return self.providers.get(request.path_params["key"])


def belongs_to(pending: Mapping[str, str], provider: Provider, request: Request) -> bool:
    """Whether a pending login was started in this browser, for this provider."""
    browser = request.cookies.get(cookie(request), "")
    return pending["provider"] == provider.key and secrets.compare_digest(
        pending["browser"].encode(), browser.encode()
    )


def cookie(request: Request) -> str:
    """The name of the cookie that binds a pending login to its browser."""
    return "journey" if on_loopback(request) else "__Host-journey"


def sign_out_key(session: Session) -> str:
    """The key under which a session's ID token is kept until the reader signs out."""
    return f"leaving {session.hash}"


def origin(request: Request) -> str:
    """The board's own address in the browser: https, except on this machine."""
    scheme = request.url.scheme if on_loopback(request) else "https"
    return f"{scheme}://{request.headers['host']}"


def callback_address(request: Request, provider: Provider) -> str:
    """The address to which the provider redirects the reader."""
    return f"{origin(request)}{PROVIDERS_PATH}/{provider.key}/back"


def log_failure(provider: Provider, error: Exception) -> None:
    """Log the kind of error, never the content of a token."""
    log.warning("provider %s: %s %s", provider.key, type(error).__name__, error)
