"""Writing that survives a power cut: flush files, then the folders that contain them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def sync(path: Path) -> None:
    """Flush a file to the disk; raises OSError where that fails."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush a folder, so that its list of names survives a power cut."""
    sync(path)


def sync_tree(folder: Path) -> None:
    """Flush every file under a folder, then every folder from the inside out."""
    folders = [folder]
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            folders.append(path)
        else:
            sync(path)
    for path in reversed(folders):
        sync_folder(path)


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old or the new content, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.rename(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
