"""The OpenID providers in secrets.toml, and the roles that their groups have on the board."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from board import plan_names, storage
from board.access import RIGHTS, Role
from board.accounts import LOCAL, Assignment, Sessions
from board.serve.local import is_loopback

KEY = re.compile(r"[a-z][a-z0-9-]{0,30}")
TEXTS = {
    "title": "", "issuer": None, "client_id": None, "client_secret": None,
    "scope": "openid profile", "group_claim": "groups", "name_claim": "name", "ca": "",
}  # fmt: skip
ROLES = " | ".join(f'"{role}"' for role in Role)


class SettingsError(Exception):
    """secrets.toml can't be read, or a setting in it is not valid; the text says where."""


@dataclass(frozen=True)
class Provider:
    """A provider: its address, the board's client there, the claims for name and groups.

    `ca` is a file of root certificates, or empty; `groups` maps a group to what it may see.
    """

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
        """The assignments of all these groups, in the order of secrets.toml, without repetition.

        A session begins with the first.
        """
        assignments = [assignment for group, assignment in self.groups.items() if group in groups]
        return tuple(dict.fromkeys(assignments))


def providers(tables: Mapping[str, Any]) -> dict[str, Provider]:
    """The providers by key; raises SettingsError, which says what a line should look like."""
    return {key: _provider(key, settings) for key, settings in tables.items()}


def end_outdated_sessions(sessions: Sessions, providers: Mapping[str, Provider]) -> None:
    """End the sessions whose provider or assignments are no longer in secrets.toml.

    A session with several assignments ends when any of them is no longer there.
    """
    for session in sessions.all():
        assignments = providers[session.via].groups.values() if session.via in providers else ()
        if session.via != LOCAL and not all(
            assignment in assignments for assignment in session.assignments
        ):
            sessions.revoke(session.hash)


def _provider(key: str, settings: Any) -> Provider:
    where = f"[board.providers.{key}]"
    if not KEY.fullmatch(key) or key == LOCAL or not isinstance(settings, dict):
        raise SettingsError(f"{where}: [a-z][a-z0-9-]*, ≠ {LOCAL}")
    if unknown := set(settings) - set(TEXTS) - {"groups"}:
        raise SettingsError(f"{where} {' '.join(sorted(unknown))}?")
    texts = {name: _text(where, name, settings.get(name, usual)) for name, usual in TEXTS.items()}
    texts["title"] = texts["title"] or key
    if not is_confidential(texts["issuer"]) or set("?#") & set(texts["issuer"]):
        raise SettingsError(f'{where} issuer = "https://…"')
    if "openid" not in texts["scope"].split():
        raise SettingsError(f'{where} scope = "openid …"')
    if texts["ca"] and not Path(texts["ca"]).is_file():
        raise SettingsError(f'{where} ca = "/….pem"')
    groups = settings.get("groups")
    if not isinstance(groups, dict) or not groups:
        raise SettingsError(f'[board.providers.{key}.groups] "…" = {{ role = {ROLES} }}')
    return Provider(
        key=key,
        groups={name: _assignment(key, name, assignment) for name, assignment in groups.items()},
        **texts,
    )


def _text(where: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not (value.strip() or name in {"title", "ca"}):
        raise SettingsError(f'{where} {name} = "…"')
    return value.strip()


def is_confidential(address: str) -> bool:
    """Whether nobody can read what is sent to an address: it is https, or on this machine."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and is_loopback(parts.hostname or "")
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def _assignment(key: str, group: str, settings: Any) -> Assignment:
    where = f'[board.providers.{key}.groups] "{group}"'
    if not isinstance(settings, dict) or settings.get("role") not in [*Role]:
        raise SettingsError(f"{where} = {{ role = {ROLES} }}")
    role, department = Role(settings["role"]), settings.get("department", "")
    places = settings.get("places", [])
    departments = plan_names.departments(storage.default_root())
    if unknown := set(settings) - {"role", "department", "places"}:
        raise SettingsError(f"{where}: {' '.join(sorted(unknown))}?")
    if department not in ["", *departments] or (RIGHTS[role].needs_department and not department):
        raise SettingsError(f'{where} department = "{departments[0]}" | "{departments[1]}" | …')
    if not isinstance(places, list) or not all(
        isinstance(place, str) and place for place in places
    ):
        raise SettingsError(f'{where} places = ["3栋", "5栋/2单元"]')
    return Assignment(role, department, tuple(places))
