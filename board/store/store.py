"""A store opened for reading: the snapshot that its file CURRENT names."""

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
    """The store at `root`; by default at the path in BOARD_STORE, else at data/store."""
    return Store(Path(root) if root is not None else storage.default_root(), queries)


class Store:
    """A store to read from; threads may share it."""

    def __init__(self, root: Path, queries: Path = QUERIES) -> None:
        self.root = root
        self.queries = queries
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The current snapshot, opened once; NoSnapshotError before the first one is published."""
        for _ in range(100):
            current = storage.read_json(self.root / CURRENT)
            if current is None:
                raise NoSnapshotError
            opened = self._snapshot
            if opened is not None and opened.name == current["snapshot"]:
                return opened
            with self._lock:
                if self._snapshot is not opened:
                    continue  # Another thread has opened one meanwhile.
                try:
                    self._snapshot = Snapshot(self.root, current["snapshot"], self.queries)
                except (duckdb.IOException, FileNotFoundError):
                    # The file was removed after CURRENT was read: CURRENT names a newer one.
                    continue
                return self._snapshot
        raise NoSnapshotError
