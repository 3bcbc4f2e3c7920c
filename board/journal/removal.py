"""Remove data older than a retention term in steps that survive an interruption.

The new files are put into the folder `retaining` before the journal row is written. If the row
was written, the next writer replaces the old files with them; if not, it deletes them. The folder
stays until no snapshot holds the removed data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from board import storage
from board.journal.facts import RETAIN, Batch, Event
from board.storage import BATCHES, passed

PENDING, PLAN = "retaining", "plan.json"


def removal_pending(root: Path) -> bool:
    """Whether a removal was begun and a snapshot may still hold the removed data."""
    return (root / PENDING).exists()


def begin_removal(root: Path, work: Path, payload: dict[str, Any]) -> None:
    """Rename the folder `work` with the new files (<batch>/<file>) to `retaining`.

    `payload` is what the journal row of the removal will hold.
    """
    (work / PLAN).write_text(json.dumps(payload, ensure_ascii=False), "utf-8")
    storage.sync_tree(work)
    passed("removal written")
    work.rename(root / PENDING)
    storage.sync_folder(root)
    storage.sync_folder(root / storage.STAGING)
    passed("removal in place")


def finish_removal(root: Path, events: Sequence[Event]) -> None:
    """Put the new files in place if the journal has the removal's row, else delete them.

    The caller must be the only writer.
    """
    if not removal_pending(root):
        return
    plan = storage.read_json(root / PENDING / PLAN)
    # A journal row holds more than the plan: the head of the audit log.
    if not any(e.kind == RETAIN and {**e.payload, **plan} == e.payload for e in events):
        end_removal(root)
        return
    for batch in plan["batches"]:
        folder = root / BATCHES / str(batch["batch"])
        if not folder.is_dir():
            continue
        for name, change in batch["files"].items():
            _apply(root / PENDING / str(batch["batch"]) / name, folder / name, change["new"])
        for inner in [*(path for path in folder.iterdir() if path.is_dir()), folder]:
            storage.sync_folder(inner)
        passed("batch cut")
    passed("removal done")


def _apply(new: Path, old: Path, sha: str | None) -> None:
    """Delete the old file, or replace it with the new one unless that was already done."""
    if sha is None:
        old.unlink(missing_ok=True)
    elif new.exists():
        new.rename(old)


def end_removal(root: Path) -> None:
    """Delete the folder of a removal that is finished or was never committed."""
    shutil.rmtree(root / PENDING, ignore_errors=True)
    storage.sync_folder(root)
    passed("removal ended")


def files_now(root: Path, batch: Batch, stated: dict[str, str]) -> dict[str, str]:
    """File → SHA-256 of the files that a batch's folder holds now.

    `stated` is the same as of the load, from the batch's manifest.
    """
    now = stated | batch.retained | _pending_files(root, batch.number)
    return {name: sha for name, sha in now.items() if sha is not None}


def _pending_files(root: Path, number: int) -> dict[str, str | None]:
    """File → SHA-256 of the files that an interrupted removal must still replace or delete."""
    plan: dict[str, Any] = storage.read_json(root / PENDING / PLAN) or {"batches": []}
    return {
        name: change["old"]
        for batch in plan["batches"]
        if batch["batch"] == number
        for name, change in batch["files"].items()
        if _is_pending(root, number, name, change["new"])
    }


def _is_pending(root: Path, number: int, name: str, new: str | None) -> bool:
    place = root / BATCHES if new is None else root / PENDING
    return (place / str(number) / name).exists()
