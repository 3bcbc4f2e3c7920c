"""Writing that survives a power cut: flush files, then the folders that contain them."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


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
    if not path.exists():
        # Another process may have made it meanwhile: then it is replaced.
        with suppress(FileExistsError), new_file(path) as file:
            file.write(content)
            return
    with _under_another_name(path) as file:
        file.write(content)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file, mode 0600, which is flushed and gets its name when the block ends without error.

    Until then it has no name, so that nothing of it stays when the process is killed. Where the
    file system knows no such files it has another name, and what a killed process leaves is
    written over by the next that makes the same file. Raises FileExistsError at the end where
    another process has made a file of that name.
    """
    handle = _without_name(path.parent)
    if handle is None:
        with _under_another_name(path) as file:
            yield file
        return
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(handle)
        # Python follows the link to the open file only where it is given a folder.
        os.link(HANDLES / str(handle), path, src_dir_fd=handle, follow_symlinks=True)
    sync_folder(path.parent)


# Linux lists a process's open files here, by the number of each.
HANDLES = Path("/proc/self/fd")
NO_SUCH_FILES = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}


def _without_name(folder: Path) -> int | None:
    """The handle of a new file of a folder that has no name; None where there are no such files."""
    if not hasattr(os, "O_TMPFILE") or not HANDLES.is_dir():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno in NO_SUCH_FILES:
            return None
        raise


@contextmanager
def _under_another_name(path: Path) -> Iterator[BinaryIO]:
    """A file that is flushed and takes the place of another when the block ends without error.

    What a killed process leaves beside it is written over by the next that writes the file.
    """
    partial = path.with_name(f".{path.name}.partial")
    with os.fdopen(_locked(partial), "wb") as file:
        try:
            file.truncate()
            yield file
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
