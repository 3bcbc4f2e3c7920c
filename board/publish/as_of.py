"""Build the snapshot of what was known at an earlier time; the one in use does not change."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from contextlib import suppress
from pathlib import Path

from board import storage
from board.journal import Journal
from board.publish.build import Basis, build
from board.storage import SNAPSHOTS
from board.store import QUERIES, Snapshot

PAST = "past"
KEPT = 6  # Snapshots of earlier times; older files are deleted.

_building = threading.Lock()


def as_known(root: Path, at: str, queries: Path = QUERIES) -> Snapshot:
    """The snapshot of what was recorded by `at`, a time in UTC like 2024-03-31T16:00:00.

    It is built once and stays while it is among the newest `KEPT`. It has no personal column
    and no persons file. CURRENT does not change.
    """
    basis = Basis.of(Journal(root).events(), at, queries)
    name = f"{basis.count}-{_digest(basis)}"
    path = root / PAST / SNAPSHOTS / f"{name}.duckdb"
    with _building:
        if path.exists():
            os.utime(path)
        else:
            _place(root, basis, path, queries)
    return Snapshot(root / PAST, name, queries)


def _digest(basis: Basis) -> str:
    """Eight hex digits that identify a basis and what stays hidden, whatever time was asked for."""
    facts = {key: value for key, value in basis.facts.items() if key != "asked_at"}
    facts["keeping"] = [event.hash for event in basis.keeping]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:8]


def _place(root: Path, basis: Basis, path: Path, queries: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with storage.staging(root) as work:
        build(root, basis, work, queries)
        (work / "snapshot.duckdb").rename(path)
    old = sorted(path.parent.glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)[:-KEPT]
    for snapshot in old:
        with suppress(FileNotFoundError):
            snapshot.unlink()
