"""Verify a store: that its history holds, and that the snapshot equals a rebuild.

Verifying changes not a byte. It ends with the problems found, whatever is in the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from board import storage
from board.i18n import N_
from board.journal import HEADS, Event, Journal, condition, copied, removal_pending
from board.publish import history_proofs as proofs
from board.publish.build import Basis, build
from board.publish.in_use import Current, current
from board.publish.problems import Problem, changed, error, notice, proven
from board.storage import CURRENT, JOURNAL, SNAPSHOTS, STAGING
from board.store import QUERIES, connect, statement

UNFINISHED = notice(
    "removal_unfinished", "retaining", N_("清除到期资料没有做完，请运行 publish 完成。")
)


def verify(root: Path, queries: Path = QUERIES) -> list[Problem]:
    """Everything that is wrong with the store; nothing when all of it holds."""
    if not root.is_dir():
        return []
    with storage.unchanging(root), copied(root) as register:
        return list(_all(root, register, queries))


def _all(root: Path, register: Path, queries: Path) -> Iterator[Problem]:
    """Every check in turn; `register` is the folder with the copy of the register to read."""
    events: list[Event] = []
    found = condition(root, register)
    yield from proofs.damages(found)
    if found.readable:
        yield from proven(JOURNAL, _read_into(events, register))
        yield from proven(JOURNAL, proofs.chain(register))
        yield from proven(JOURNAL, proofs.looks(register))
        yield from proven(JOURNAL, proofs.accounts(register))
        yield from proven(HEADS, proofs.outside_heads(root, register))
        yield from proven(storage.BATCHES, proofs.batches(root, events))
        yield from proven(SNAPSHOTS, _stored(root, events, queries))
        yield from proven(SNAPSHOTS, _snapshot(root, events, queries))
    yield from proven(storage.ASIDE, proofs.set_aside(root, events))


def _read_into(events: list[Event], register: Path) -> Iterator[Problem]:
    """Fill in the journal's rows; no problem of its own."""
    events += Journal(register).events()
    yield from ()


def faults(root: Path) -> list[Problem]:
    """What is wrong with the journal's chain, the record of looks and the batches."""
    return list(proven(JOURNAL, proofs.history(root)))


def _stored(root: Path, events: list[Event], queries: Path) -> Iterator[Problem]:
    """Whether what is stored can be published, where the snapshot in use does not show it."""
    basis, used = Basis.of(events, None, queries), current(root)
    if used and (used.events, used.at, used.house) == (basis.count, None, basis.build_version):
        return
    if basis.count:
        with _workplace(root) as work:
            yield from _built(root, basis, work, queries, f"journal {basis.count}")


def _built(root: Path, basis: Basis, work: Path, queries: Path, where: str) -> Iterator[Problem]:
    """Build a snapshot in `work`; a problem where that can't be done."""
    try:
        build(root, basis, work, queries)
    except Exception as stopped:
        text = N_("库里存的内容无法发布（{kind}）：请撤回最近有问题的一批，或从备份恢复。")
        yield error("unpublishable", where, text, kind=type(stopped).__name__)


def _snapshot(root: Path, events: list[Event], queries: Path) -> Iterator[Problem]:
    used = current(root)
    if used is None:
        if (root / CURRENT).exists():
            yield changed(CURRENT)
        return
    if removal_pending(root):
        yield UNFINISHED
        return
    for part, sha in (("", used.sha256), (".persons", used.persons_sha256)):
        path = root / SNAPSHOTS / f"{used.snapshot}{part}.duckdb"
        if not path.exists() or storage.sha256(path) != sha:
            yield changed(f"{SNAPSHOTS}/{path.name}")
            return
    basis = _basis(events, used, queries)
    if basis.build_version != used.house:
        text = N_("程序或参考数据已更新，请运行 publish 重新生成快照。")
        yield notice("rebuild_needed", used.snapshot, text)
        return
    with _workplace(root) as work:
        if failed := list(_built(root, basis, work, queries, used.snapshot)):
            yield from failed
            return
        for part in ("snapshot", "persons"):
            suffix = "" if part == "snapshot" else ".persons"
            placed = root / SNAPSHOTS / f"{used.snapshot}{suffix}.duckdb"
            rebuilt = table_sums(work / f"{part}.duckdb", queries)
            found = table_sums(placed, queries)
            for table in sorted(rebuilt.keys() | found.keys()):
                if rebuilt.get(table) != found.get(table):
                    yield changed(f"{SNAPSHOTS}/{placed.name}: {table}")


def _basis(events: list[Event], used: Current, queries: Path) -> Basis:
    return Basis.of([e for e in events if e.seq <= used.events], used.at, queries)


@contextmanager
def _workplace(root: Path) -> Iterator[Path]:
    """A private folder inside the store, gone after the block."""
    place: AbstractContextManager[Path | str] = (
        storage.staging(root)
        if (root / STAGING).is_dir()
        else tempfile.TemporaryDirectory(prefix="copy-", dir=root)
    )
    with place as folder:
        yield Path(folder)


def table_sums(path: Path, queries: Path) -> dict[str, tuple[int, str]]:
    """Table → its row count and a checksum that does not depend on the order of rows."""
    connection = connect(path)
    try:
        tables = [name for (name,) in connection.execute("show tables").fetchall()]
        text = statement(queries, "checksum")
        return {
            table: connection.cursor().sql(text, params={"table": table}).fetchall()[0]
            for table in tables
        }
    finally:
        connection.close()
