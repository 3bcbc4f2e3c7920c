"""Move a whole store, built or unpacked in a working folder, into a new, empty store.

Nothing of the new store is lost: its audit entries are appended to those of the moved store, its
key and register are set aside. The file `placing` lists the batches on the move, so that the next
writer can finish after an interruption.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from board import storage
from board.journal.audit_log import AuditLog
from board.journal.chain import ROWS
from board.journal.known_heads import note_head
from board.journal.reading import LOG, has_table, rows_of
from board.journal.soundness import PLACING
from board.storage import BATCHES, CURRENT, JOURNAL, KEY, REPLACED, SNAPSHOTS, passed, set_aside


def put_in_place(work: Path, root: Path, files: Sequence[str] = ()) -> None:
    """Move the store in `work` (inside `root`) to `root`; the caller must be the only writer.

    `files` are the names of further files to move. The register is moved after the batches:
    with it the store is complete.
    """
    AuditLog(work).append_entries(AuditLog(root).all())
    _checkpoint(work)
    storage.sync_tree(work)
    folders = sorted((work / BATCHES).iterdir()) if (work / BATCHES).is_dir() else []
    plan = {"batches": [folder.name for folder in folders]}
    storage.write_whole(root / PLACING, json.dumps(plan).encode())
    passed("placing begun")
    _place_files(work, root, files)
    for folder in folders:
        folder.rename(root / BATCHES / folder.name)
    storage.sync_folder(root / BATCHES)
    passed("batches restored")
    _place_register(work, root)
    passed("journal restored")
    _place_snapshots(work, root)
    finish(root)


def finish(root: Path) -> None:
    """Write the heads of the moved register, then delete the file `placing`."""
    rows = rows_of(root, "journal", ROWS)
    entries = AuditLog(root).all()
    if rows:
        note_head(root, "journal", rows[-1][0], rows[-1][6], back=True)
    if entries:
        note_head(root, "looks", entries[-1].seq, entries[-1].hash, flush=True, back=True)
    (root / PLACING).unlink(missing_ok=True)
    storage.sync_folder(root)


def _place_files(work: Path, root: Path, files: Sequence[str]) -> None:
    """Copy the key and further files; a different key already there is set aside."""
    key = (work / KEY).read_bytes()
    if (root / KEY).exists() and (root / KEY).read_bytes() != key:
        set_aside(root, root / KEY, f"{REPLACED}{KEY}")
    storage.write_whole(root / KEY, key)
    for name in files:
        if (work / name).is_file():
            storage.write_whole(root / name, (work / name).read_bytes())


def _place_register(work: Path, root: Path) -> None:
    """Replace the new store's register, which is kept under another name."""
    if (root / JOURNAL).exists():
        _checkpoint(root)
        copy = storage.place_aside(root, f"{REPLACED}{JOURNAL}")
        os.link(root / JOURNAL, copy)
        storage.sync_folder(copy.parent)
        for name in (LOG, f"{JOURNAL}-shm"):
            if (root / name).exists():
                set_aside(root, root / name, f"{REPLACED}{name}")
    (work / JOURNAL).rename(root / JOURNAL)
    storage.sync_folder(root)


def _place_snapshots(work: Path, root: Path) -> None:
    """Move the snapshot of the same rows, if any, so that it need not be built again."""
    if not (work / CURRENT).is_file():
        return
    for file in sorted((work / SNAPSHOTS).iterdir()):
        file.rename(root / SNAPSHOTS / file.name)
    storage.sync_folder(root / SNAPSHOTS)
    (work / CURRENT).rename(root / CURRENT)
    storage.sync_folder(root)


def _checkpoint(root: Path) -> None:
    """Have SQLite write its write-ahead log into the register, so that one file holds all."""
    with closing(sqlite3.connect(root / JOURNAL, timeout=60)) as connection:
        if has_table(connection, "journal"):
            connection.execute("pragma wal_checkpoint(truncate)")
