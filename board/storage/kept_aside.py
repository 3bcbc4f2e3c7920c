"""Move files and folders into `aside/` instead of deleting them."""

from __future__ import annotations

from pathlib import Path

from board.storage.flushing import sync_folder
from board.storage.place import now
from board.storage.steps import passed

ASIDE = "aside"
REPLACED = "replaced-"  # Begins the name of what a restore replaced; `verify` ignores it.


def set_aside(root: Path, path: Path, name: str = "") -> Path:
    """Move a file or folder of the store into `aside/`, named by its old name and the time.

    `name` replaces the old name where that is not clear by itself. Returns the new path. The
    move is one rename and is flushed to the disk.
    """
    place = place_aside(root, name or path.name)
    path.rename(place)
    sync_folder(place.parent)
    sync_folder(path.parent)
    passed("set aside")
    return place


def place_aside(root: Path, name: str) -> Path:
    """An unused path in `aside/`, made of a name and the present time."""
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
    """The names in `aside/`, sorted."""
    folder = root / ASIDE
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
