"""The board as it was known at an earlier time: built beside the snapshot in use, read by name."""

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
KEPT = 6

_building = threading.Lock()


def as_known(root: Path, at: str, queries: Path = QUERIES) -> Snapshot:
    """The snapshot of what was recorded by `at`; CURRENT and its readers are left alone.

    Built once and kept among the newest few. It holds no personal column, and no
    persons file is kept beside it.
    """
    basis = Basis.of(Journal(root).events(), at, queries)
    name = f"{basis.count}-{_mark(basis)}"
    path = root / PAST / SNAPSHOTS / f"{name}.duckdb"
    with _building:
        if path.exists():
            os.utime(path)
        else:
            _place(root, basis, path, queries)
    return Snapshot(root / PAST, name, queries)


def _mark(basis: Basis) -> str:
    """Eight digits of what the snapshot is a function of; the time asked for adds nothing."""
    facts = {key: value for key, value in basis.facts.items() if key != "asked_at"}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:8]


def _place(root: Path, basis: Basis, path: Path, queries: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with storage.staging(root) as work:
        build(root, basis, work, queries)
        (work / "snapshot.duckdb").rename(path)
    old = sorted(path.parent.glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)[:-KEPT]
    for one in old:
        with suppress(FileNotFoundError):
            one.unlink()
