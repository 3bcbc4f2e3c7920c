"""Open the snapshot in use read-only, run a named query on it and remember the answer."""

from board.store.connection import HARDENED, QUERIES, connect, statement
from board.store.guard import Guard, WithheldError
from board.store.snapshot import CACHE_BYTES, Seen, Snapshot
from board.store.store import NoSnapshotError, Store, open_store

__all__ = [
    "CACHE_BYTES", "HARDENED", "QUERIES", "Guard", "NoSnapshotError", "Seen", "Snapshot", "Store",
    "WithheldError", "connect", "open_store", "statement",
]  # fmt: skip
