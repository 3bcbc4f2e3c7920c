"""Writing that survives a power cut: flush files, then the folders that contain them."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import suppress
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
    """Replace a file in one step: a reader sees the old or the new content, never a part.

    What a killed process leaves beside it is written over by the next that writes the file.
    """
    partial = path.with_name(f".{path.name}.partial")
    with os.fdopen(_locked(partial), "wb") as file:
        try:
            file.truncate()
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.rename(partial, path)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
    sync_folder(path.parent)


def _locked(path: Path) -> int:
    """The file opened for writing by this process alone; its handle, which holds the lock."""
    while True:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)  # Whoever held it before has renamed it.


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
