"""Where things lie in a store, and what is known about the place itself."""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "store"
BATCHES, SNAPSHOTS, STAGING = "batches", "snapshots", "staging"
JOURNAL, CURRENT, KEY, LOCK = "register.sqlite", "CURRENT", "key", "lock"
DISHONEST = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "fuse.sshfs"})


def default_root() -> Path:
    """The store that BOARD_STORE names, or data/store beside the program."""
    return Path(os.environ.get("BOARD_STORE") or DEFAULT)


def now() -> str:
    """The present, naive UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def account() -> str:
    """Who runs the program, as the machine knows them; a number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def dishonest_filesystem(root: Path) -> str | None:
    """The file system's type where flock and fsync can't be trusted, else null."""
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
    """The JSON of a file; null when there is no such file."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
