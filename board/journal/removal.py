"""Removing what is older than a term: a step at a time, finished or undone by the next writer.

The new files lie in the folder `retaining` before the journal row is written. The row decides:
with it they take the old files' places, without it they are thrown away. The folder stays
until no snapshot holds what was removed.
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
    """Whether a removal was begun and is not in the snapshot yet."""
    return (root / PENDING).exists()


def begin_removal(root: Path, work: Path, payload: dict[str, Any]) -> None:
    """Put a staging folder with the new files (<batch>/<file>) where the next writer finds it.

    `payload` is what the journal row will say of the removal.
    """
    (work / PLAN).write_text(json.dumps(payload, ensure_ascii=False), "utf-8")
    storage.sync_tree(work)
    passed("removal written")
    work.rename(root / PENDING)
    storage.sync_folder(root)
    storage.sync_folder(root / storage.STAGING)
    passed("removal in place")


def finish_removal(root: Path, events: Sequence[Event]) -> None:
    """Put the new files in place where a journal row says so, else throw them away.

    Call it as the only writer.
    """
    if not removal_pending(root):
        return
    plan = storage.read_json(root / PENDING / PLAN)
    # A journal row carries more than the plan: the head of the record of looks.
    if not any(e.kind == RETAIN and {**e.payload, **plan} == e.payload for e in events):
        end_removal(root)
        return
    for one in plan["batches"]:
        folder = root / BATCHES / str(one["batch"])
        if not folder.is_dir():
            continue
        for name, change in one["files"].items():
            _apply(root / PENDING / str(one["batch"]) / name, folder / name, change["new"])
        for inner in [*(path for path in folder.iterdir() if path.is_dir()), folder]:
            storage.sync_folder(inner)
        passed("batch cut")
    passed("removal done")


def _apply(new: Path, old: Path, sha: str | None) -> None:
    """Remove a file, or let the new one take its place where that has not happened yet."""
    if sha is None:
        old.unlink(missing_ok=True)
    elif new.exists():
        new.rename(old)


def end_removal(root: Path) -> None:
    """Forget a removal that is done or that never came to be."""
    shutil.rmtree(root / PENDING, ignore_errors=True)
    storage.sync_folder(root)
    passed("removal ended")


def files_now(root: Path, batch: Batch, stated: dict[str, str]) -> dict[str, str]:
    """File → SHA-256 of what a batch's folder holds today.

    `stated` is what its manifest says it held when it was loaded.
    """
    now = stated | batch.retained | _not_yet(root, batch.number)
    return {name: sha for name, sha in now.items() if sha is not None}


def _not_yet(root: Path, number: int) -> dict[str, str | None]:
    """File → SHA-256 of those that a removal cut short has yet to replace or remove."""
    plan: dict[str, Any] = storage.read_json(root / PENDING / PLAN) or {"batches": []}
    return {
        name: change["old"]
        for one in plan["batches"]
        if one["batch"] == number
        for name, change in one["files"].items()
        if _waits(root, number, name, change["new"])
    }


def _waits(root: Path, number: int, name: str, new: str | None) -> bool:
    place = root / BATCHES if new is None else root / PENDING
    return (place / str(number) / name).exists()
