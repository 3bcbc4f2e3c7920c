"""Publish: build under a new name, check it, flush it, then let CURRENT point to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from board import storage
from board.i18n import N_
from board.journal import Journal, removal_pending
from board.publish.build import Basis, build, counted
from board.publish.build_version import build_version
from board.publish.retained import forget
from board.publish.rows import remembered_rows
from board.storage import CURRENT, SNAPSHOTS, passed
from board.store import QUERIES, connect

KEPT = 2


@dataclass(frozen=True)
class Current:
    """What CURRENT says: the snapshot in use and what it is a function of."""

    snapshot: str
    sha256: str
    persons_sha256: str
    events: int
    at: str | None
    house: str


def current(root: Path) -> Current | None:
    """The snapshot in use; null before the first publishing, or where CURRENT can't be read."""
    try:
        said = storage.read_json(root / CURRENT)
        return Current(**said) if said else None
    except (ValueError, TypeError):
        return None


def publish(
    root: Path,
    at: str | None = None,
    queries: Path = QUERIES,
    waiting: Callable[[storage.Holder | None], None] | None = None,
) -> str:
    """Build the snapshot of everything, or as known `at` a time, and put it in use.

    RefusedError where the store is damaged or its chain is broken. Returns its name. It stays in use until the next publishing. Where the one in use
    is the same function of the same rows already, nothing is built.
    """
    storage.prepare(root)
    with storage.writing(root, "publish", waiting):
        Journal(root).recover()
        Journal(root).require_unbroken()
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
            # Its text may hold a person's name or ID: only the kind of error goes on.
            raise _failed(error) from None
        if removed:
            forget(root, name)
        return name


def prepared(root: Path, basis: Basis, work: Path, queries: Path = QUERIES) -> Current:
    """Build, check and flush a snapshot in the empty folder `work`; returns what it will be.

    Nothing but renaming is left to do for `put_in_use`.
    """
    counts = build(root, basis, work, queries, remembered_rows)
    passed("snapshot built")
    _check(work, counts)
    built = {part: work / f"{part}.duckdb" for part in ("snapshot", "persons")}
    hashes = {part: storage.sha256(path) for part, path in built.items()}
    name = f"{basis.count}-{hashes['snapshot'][:8]}"
    said = Current(
        name, hashes["snapshot"], hashes["persons"], basis.count, basis.at, basis.build_version
    )
    (work / CURRENT).write_bytes(json.dumps(vars(said), indent=1).encode())
    for path in (*built.values(), work / CURRENT):
        storage.sync(path)
    passed("snapshot synced")
    return said


def put_in_use(root: Path, work: Path, said: Current) -> str:
    """Rename a prepared snapshot to its final names, then let CURRENT point to it."""
    (work / "persons.duckdb").rename(_file(root, said.snapshot, ".persons"))
    (work / "snapshot.duckdb").rename(_file(root, said.snapshot))
    passed("snapshot renamed")
    storage.sync_folder(root / SNAPSHOTS)
    passed("snapshot in place")
    (work / CURRENT).rename(root / CURRENT)
    storage.sync_folder(root)
    passed("current swapped")
    _prune(root, said.snapshot)
    return said.snapshot


def _failed(error: Exception) -> storage.RefusedError:
    """What to say of a failed publishing: a full disk, or the kind of error."""
    if storage.no_room(error):
        return storage.RefusedError("disk_full", N_("磁盘空间不足，新快照未启用，原快照继续使用。"))
    return storage.RefusedError(
        "publish_failed",
        N_("生成快照失败（{kind}），原快照继续使用。"),
        kind=type(error).__name__,
    )


def up_to_date(root: Path, queries: Path = QUERIES) -> str:
    """Make sure that a snapshot of this house is in use; publishes only where none is.

    An empty store gets an empty snapshot. One of another house version is built
    anew from the same journal rows, and so is one that holds what a removal cut short
    has removed. What waits for `publish` keeps waiting. What a process that was killed left in
    staging goes.
    """
    storage.prepare(root)
    storage.clear_staging(root)
    used = current(root)
    built = used and used.house == build_version(queries) and _file(root, used.snapshot).exists()
    if used and built and not removal_pending(root):
        return used.snapshot
    return publish(root, _boundary(root, used), queries)


def _boundary(root: Path, used: Current | None) -> str | None:
    """As known when? The time of the snapshot in use, where it does not know everything."""
    return used.at if used else None


def _same(root: Path, used: Current, basis: Basis) -> bool:
    return (
        (used.events, used.at, used.house) == (basis.count, basis.at, basis.build_version)
        and _file(root, used.snapshot).exists()
        and storage.sha256(_file(root, used.snapshot)) == used.sha256
        and storage.sha256(_file(root, used.snapshot, ".persons")) == used.persons_sha256
    )


def _file(root: Path, name: str, part: str = "") -> Path:
    return root / SNAPSHOTS / f"{name}{part}.duckdb"


def _check(work: Path, counts: dict[str, int]) -> None:
    """Reopen what was built the way readers will and count every table again."""
    found: dict[str, int] = {}
    for name in ("snapshot", "persons"):
        connection = connect(work / f"{name}.duckdb")
        try:
            found |= counted(connection)
        finally:
            connection.close()
    if found != counts:
        raise storage.RefusedError(
            "snapshot_differs", N_("新生成的快照核对不上，未启用，原快照继续使用。")
        )


def _prune(root: Path, name: str) -> None:
    """Keep the newest snapshots; open readers hold on to what they have open."""
    files = sorted((root / SNAPSHOTS).glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)
    names = list(dict.fromkeys(p.name.split(".")[0] for p in files))
    for old in [n for n in names if n != name][: -(KEPT - 1)]:
        for part in ("", ".persons"):
            # A file that can't be taken away now goes with the next publishing.
            with suppress(OSError):
                _file(root, old, part).unlink()
