"""The invented settlement for whoever has no ledgers yet: taken in once, with a bar to watch."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from board import durable
from board.accounts import Accounts
from board.i18n import _, speaking
from board.journal import Journal


def settled(root: Path) -> bool:
    """Fill an empty store with the invented settlement; whether there was need to.

    It is made beside its place and moved there whole, so that a run that was broken off
    leaves no half a settlement behind.
    """
    if Journal(root).events() or Accounts(root).any():
        return False
    beside = root.with_name(f"{root.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    _made(beside)
    if root.exists():
        # A server that ran over the empty store left folders, a key and an empty snapshot.
        shutil.rmtree(root)
    beside.rename(root)
    durable.sync_folder(root.parent)
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
