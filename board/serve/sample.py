"""The invented settlement for whoever has no ledgers yet: taken in once, with a bar to watch."""

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


def settled(root: Path) -> bool:
    """Fill a new store with the invented settlement; whether there was need to.

    It is made in a folder inside the store and moved into place whole, so that a run that was
    broken off leaves no half a settlement behind. The store's own key and looks stay.
    """
    if require_sound(root).state == "sound" or Accounts(root).any():
        return False
    storage.prepare(root)
    with storage.staging(root) as work:
        shutil.copyfile(root / KEY, work / KEY)
        # Not as the store's writer: loads of the sample run in threads, each a writer of its own.
        _made(work)
        with storage.writing(root, "sample"):
            Journal(root).recover()
            if condition(root).state != "new":
                return False
            put_in_place(work, root)
    return True


def _made(root: Path) -> None:
    from board.sample import settle

    with _bar() as bar:
        shown = bar.add_task("", total=None)

        def progress(step: str, done: int, total: int) -> None:
            bar.update(shown, description=_both(step), completed=done, total=total)

        settle(root, progress=progress)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description:<32}"),
        BarColumn(bar_width=40),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _both(message: str) -> str:
    with speaking("en"):
        return f"{message} / {_(message)}"
