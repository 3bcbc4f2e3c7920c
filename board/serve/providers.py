"""The OpenID providers that secrets.toml names, and the role each of their groups has here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from board.access import Role
from board.accounts import LOCAL, Sessions
from board.reference import table
from board.serve.local import is_loopback

KEY = re.compile(r"[a-z][a-z0-9-]{0,30}")
TEXTS = {
    "title": "", "issuer": None, "client_id": None, "client_secret": None,
    "scope": "openid profile", "group_claim": "groups", "name_claim": "name", "ca": "",
}  # fmt: skip
ROLES = " | ".join(f'"{role}"' for role in Role)


class SettingsError(Exception):
    """secrets.toml can't be read or says something else than it may; the text says where."""


@dataclass(frozen=True)
class Grant:
    """What a group may be here."""

    role: Role
    department: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """One provider: where it is, as whom the board asks, which claims say name and groups."""

    key: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str
    group_claim: str
    name_claim: str
    ca: str
    groups: Mapping[str, Grant] = field(hash=False)

    def grant(self, groups: list[str]) -> Grant | None:
        """What somebody of these groups is here: as the first line says that names one of them."""
        return next((grant for group, grant in self.groups.items() if group in groups), None)


def providers(tables: Mapping[str, Any]) -> dict[str, Provider]:
    """The providers by key; SettingsError says what a line should look like."""
    return {key: _provider(key, told) for key, told in tables.items()}


def weed(sessions: Sessions, known: Mapping[str, Provider]) -> None:
    """End the sessions of what secrets.toml says no longer: another provider's, another role's."""
    for one in sessions.all():
        granted = Grant(one.role, one.department, one.places)
        still = one.via in known and granted in known[one.via].groups.values()
        if one.via != LOCAL and not still:
            sessions.revoke(one.hash)


def _provider(key: str, told: Any) -> Provider:
    at = f"[board.providers.{key}]"
    if not KEY.fullmatch(key) or key == LOCAL or not isinstance(told, dict):
        raise SettingsError(f"{at}: [a-z][a-z0-9-]*, ≠ {LOCAL}")
    if unknown := set(told) - set(TEXTS) - {"groups"}:
        raise SettingsError(f"{at} {' '.join(sorted(unknown))}?")
    texts = {name: _text(at, name, told.get(name, usual)) for name, usual in TEXTS.items()}
    texts["title"] = texts["title"] or key
    if not unread(texts["issuer"]) or set("?#") & set(texts["issuer"]):
        raise SettingsError(f'{at} issuer = "https://…"')
    if "openid" not in texts["scope"].split():
        raise SettingsError(f'{at} scope = "openid …"')
    if texts["ca"] and not Path(texts["ca"]).is_file():
        raise SettingsError(f'{at} ca = "/….pem"')
    groups = told.get("groups")
    if not isinstance(groups, dict) or not groups:
        raise SettingsError(f'[board.providers.{key}.groups] "…" = {{ role = {ROLES} }}')
    return Provider(
        key=key, groups={name: _grant(key, name, one) for name, one in groups.items()}, **texts
    )


def _text(at: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not (value.strip() or name in {"title", "ca"}):
        raise SettingsError(f'{at} {name} = "…"')
    return value.strip()


def unread(address: str) -> bool:
    """Whether what is sent to an address can be read by nobody on the way."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and is_loopback(parts.hostname or "")
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def _grant(key: str, group: str, told: Any) -> Grant:
    at = f'[board.providers.{key}.groups] "{group}"'
    if not isinstance(told, dict) or told.get("role") not in [*Role]:
        raise SettingsError(f"{at} = {{ role = {ROLES} }}")
    role, department = Role(told["role"]), told.get("department", "")
    places = told.get("places", [])
    known = [row["department"] for row in table("departments")]
    if unknown := set(told) - {"role", "department", "places"}:
        raise SettingsError(f"{at}: {' '.join(sorted(unknown))}?")
    if department not in ["", *known] or (role is Role.DEPARTMENT and not department):
        raise SettingsError(f'{at} department = "{known[0]}" | "{known[1]}" | …')
    if not isinstance(places, list) or not all(isinstance(one, str) and one for one in places):
        raise SettingsError(f'{at} places = ["3栋", "5栋/2单元"]')
    return Grant(role, department, tuple(places))
