"""The store as readers see it: the snapshot that CURRENT names, opened once."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb

from board import storage
from board.storage import CURRENT
from board.store.connection import QUERIES
from board.store.snapshot import Snapshot


class NoSnapshotError(Exception):
    """Nothing has been published in this store yet."""


def open_store(root: Path | str | None = None, queries: Path = QUERIES) -> Store:
    """The store at `root`, by default the one BOARD_STORE names or data/store."""
    return Store(Path(root) if root is not None else storage.default_root(), queries)


class Store:
    """A store to read from; safe to share between threads."""

    def __init__(self, root: Path, queries: Path = QUERIES) -> None:
        self.root = root
        self.queries = queries
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The snapshot in use now; raises NoSnapshotError before the first publishing."""
        for _ in range(100):
            current = storage.read_json(self.root / CURRENT)
            if current is None:
                raise NoSnapshotError
            held = self._snapshot
            if held is not None and held.name == current["snapshot"]:
                return held
            with self._lock:
                try:
                    self._snapshot = Snapshot(self.root, current["snapshot"], self.queries)
                except duckdb.IOException:
                    # Pruned between reading CURRENT and opening: CURRENT has moved on.
                    continue
                return self._snapshot
        raise NoSnapshotError
