"""The OpenID protocol, through Authlib: requests to a provider, and checks of its answers."""

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
from board.serve.providers import Provider, is_confidential

TIMEOUT = 8.0  # seconds for each answer
LEEWAY = 60  # seconds by which the clocks may differ
# Signatures that only the provider can make: neither "none" nor one with a shared secret.
ALGORITHMS = frozenset({
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "Ed25519",
})  # fmt: skip

ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL_ADDRESSES = ("userinfo_endpoint", "end_session_endpoint")


class AwayError(Exception):
    """The provider can't be reached, or does not answer as an OpenID provider."""


class UnprovenError(Exception):
    """The provider's answer doesn't prove the reader's identity."""


@dataclass(frozen=True)
class AuthorizationRequest:
    """Where to redirect the reader, and the values that the answer must match."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who signed in: the provider's subject, a name to show, the groups, and the ID token."""

    subject: str
    name: str
    groups: list[str]
    token: str


async def authorization_request(
    provider: Provider, back: str, language: str
) -> AuthorizationRequest:
    """A new authorization request, with its own PKCE verifier, state and nonce.

    `back` is the address to which the provider redirects. Raises AwayError, UnprovenError.
    """
    client = await _fresh_client(provider)
    async with _errors_translated():
        request = await client.create_authorization_url(back, ui_locales=language)
    return AuthorizationRequest(
        request["url"], request["state"], request["nonce"], request["code_verifier"]
    )


async def identify(
    provider: Provider, back: str, code: str, issuer: str | None, pending: Mapping[str, str]
) -> Identity:
    """Who signed in, proven by a valid ID token for this client and this login.

    `issuer` is the issuer that the answer names: another provider's answer is refused.
    `pending` holds the `verifier` and `nonce` of the request. Raises AwayError, UnprovenError.
    """
    client = await _fresh_client(provider)
    metadata = client.server_metadata
    names_issuer = (
        metadata.get("authorization_response_iss_parameter_supported") or issuer is not None
    )
    if names_issuer and issuer != metadata["issuer"]:
        raise UnprovenError("iss")
    async with _errors_translated():
        token = await client.fetch_access_token(
            back, code=code, code_verifier=pending["verifier"], grant_type="authorization_code"
        )
        claims = await client.parse_id_token(
            token, pending["nonce"], claims_options=_claim_rules(provider, metadata), leeway=LEEWAY
        )
        if not claims:
            raise UnprovenError("id_token")
        if _claim(claims, provider.group_claim) is None and metadata.get("userinfo_endpoint"):
            userinfo = await client.userinfo(token=token)
            if userinfo.get("sub") != claims["sub"]:
                raise UnprovenError("sub")
            claims = {**userinfo, **claims}
    groups = _claim(claims, provider.group_claim)
    listed = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    group_names = [group for group in listed if isinstance(group, str)]
    return Identity(str(claims["sub"]), _name(provider, claims), group_names, token["id_token"])


async def sign_out_address(provider: Provider, back: str, token: str) -> str | None:
    """The address that signs the reader out of the provider; None if it offers none."""
    client = await _fresh_client(provider)
    if not client.server_metadata.get("end_session_endpoint"):
        return None
    request = await client.create_logout_url(
        back, id_token_hint=token, client_id=provider.client_id
    )
    return str(request["url"])


async def _fresh_client(provider: Provider) -> StarletteOAuth2App:
    """A client with the provider's metadata, which is fetched anew at each use."""
    async with _errors_translated(away=True):
        client = _client(provider)
        metadata = await client.load_server_metadata()
        _check(provider, metadata)
        _narrow(metadata)
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
            "timeout": TIMEOUT,
            "verify": ssl.create_default_context(cafile=provider.ca) if provider.ca else True,
            # Never use a proxy for a provider on this machine.
            "trust_env": not is_loopback(urlsplit(provider.issuer).hostname or ""),
        },
    )


def _check(provider: Provider, metadata: Mapping[str, Any]) -> None:
    """Raise ValueError unless the metadata is the provider's own, its addresses confidential."""
    if str(metadata["issuer"]).rstrip("/") != provider.issuer.rstrip("/"):
        raise ValueError("issuer")
    for name in (*ADDRESSES, *(name for name in OPTIONAL_ADDRESSES if name in metadata)):
        if not is_confidential(str(metadata.get(name))):
            raise ValueError(name)


def _narrow(metadata: dict[str, Any]) -> None:
    """Restrict the metadata to safe signatures, and choose how the client authenticates."""
    offered = metadata.get("id_token_signing_alg_values_supported") or []
    metadata["id_token_signing_alg_values_supported"] = [
        algorithm for algorithm in offered if algorithm in ALGORITHMS
    ] or ["RS256"]
    methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in methods:
        metadata["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105


def _claim_rules(provider: Provider, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What an ID token must contain; Authlib also checks nonce, expiry and signature."""
    return {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
    }


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name or its path (`realm_access.roles`); None if it is missing."""
    if name in claims:
        return claims[name]
    first, _, rest = name.partition(".")
    inner = claims.get(first)
    return _claim(inner, rest) if rest and isinstance(inner, Mapping) else None


def _name(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The name to show and record, with the login name, since two people may share a name."""
    login = str(claims.get("preferred_username") or "")
    name = str(_claim(claims, provider.name_claim) or login or claims["sub"])
    name = f"{name}（{login}）" if login and login != name else name
    return "".join(sign for sign in name if sign.isprintable())[:80]


@asynccontextmanager
async def _errors_translated(away: bool = False) -> AsyncIterator[None]:
    """Turn every error of the libraries into AwayError or UnprovenError; `away` prefers the first.

    The error's own text is dropped: it may contain the content of a token.
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
