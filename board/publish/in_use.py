"""Publish: build a snapshot under a new name, check it, flush it, then name it in CURRENT."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from board import storage
from board.i18n import N_
from board.journal import Journal, removal_pending
from board.publish.build import Basis, build, row_counts
from board.publish.build_version import build_version
from board.publish.hidings import STAYS, note_stays
from board.publish.plans import adopt
from board.publish.retained import remove_persons_files
from board.publish.rows import remembered_rows
from board.storage import CURRENT, SNAPSHOTS, passed
from board.store import QUERIES, connect

KEPT = 2  # Snapshots that stay on disk, the one in use among them.


@dataclass(frozen=True)
class Current:
    """The content of CURRENT: the snapshot in use, its hashes and what it was built from.

    `keeping` is how many rows of the journal that keep hidings it goes by.
    """

    snapshot: str
    sha256: str
    persons_sha256: str
    events: int
    at: str | None
    house: str
    keeping: int = 0


def current(root: Path) -> Current | None:
    """The snapshot in use; null before the first publishing, or where CURRENT can't be read."""
    try:
        content = storage.read_json(root / CURRENT)
        return Current(**content) if content else None
    except (ValueError, TypeError):
        return None


def publish(
    root: Path,
    at: str | None = None,
    queries: Path = QUERIES,
    waiting: Callable[[storage.Holder | None], None] | None = None,
    *,
    adopting: bool = True,
) -> str:
    """Build the snapshot of all rows, or of what was known `at` a time, and put it in use.

    Returns its name. Nothing is built where the snapshot in use has the same basis already.
    Raises RefusedError where the store is damaged, its chain is broken or the build fails.
    `waiting` is called with the lock's holder before this waits for the lock. A store without a
    plan takes over the shipped one as batch 0, unless `adopting` is false.
    """
    storage.prepare(root)
    with storage.writing(root, "publish", waiting):
        Journal(root).recover()
        Journal(root).require_unbroken()
        if adopting:
            adopt(root)
        basis = Basis.of(Journal(root).events(), at, queries)
        used = current(root)
        removed = removal_pending(root)
        if used and not removed and _same(root, used, basis):
            return used.snapshot
        try:
            with storage.staging(root) as work:
                name = put_in_use(root, work, prepared(root, basis, work, queries))
        except storage.RefusedError:
            raise
        except Exception as error:
            # The error's text may hold a person's name or ID: only its class is passed on.
            raise _refusal(error) from None
        if removed:
            remove_persons_files(root, name)
        return name


def prepared(root: Path, basis: Basis, work: Path, queries: Path = QUERIES) -> Current:
    """Build, check and flush a snapshot in the empty folder `work`; returns its CURRENT.

    `put_in_use` then only renames files.
    """
    used = current(root)
    before = _file(root, used.snapshot) if used else None
    counts = build(root, basis, work, queries, remembered_rows, before)
    passed("snapshot built")
    _check(work, counts)
    built = {part: work / f"{part}.duckdb" for part in ("snapshot", "persons")}
    hashes = {part: storage.sha256(path) for part, path in built.items()}
    name = f"{basis.count}-{hashes['snapshot'][:8]}"
    keeping = len(basis.keeping) + (work / STAYS).exists()
    ready = Current(
        name, hashes["snapshot"], hashes["persons"], basis.count, basis.at, basis.build_version,
        keeping,
    )  # fmt: skip
    (work / CURRENT).write_bytes(json.dumps(vars(ready), indent=1).encode())
    for path in (*built.values(), work / CURRENT):
        storage.sync(path)
    passed("snapshot synced")
    return ready


def put_in_use(root: Path, work: Path, ready: Current) -> str:
    """Move a prepared snapshot into its place, then replace CURRENT; returns its name.

    What has newly to stay hidden is in the journal before anybody is shown the snapshot.
    """
    note_stays(root, work, ready.events)
    (work / "persons.duckdb").rename(_file(root, ready.snapshot, ".persons"))
    (work / "snapshot.duckdb").rename(_file(root, ready.snapshot))
    passed("snapshot renamed")
    storage.sync_folder(root / SNAPSHOTS)
    passed("snapshot in place")
    (work / CURRENT).rename(root / CURRENT)
    storage.sync_folder(root)
    passed("current swapped")
    _prune(root, ready.snapshot)
    return ready.snapshot


def _refusal(error: Exception) -> storage.RefusedError:
    """The refusal for a failed publishing: a full or faulty disk, or the class of the error."""
    if fault := storage.disk_fault(error):
        return fault
    return storage.RefusedError(
        "publish_failed",
        N_("生成快照失败（{kind}），原快照继续使用。"),
        kind=type(error).__name__,
    )


def up_to_date(root: Path, queries: Path = QUERIES) -> str:
    """Make sure that a snapshot of this build version is in use; returns its name.

    An empty store gets an empty snapshot. A snapshot of another build version is rebuilt from
    the same journal rows, and so is one from before a removal that was interrupted. Journal rows
    that were not published stay unpublished. Folders that killed processes left in staging are
    deleted.
    """
    storage.prepare(root)
    storage.clear_staging(root)
    used = current(root)
    built = used and used.house == build_version(queries) and _file(root, used.snapshot).exists()
    if used and built and not removal_pending(root):
        return used.snapshot
    return publish(root, used.at if used else None, queries, adopting=False)


def _same(root: Path, used: Current, basis: Basis) -> bool:
    """Whether the snapshot in use has this basis and its files are unchanged."""
    return (
        (used.events, used.at, used.house) == (basis.count, basis.at, basis.build_version)
        and _file(root, used.snapshot).exists()
        and storage.sha256(_file(root, used.snapshot)) == used.sha256
        and storage.sha256(_file(root, used.snapshot, ".persons")) == used.persons_sha256
    )


def _file(root: Path, name: str, part: str = "") -> Path:
    return root / SNAPSHOTS / f"{name}{part}.duckdb"


def _check(work: Path, counts: dict[str, int]) -> None:
    """Open the built files as readers do; RefusedError where a table has another row count."""
    reopened: dict[str, int] = {}
    for name in ("snapshot", "persons"):
        with closing(connect(work / f"{name}.duckdb")) as connection:
            reopened |= row_counts(connection)
    if reopened != counts:
        raise storage.RefusedError(
            "snapshot_differs", N_("新生成的快照核对不上，未启用，原快照继续使用。")
        )


def _prune(root: Path, name: str) -> None:
    """Delete all but the newest snapshots; a file that a reader has open stays readable."""
    files = sorted((root / SNAPSHOTS).glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)
    names = list(dict.fromkeys(p.name.split(".")[0] for p in files))
    for old in [n for n in names if n != name][: -(KEPT - 1)]:
        for part in ("", ".persons"):
            # A file that can't be deleted now is deleted by the next publishing.
            with suppress(OSError):
                _file(root, old, part).unlink()
