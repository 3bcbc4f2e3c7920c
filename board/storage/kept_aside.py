"""Set something aside: move it out of the way inside the store, so that nothing is ever deleted."""

from __future__ import annotations

from pathlib import Path

from board.storage.flushing import sync_folder
from board.storage.place import now
from board.storage.steps import passed

ASIDE = "aside"
REPLACED = "replaced-"  # How the name of what a restore took the place of begins: no fault.


def set_aside(root: Path, path: Path, name: str = "") -> Path:
    """Move a file or folder of the store into `aside/`, under its old name and the present time.

    `name` stands for the old name where that alone would not say what it was. Returns the new
    place. The move is one rename, on the disk when this returns.
    """
    place = place_aside(root, name or path.name)
    path.rename(place)
    sync_folder(place.parent)
    sync_folder(path.parent)
    passed("set aside")
    return place


def place_aside(root: Path, name: str) -> Path:
    """A place in `aside/` that is free, under a name and the present time."""
    folder = root / ASIDE
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        sync_folder(root)
    stem = f"{name}-{now().replace(':', '')}"
    place, number = folder / stem, 1
    while place.exists():
        number += 1
        place = folder / f"{stem}-{number}"
    return place


def aside(root: Path) -> list[str]:
    """The names of what was set aside, in order."""
    folder = root / ASIDE
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
