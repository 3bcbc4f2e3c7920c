"""Fill a new store with the sample data, once, and show a progress bar."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from board import storage
from board.accounts import Accounts
from board.i18n import _, speaking
from board.journal import Journal, condition, put_in_place, require_sound
from board.storage import KEY


def fill_with_sample(root: Path) -> bool:
    """Fill a new store with the sample data; False if the store is not new.

    The data is made in a folder inside the store and then moved into place, so that an
    interrupted run leaves nothing incomplete. The store's own key and audit log stay.
    """
    if require_sound(root).state == "sound" or Accounts(root).any():
        return False
    storage.prepare(root)
    with storage.staging(root) as work:
        shutil.copyfile(root / KEY, work / KEY)
        # Without the store's writer lock: the sample loads in threads, and each takes its own lock.
        _make(work)
        with storage.writing(root, "sample"):
            Journal(root).recover()
            if condition(root).state != "new":
                return False
            put_in_place(work, root)
    return True


def _make(root: Path) -> None:
    from board.sample import load_sample

    columns = TextColumn("{task.description:<32}"), BarColumn(bar_width=40), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        shown = bar.add_task("", total=None)

        def progress(step: str, done: int, total: int) -> None:
            with speaking("en"):
                description = f"{step} / {_(step)}"
            bar.update(shown, description=description, completed=done, total=total)

        load_sample(root, progress=progress)
