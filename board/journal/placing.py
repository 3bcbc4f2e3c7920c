"""Put a whole store, made or unpacked in a folder beside it, into the place of a new one.

What the new store holds stays: its looks follow those of the other, its key and its register lie
aside. A file `placing` says what is under way, so that the next writer ends what was broken off.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from board import storage
from board.journal.audit_log import AuditLog
from board.journal.chain import rows_of
from board.journal.known_heads import note_head
from board.journal.reading import LOG, has_table, reading
from board.journal.soundness import PLACING
from board.storage import BATCHES, CURRENT, JOURNAL, KEY, REPLACED, SNAPSHOTS, passed, set_aside


def put_in_place(work: Path, root: Path, files: Sequence[str] = ()) -> None:
    """Move the store in `work` (inside `root`) into place; call it as the only writer of a new store.

    `files` are further files of it by name. The register is renamed last and makes it real.
    """
    AuditLog(work).take_in(AuditLog(root).all())
    _fold(work)
    storage.sync_tree(work)
    folders = sorted((work / BATCHES).iterdir()) if (work / BATCHES).is_dir() else []
    said = {"batches": [folder.name for folder in folders]}
    storage.write_whole(root / PLACING, json.dumps(said).encode())
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
    """Note the heads of the register that was put in place; then nothing is under way any more."""
    with reading(root) as connection:
        rows = rows_of(connection)
    looks = AuditLog(root).all()
    if rows:
        note_head(root, "journal", rows[-1][0], rows[-1][6], back=True)
    if looks:
        note_head(root, "looks", looks[-1].seq, looks[-1].hash, flush=True, back=True)
    (root / PLACING).unlink(missing_ok=True)
    storage.sync_folder(root)


def _place_files(work: Path, root: Path, files: Sequence[str]) -> None:
    """The key and further files; a key that is not the same is set aside."""
    key = (work / KEY).read_bytes()
    if (root / KEY).exists() and (root / KEY).read_bytes() != key:
        set_aside(root, root / KEY, f"{REPLACED}{KEY}")
    storage.write_whole(root / KEY, key)
    for name in files:
        if (work / name).is_file():
            storage.write_whole(root / name, (work / name).read_bytes())


def _place_register(work: Path, root: Path) -> None:
    """Let the register take the place of the new store's, which stays under another name."""
    if (root / JOURNAL).exists():
        _fold(root)
        kept = storage.place_aside(root, f"{REPLACED}{JOURNAL}")
        os.link(root / JOURNAL, kept)
        storage.sync_folder(kept.parent)
        for name in (LOG, f"{JOURNAL}-shm"):
            if (root / name).exists():
                set_aside(root, root / name, f"{REPLACED}{name}")
    (work / JOURNAL).rename(root / JOURNAL)
    storage.sync_folder(root)


def _place_snapshots(work: Path, root: Path) -> None:
    """The snapshot made from the same rows, where there is one: it need not be built again."""
    if not (work / CURRENT).is_file():
        return
    for file in sorted((work / SNAPSHOTS).iterdir()):
        file.rename(root / SNAPSHOTS / file.name)
    storage.sync_folder(root / SNAPSHOTS)
    (work / CURRENT).rename(root / CURRENT)
    storage.sync_folder(root)


def _fold(root: Path) -> None:
    """Have SQLite write its log into the register itself, so that the file alone is whole."""
    connection = sqlite3.connect(root / JOURNAL, timeout=60)
    try:
        if has_table(connection, "journal"):
            connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()
