"""Known vulnerabilities of the pinned packages, by a stored copy of the OSV advisories.

pip-audit asks a service on the network and has no way to read a copy (its issue 698), so this
reads what it would ask for: OSV's list of PyPI, a zip of JSON files, or a folder of such files.
`python -m tests.support.audit` compares, `--fetch` brings the newest copy where there is a network.

Exit codes: 0 none is known; 1 some are; 3 there is no copy, or it can't be read; 4 none is known,
but the copy is older than 30 days.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
COPY = PROJECT / ".advisories" / "PyPI.zip"
SOURCE = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"
OLD = timedelta(days=30)
NONE_KNOWN, KNOWN, NO_COPY, OLD_COPY = 0, 1, 3, 4
Advisory = dict[str, Any]


class NoCopyError(Exception):
    """There is no copy of the advisories that can be read; the text says why."""


@dataclass(frozen=True)
class Copy:
    """The advisories of a copy, and the day of the newest of them."""

    advisories: tuple[Advisory, ...]
    newest: datetime


def copy_of(path: Path) -> Copy:
    """The advisories in a zip or a folder of JSON files; NoCopyError where there are none."""
    try:
        found = tuple(json.loads(text) for text in _texts(path))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise NoCopyError(f"{path} can't be read ({type(error).__name__})") from None
    of_python = tuple(one for one in found if list(_affected(one)))
    if not of_python:
        raise NoCopyError(f"{path} holds no advisory about a Python package")
    newest = max(str(one.get("modified", "")) for one in of_python)
    try:
        return Copy(of_python, datetime.fromisoformat(newest[:19]).replace(tzinfo=UTC))
    except ValueError:
        raise NoCopyError(f"{path} doesn't say when its advisories were written") from None


def _texts(path: Path) -> Iterator[bytes]:
    if not path.exists():
        raise NoCopyError(f"there is no {path}")
    if path.is_dir():
        yield from (file.read_bytes() for file in sorted(path.rglob("*.json")))
        return
    with zipfile.ZipFile(path) as packed:
        yield from (packed.read(name) for name in packed.namelist() if name.endswith(".json"))


def _affected(advisory: Advisory, name: str | None = None) -> Iterator[dict[str, Any]]:
    """What an advisory says of PyPI's packages, or of one of them."""
    for one in advisory.get("affected", ()):
        package = one.get("package", {})
        ours = package.get("ecosystem") == "PyPI"
        if ours and name in (None, canonicalize_name(package.get("name", ""))):
            yield one


def pins(files: Iterable[Path]) -> dict[str, Version]:
    """Package → the version that the files pin, for every system."""
    pinned: dict[str, Version] = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            text = line.split(" #")[0].split("#")[0].strip()
            if text:
                asked = Requirement(text)
                exact = [one.version for one in asked.specifier if one.operator == "=="]
                pinned[canonicalize_name(asked.name)] = Version(exact[0])
    return pinned


def known(pinned: dict[str, Version], advisories: Iterable[Advisory]) -> list[tuple[str, Advisory]]:
    """The packages that an advisory which still holds says are affected, by name."""
    found = [
        (name, advisory)
        for advisory in advisories
        if not advisory.get("withdrawn")
        for name in sorted(_names(advisory) & pinned.keys())
        if any(_is_hit(pinned[name], one) for one in _affected(advisory, name))
    ]
    return sorted(found, key=lambda pair: (pair[0], str(pair[1].get("id"))))


def _names(advisory: Advisory) -> set[str]:
    return {canonicalize_name(one["package"].get("name", "")) for one in _affected(advisory)}


def _is_hit(version: Version, affected: dict[str, Any]) -> bool:
    """Whether a version is listed, or lies in a range; the algorithm of OSV's schema."""
    listed = (_version(text) for text in affected.get("versions", ()))
    return version in listed or any(
        _within(version, one.get("events", ()))
        for one in affected.get("ranges", ())
        if one.get("type") == "ECOSYSTEM"
    )


def _within(version: Version, events: Iterable[dict[str, str]]) -> bool:
    """Whether the last event up to a version has introduced the fault rather than mended it."""
    inside = False
    for event in sorted(events, key=_place):
        kind, place = next(iter(event)), _place(event)
        if kind == "introduced" and place <= version:
            inside = True
        # One that is the last affected is mended after it, one that is fixed with it.
        elif place < version or (place == version and kind in ("fixed", "limit")):
            inside = False
    return inside


FIRST = Version("0.dev0")


def _place(event: dict[str, str]) -> Version:
    """The version of an event; one that can't be read counts from the beginning on."""
    return _version(next(iter(event.values()))) or FIRST


def _version(text: str) -> Version | None:
    try:
        return FIRST if text == "0" else Version(text)
    except InvalidVersion:
        return None


def fetch(to: Path) -> None:
    """Bring the newest copy; OSError where there is no network."""
    to.parent.mkdir(parents=True, exist_ok=True)
    partial = to.with_suffix(".part")
    with urllib.request.urlopen(SOURCE, timeout=60) as answer:
        partial.write_bytes(answer.read())
    copy_of(partial)
    partial.replace(to)


def report(pinned: dict[str, Version], path: Path, today: datetime) -> int:
    """Say what is known of the pinned packages; returns the exit code."""
    try:
        copy = copy_of(path)
    except NoCopyError as error:
        print(
            f"Nothing was audited: {error}. Bring a copy with `make advisories` (CONTRIBUTING.md)."
        )
        return NO_COPY
    hits = known(pinned, copy.advisories)
    for name, advisory in hits:
        also = ", ".join(advisory.get("aliases", ()))
        summary = advisory.get("summary") or ""
        print(f"{name} {pinned[name]}: {advisory['id']} {f'({also}) ' if also else ''}{summary}")
    print(f"{len(pinned)} packages, {len(copy.advisories)} advisories up to {copy.newest:%Y-%m-%d}: "
          f"{len(hits)} known.")  # fmt: skip
    is_old = today - copy.newest > OLD
    if is_old:
        print(f"The copy is {(today - copy.newest).days} days old: bring a newer one.")
    return KNOWN if hits else OLD_COPY if is_old else NONE_KNOWN


def main(arguments: list[str] | None = None) -> int:
    """Audit the locks, or fetch the copy; returns the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fetch", action="store_true", help="bring the newest copy first")
    asked.add_argument("--copy", type=Path, default=Path(os.environ.get("ADVISORIES") or COPY))
    asked.add_argument("locks", nargs="*", type=Path, default=[PROJECT / name for name in LOCKS])
    given = asked.parse_args(arguments)
    if given.fetch:
        try:
            fetch(given.copy)
        except (OSError, NoCopyError) as error:
            print(f"No copy was brought: {error}")
            return NO_COPY
    return report(pins(given.locks), given.copy, datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(main())
