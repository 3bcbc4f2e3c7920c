"""What the board asks of an OpenID provider, and what it believes of the answer: all by Authlib."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError

from board.serve.local import is_loopback
from board.serve.providers import Provider, unread

PATIENCE = 8.0  # seconds for each answer
LEEWAY = 60  # seconds by which the clocks may differ
# What only the provider can have signed: never "none", never a secret that both sides know.
SIGNED = frozenset({
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519",
})  # fmt: skip

ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MORE = ("userinfo_endpoint", "end_session_endpoint")


class AwayError(Exception):
    """The provider doesn't answer, or not as one."""


class UnprovenError(Exception):
    """The provider's answer doesn't prove who came."""


@dataclass(frozen=True)
class Departure:
    """Where to send the reader, and what must come back or be shown to the provider later."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Arrival:
    """Who came back: the provider's subject, a name to show, the groups, the ID token itself."""

    subject: str
    name: str
    groups: list[str]
    token: str


async def depart(provider: Provider, back: str, language: str) -> Departure:
    """The way to the provider, with PKCE, state and nonce of its own."""
    client = await _asked(provider)
    async with _answering():
        made = await client.create_authorization_url(back, ui_locales=language)
    return Departure(made["url"], made["state"], made["nonce"], made["code_verifier"])


async def arrive(
    provider: Provider, back: str, code: str, issuer: str | None, held: Mapping[str, str]
) -> Arrival:
    """Who came back with a code: proven by an ID token for us, for this journey, still good.

    `issuer` is who the answer says it comes from: another provider's must not be taken.
    """
    client = await _asked(provider)
    known = client.server_metadata
    named = known.get("authorization_response_iss_parameter_supported") or issuer is not None
    if named and issuer != known["issuer"]:
        raise UnprovenError("iss")
    async with _answering():
        token = await client.fetch_access_token(
            back, code=code, code_verifier=held["verifier"], grant_type="authorization_code"
        )
        claims = await client.parse_id_token(
            token, held["nonce"], claims_options=_wanted(provider, known), leeway=LEEWAY
        )
        if not claims:
            raise UnprovenError("id_token")
        if _claim(claims, provider.group_claim) is None and known.get("userinfo_endpoint"):
            more = await client.userinfo(token=token)
            if more.get("sub") != claims["sub"]:
                raise UnprovenError("sub")
            claims = {**more, **claims}
    groups = _claim(claims, provider.group_claim)
    listed = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    named_groups = [one for one in listed if isinstance(one, str)]
    return Arrival(str(claims["sub"]), _name(provider, claims), named_groups, token["id_token"])


async def farewell(provider: Provider, to: str, token: str) -> str | None:
    """Where the reader signs out of the provider too; none where it offers no such place."""
    client = await _asked(provider)
    if not client.server_metadata.get("end_session_endpoint"):
        return None
    made = await client.create_logout_url(to, id_token_hint=token, client_id=provider.client_id)
    return str(made["url"])


async def _asked(provider: Provider) -> StarletteOAuth2App:
    """A client that has just asked the provider what it offers, so that nothing is out of date."""
    async with _answering(away=True):
        client = _client(provider)
        known = await client.load_server_metadata()
        _check(provider, known)
        _narrow(known)
    return client


def _client(provider: Provider) -> StarletteOAuth2App:
    return OAuth().register(
        provider.key,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": provider.scope,
            "code_challenge_method": "S256",
            "timeout": PATIENCE,
            "verify": ssl.create_default_context(cafile=provider.ca) if provider.ca else True,
            # A proxy on the way to this very machine would never make sense.
            "trust_env": not is_loopback(urlsplit(provider.issuer).hostname or ""),
        },
    )


def _check(provider: Provider, known: Mapping[str, Any]) -> None:
    """Whether the answer is the provider's own, and every address in it as safe as the provider's."""
    if str(known["issuer"]).rstrip("/") != provider.issuer.rstrip("/"):
        raise ValueError("issuer")
    for name in (*ADDRESSES, *(name for name in MORE if name in known)):
        if not unread(str(known.get(name))):
            raise ValueError(name)


def _narrow(known: dict[str, Any]) -> None:
    """Take of what the provider offers only what proves something, and a way to ask that it knows."""
    offered = known.get("id_token_signing_alg_values_supported") or []
    known["id_token_signing_alg_values_supported"] = [one for one in offered if one in SIGNED] or [
        "RS256"
    ]
    ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in ways:
        known["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105


def _wanted(provider: Provider, known: Mapping[str, Any]) -> dict[str, Any]:
    """What an ID token must say; nonce, expiry and signature are looked at besides."""
    return {
        "iss": {"essential": True, "value": known["issuer"]},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
    }


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or along a path: realm_access.roles."""
    if name in claims:
        return claims[name]
    first, _, rest = name.partition(".")
    inner = claims.get(first)
    return _claim(inner, rest) if rest and isinstance(inner, Mapping) else None


def _name(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The name to show and to write down; with the login beside it, since two may be called alike."""
    login = str(claims.get("preferred_username") or "")
    name = str(_claim(claims, provider.name_claim) or login or claims["sub"])
    name = f"{name}（{login}）" if login and login != name else name
    return "".join(sign for sign in name if sign.isprintable())[:80]


@asynccontextmanager
async def _answering(away: bool = False) -> AsyncIterator[None]:
    """Tell a provider that is away from one whose answer proves nothing, whatever it stumbled over.

    Its error's text is not handed on: it may hold what a token said.
    """
    try:
        yield
    except UnprovenError:
        raise
    except (httpx2.TransportError, httpx2.InvalidURL, OSError) as error:
        raise AwayError(type(error).__name__) from None
    except httpx2.HTTPStatusError as error:
        kind = AwayError if away or error.response.is_server_error else UnprovenError
        raise kind(str(error.response.status_code)) from None
    except (
        OAuthError,
        JoseError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
    ) as error:
        raise (AwayError if away else UnprovenError)(type(error).__name__) from None
