"""The paths of a store, and facts about the machine it is on."""

from __future__ import annotations

import getpass
import json
import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

HOURS_EAST = 8  # The settlement's time zone.
# Environment variable: the day that counts as today, so that tests and pictures stay the same.
TODAY = "BOARD_TODAY"
DEFAULT = Path(__file__).resolve().parents[2] / "data" / "store"
BATCHES, SNAPSHOTS, STAGING = "batches", "snapshots", "staging"
JOURNAL, CURRENT, KEY, LOCK = "register.sqlite", "CURRENT", "key", "lock"
DISHONEST = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "fuse.sshfs"})


def default_root() -> Path:
    """The store named by BOARD_STORE, or the project's folder data/store."""
    return Path(os.environ.get("BOARD_STORE") or DEFAULT)


def now() -> str:
    """The present time in UTC, without zone, to the second: 2024-03-31T16:00:00."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def today() -> date:
    """Today at the settlement (UTC+8); a day in BOARD_TODAY takes its place.

    A page's text about today must not be cached.
    """
    with suppress(KeyError, ValueError):
        return date.fromisoformat(os.environ[TODAY])
    return (datetime.now(UTC) + timedelta(hours=HOURS_EAST)).date()


def account() -> str:
    """The name of the account that runs the program; `uid <n>` where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def dishonest_filesystem(root: Path) -> str | None:
    """The type of the store's file system where its flock and fsync are unreliable, else null."""
    best, kind = "", ""
    try:
        for line in Path("/proc/mounts").read_text().splitlines():
            _, mount, fstype, *_ = line.split()
            inside = str(root.resolve()).startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= len(best):
                best, kind = mount, fstype
    except OSError:
        return None
    return kind if kind in DISHONEST else None


def read_json(path: Path) -> Any:
    """The content of a JSON file; null where there is no such file."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
