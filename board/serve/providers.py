"""The OpenID providers that secrets.toml names, and the roles that their groups have here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from board.access import Role
from board.accounts import LOCAL, Assignment, Sessions
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
    groups: Mapping[str, Assignment] = field(hash=False)

    def assignments(self, groups: list[str]) -> tuple[Assignment, ...]:
        """What somebody of these groups may be here: as every line says that names one of them.

        They stand in the order of the lines; the first is what a session begins with.
        """
        held = [one for group, one in self.groups.items() if group in groups]
        return tuple(dict.fromkeys(held))


def providers(tables: Mapping[str, Any]) -> dict[str, Provider]:
    """The providers by key; SettingsError says what a line should look like."""
    return {key: _provider(key, told) for key, told in tables.items()}


def weed(sessions: Sessions, known: Mapping[str, Provider]) -> None:
    """End the sessions of what secrets.toml says no longer: another provider's, another role's.

    One that may choose among several ends when any of them is no longer given.
    """
    for session in sessions.all():
        given = known[session.via].groups.values() if session.via in known else ()
        if session.via != LOCAL and not all(one in given for one in session.assignments):
            sessions.revoke(session.hash)


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
        key=key, groups={name: _assignment(key, name, one) for name, one in groups.items()}, **texts
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


def _assignment(key: str, group: str, told: Any) -> Assignment:
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
    return Assignment(role, department, tuple(places))
