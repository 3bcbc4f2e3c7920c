"""The store's place on disk: its folders, its lock, and writing that survives a power cut."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

DEFAULT = Path(__file__).resolve().parent.parent / "data" / "store"
BATCHES, SNAPSHOTS, STAGING = "batches", "snapshots", "staging"
JOURNAL, CURRENT, KEY, LOCK = "register.sqlite", "CURRENT", "key", "lock"
MARGIN = 4 * 1024 * 1024
DISHONEST = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "fuse.sshfs"})


def _nothing(name: str) -> None:
    """What happens at a named step when nobody watches."""


step: Callable[[str], None] = _nothing


def passed(name: str) -> None:
    """Say that a named step of writing is done; `step` may be replaced to watch it."""
    step(name)


class RefusedError(Exception):
    """The store refuses: `code` is stable, the message is for the person in Chinese and English."""

    def __init__(self, code: str, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en


def default_root() -> Path:
    """The store that BOARD_STORE names, or data/store beside the program."""
    return Path(os.environ.get("BOARD_STORE") or DEFAULT)


def prepare(root: Path) -> None:
    """Make the store's folders and its key, closed to everybody else."""
    os.umask(0o077)
    for folder in (root, root / BATCHES, root / SNAPSHOTS, root / STAGING):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
    if not (root / KEY).exists():
        with writing(root, "key"):
            if not (root / KEY).exists():
                write_whole(root / KEY, os.urandom(32).hex().encode())


def sync(path: Path) -> None:
    """Flush a file to the disk; a failure is final."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Flush a folder, so that its names survive a power cut."""
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
    """Replace a small file so that a reader sees the old or the new one, never a part."""
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


class Holder(NamedTuple):
    """Who holds the store's lock, since when and for what."""

    pid: int
    host: str
    since: str
    doing: str


_threads = threading.RLock()
_held: set[tuple[int, Path]] = set()


@contextmanager
def writing(
    root: Path, doing: str, waiting: Callable[[Holder | None], None] | None = None
) -> Iterator[None]:
    """Be the store's only writer for a block; waits, after telling `waiting` for whom."""
    mine = (os.getpid(), root.resolve())
    with _threads:
        if mine in _held:
            yield
            return
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(handle, root, waiting)
            _sign(handle, doing)
            _held.add(mine)
            yield
        finally:
            _held.discard(mine)
            os.close(handle)


def _lock(handle: int, root: Path, waiting: Callable[[Holder | None], None] | None) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if waiting is not None:
            waiting(holder(root))
        fcntl.flock(handle, fcntl.LOCK_EX)


def _sign(handle: int, doing: str) -> None:
    who = Holder(os.getpid(), socket.gethostname(), now(), doing)
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(who._asdict()).encode(), 0)


def holder(root: Path) -> Holder | None:
    """Who wrote their name into the lock last; null when it can't be read."""
    try:
        return Holder(**json.loads((root / LOCK).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """A private folder inside the store for work not yet committed; gone after the block.

    A file beside it is locked as long as its maker lives, so that recovery can
    tell the work of the dead from the work of the living.
    """
    handle, name = tempfile.mkstemp(dir=root / STAGING, prefix="work-", suffix=".alive")
    folder = Path(name).with_suffix("")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        Path(name).unlink(missing_ok=True)
        os.close(handle)


def clear_staging(root: Path) -> None:
    """Remove what dead processes left in staging; called by the store's only writer."""
    for path in sorted((root / STAGING).iterdir()):
        folder, alive = path.with_suffix(""), path.with_suffix(".alive")
        handle = os.open(alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            alive.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def now() -> str:
    """The present, naive UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def full_disk(error: OSError) -> bool:
    """Whether an error says that there is no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


FULL = RefusedError(
    "disk_full",
    "磁盘空间不足,没有写入任何内容。请腾出空间后重试。",
    "There is no room left on the disk; nothing was written. Make room and try again.",
)


def room(root: Path, work: Path, publishing: bool) -> None:
    """Refuse early where the disk has no room for what the work in `work` still needs."""
    inside = sum(path.stat().st_size for path in work.rglob("*") if path.is_file())
    needed = inside + MARGIN
    if publishing:
        files = sorted((root / SNAPSHOTS).glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
        needed += 3 * inside + 2 * sum(path.stat().st_size for path in files[-2:])
    if shutil.disk_usage(root).free < needed:
        raise FULL


def dishonest_filesystem(root: Path) -> str | None:
    """The file system's type where flock and fsync can't be trusted, else null."""
    best, kind = "", ""
    try:
        for line in Path("/proc/mounts").read_text().splitlines():
            _, mount, fstype, *_ = line.split()
            inside = str(root.resolve()).startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= len(best):
                best, kind = mount, fstype
    except OSError:
        return None
    return kind if kind in DISHONEST else None


def read_json(path: Path) -> Any:
    """The JSON of a file; null when there is no such file."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
