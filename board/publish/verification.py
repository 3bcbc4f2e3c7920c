"""Verify a store: check its history and compare the snapshot in use with a rebuild.

Verifying changes nothing in the store. A file that can't be read is reported as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from board import storage
from board.i18n import N_
from board.journal import HEADS, HIDINGS, Event, Journal, condition, copied, removal_pending
from board.publish import history_proofs as proofs
from board.publish.build import Basis, build, of_every_table
from board.publish.in_use import current
from board.publish.problems import Problem, changed, error, notice, problems_of, unfinished
from board.storage import CURRENT, JOURNAL, SNAPSHOTS
from board.store import QUERIES, connect, statement

UNFINISHED = notice(
    "removal_unfinished", "retaining", N_("清除到期资料没有做完，请运行 publish 完成。")
)


def verify(root: Path, queries: Path = QUERIES) -> list[Problem]:
    """All problems of the store; empty where there are none."""
    if not root.is_dir():
        return []
    with storage.no_writers(root), copied(root) as register:
        return list(_checks(root, register, queries))


def _checks(root: Path, register: Path, queries: Path) -> Iterator[Problem]:
    """Run every check; `register` is the folder with the copy of the register to read."""
    events: list[Event] = []
    state = condition(root, register)
    yield from proofs.damages(state)
    if state.readable:
        yield from problems_of(JOURNAL, _read_into(events, register))
        yield from problems_of(JOURNAL, proofs.chain(register))
        yield from problems_of(JOURNAL, proofs.audit_log(register))
        yield from problems_of(JOURNAL, proofs.accounts(register))
        yield from problems_of(HEADS, proofs.outside_heads(root, register))
        yield from problems_of(storage.BATCHES, proofs.batches(root, events))
        yield from problems_of(SNAPSHOTS, _stored(root, events, queries))
        yield from problems_of(SNAPSHOTS, _snapshot(root, events, queries))
    yield from problems_of(storage.ASIDE, proofs.set_aside(root, events))


def _read_into(events: list[Event], register: Path) -> Iterator[Problem]:
    """Append the journal's rows to `events`; a check that reports no problem itself."""
    events += Journal(register).events()
    yield from ()


def faults(root: Path) -> list[Problem]:
    """The problems of the journal's chain, the audit log and the batches."""
    return list(problems_of(JOURNAL, proofs.history(root)))


def _stored(root: Path, events: list[Event], queries: Path) -> Iterator[Problem]:
    """Check that all rows can be published, where the snapshot in use does not contain them."""
    basis, used = Basis.of(events, None, queries), current(root)
    if used and (used.events, used.at, used.house) == (basis.count, None, basis.build_version):
        return
    if basis.count:
        with storage.workplace(root) as work:
            yield from _built(root, basis, work, queries, f"journal {basis.count}")


def _built(root: Path, basis: Basis, work: Path, queries: Path, where: str) -> Iterator[Problem]:
    """Build a snapshot in `work`; a problem where the build fails."""
    try:
        build(root, basis, work, queries)
    except Exception as exception:
        if fault := storage.disk_fault(exception):
            yield unfinished(where, fault)
            return
        text = N_("库里存的内容无法发布（{kind}）：请撤回最近有问题的一批，或从备份恢复。")
        yield error("unpublishable", where, text, kind=type(exception).__name__)


def _snapshot(root: Path, events: list[Event], queries: Path) -> Iterator[Problem]:
    """Check the files of the snapshot in use, then compare every table with a rebuild."""
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
    basis = Basis.of([e for e in events if e.seq <= used.events], used.at, queries)
    # What it keeps hidden was written after its last row; what a later publish keeps is not in it.
    keeping = tuple(e for e in events if e.kind == HIDINGS)[: used.keeping]
    basis = replace(basis, keeping=keeping)
    if basis.build_version != used.house:
        text = N_("程序或参考数据已更新，请运行 publish 重新生成快照。")
        yield notice("rebuild_needed", used.snapshot, text)
        return
    with storage.workplace(root) as work:
        if failed := list(_built(root, basis, work, queries, used.snapshot)):
            yield from failed
            return
        for part, suffix in (("snapshot", ""), ("persons", ".persons")):
            path = root / SNAPSHOTS / f"{used.snapshot}{suffix}.duckdb"
            rebuilt = table_sums(work / f"{part}.duckdb", queries)
            stored = table_sums(path, queries)
            for table in sorted(rebuilt.keys() | stored.keys()):
                if rebuilt.get(table) != stored.get(table):
                    yield changed(f"{SNAPSHOTS}/{path.name}: {table}")


def table_sums(path: Path, queries: Path) -> dict[str, tuple[int, str]]:
    """Table → its row count and a checksum that ignores the order of rows."""
    text = statement(queries, "checksum")
    with closing(connect(path)) as connection:
        return {name: (rows, checksum) for name, rows, checksum in of_every_table(connection, text)}
