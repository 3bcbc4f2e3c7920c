"""The store's place on disk: its folders, its lock, and writing that survives a power cut.

`prepare` makes the folders and the key, `writing` is the one writer's lock, `staging` a private
folder inside the store, `set_aside` moves something into `aside/` instead of deleting it, `passed`
marks a named step for tests that stop there. `RefusedError` is how the store refuses.
"""

from board.storage.flushing import sha256, sync, sync_folder, sync_tree, write_whole
from board.storage.kept_aside import ASIDE, REPLACED, aside, place_aside, set_aside
from board.storage.lock import Holder, clear_staging, holder, prepare, staging, unchanging, writing
from board.storage.place import (
    BATCHES,
    CURRENT,
    JOURNAL,
    KEY,
    LOCK,
    SNAPSHOTS,
    STAGING,
    account,
    default_root,
    dishonest_filesystem,
    now,
    read_json,
)
from board.storage.refusal import FULL, RefusedError, no_room, refusing_when_full, room
from board.storage.steps import passed

__all__ = [
    "ASIDE", "BATCHES", "CURRENT", "FULL", "JOURNAL", "KEY", "LOCK", "REPLACED", "SNAPSHOTS", "STAGING", "Holder",
    "RefusedError", "account", "aside", "clear_staging", "default_root", "dishonest_filesystem", "holder", "no_room",
    "now", "passed", "place_aside", "prepare", "read_json", "refusing_when_full", "room", "set_aside", "sha256", "staging",
    "sync", "sync_folder", "sync_tree", "unchanging", "write_whole", "writing",
]  # fmt: skip
