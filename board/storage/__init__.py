"""The store on disk: its folders, its lock, and writing that survives a power cut.

`prepare` makes the folders and the key, `writing` takes the lock of the single writer, `staging`
makes a private folder inside the store, `set_aside` moves a file or folder into `aside/` instead
of deleting it. `passed` names a step of writing, so that tests can stop there. `RefusedError` is
raised where the store refuses to do something.
"""

from board.storage.flushing import new_file, sha256, sync, sync_folder, sync_tree, write_whole
from board.storage.kept_aside import ASIDE, REPLACED, aside, place_aside, set_aside
from board.storage.lock import (
    Holder,
    clear_staging,
    no_writers,
    prepare,
    staging,
    workplace,
    writing,
)
from board.storage.place import (
    BATCHES,
    CURRENT,
    HOURS_EAST,
    JOURNAL,
    KEY,
    SNAPSHOTS,
    STAGING,
    account,
    default_root,
    dishonest_filesystem,
    now,
    read_json,
    today,
)
from board.storage.refusal import FULL, RefusedError, disk_fault, refusing_disk_faults, room
from board.storage.steps import passed

__all__ = [
    "ASIDE",
    "BATCHES",
    "CURRENT",
    "FULL",
    "HOURS_EAST",
    "JOURNAL",
    "KEY",
    "REPLACED",
    "SNAPSHOTS",
    "STAGING",
    "Holder",
    "RefusedError",
    "account",
    "aside",
    "clear_staging",
    "default_root",
    "dishonest_filesystem",
    "disk_fault",
    "new_file",
    "no_writers",
    "now",
    "passed",
    "place_aside",
    "prepare",
    "read_json",
    "refusing_disk_faults",
    "room",
    "set_aside",
    "sha256",
    "staging",
    "sync",
    "sync_folder",
    "sync_tree",
    "today",
    "workplace",
    "write_whole",
    "writing",
]  # fmt: skip
