"""Open the current snapshot read-only, run named queries on it and cache their answers."""

from board.store.connection import HARDENED, QUERIES, connect, statement
from board.store.only import Only
from board.store.queries import Queries, derived
from board.store.snapshot import Snapshot
from board.store.store import NoSnapshotError, Store, open_store
from board.store.withheld import WithheldError

__all__ = [
    "HARDENED", "QUERIES", "NoSnapshotError", "Only", "Queries", "Snapshot", "Store",
    "WithheldError", "connect", "derived", "open_store", "statement",
]  # fmt: skip
