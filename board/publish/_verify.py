"""Verify a store: the hash chain, the batches, and that the snapshot equals a rebuild."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from board import durable
from board.durable import BATCHES, SNAPSHOTS
from board.journal import GENESIS, Journal, Looks, chained, files_now, removal_pending
from board.publish._build import Basis, build
from board.publish._current import Current, current
from board.store import QUERIES, connect, statement


@dataclass(frozen=True)
class Problem:
    """What is wrong, where; a `notice` asks for a rebuild, an `error` means tampering or loss."""

    severity: str
    code: str
    where: str
    message_zh: str
    message_en: str


UNFINISHED = Problem(
    "notice", "removal_unfinished", "retaining",
    "清除到期资料没有做完，请运行 publish 完成。",
    "A removal of what is older than its term was cut short: run publish to finish it.",
)  # fmt: skip


def verify(root: Path, queries: Path = QUERIES) -> list[Problem]:
    """Everything that is wrong with the store; nothing when all of it holds."""
    durable.prepare(root)
    with durable.writing(root, "verify"):
        Journal(root).recover()
        return [*faults(root), *_snapshot(root, queries)]


def faults(root: Path) -> list[Problem]:
    """What is wrong with the journal's chain, the record of looks and the batches."""
    return [*_chain(root), *_looks(root), *_batches(root)]


def _chain(root: Path) -> Iterator[Problem]:
    previous = GENESIS
    for seq, event in enumerate(Journal(root).events(), start=1):
        text = json.dumps(event.payload, ensure_ascii=False, sort_keys=True)
        own = chained(
            event.seq, event.kind, text, event.recorded_at, event.entered_at, event.previous
        )
        if (event.seq, event.previous, event.hash) != (seq, previous, own):
            yield Problem(
                "error", "broken_chain", f"journal {event.seq}",
                f"日志第{event.seq}行与前一行接不上，可能被改动。",
                f"Journal row {event.seq} does not follow the row before; it may have been changed.",
            )  # fmt: skip
            return
        previous = event.hash


def _looks(root: Path) -> Iterator[Problem]:
    if where := Looks(root).verify():
        row = where.rpartition(" ")[2]
        yield Problem(
            "error", "broken_record", where,
            f"查看与导出记录从第{row}行起接不上，可能被改动或缺了行。",
            f"The record of looks does not hold from row {row} on; rows may be changed or missing.",
        )  # fmt: skip


def _batches(root: Path) -> Iterator[Problem]:
    for batch in Journal(root).batches():
        folder = root / BATCHES / str(batch.number)
        manifest = folder / "manifest.json"
        if not manifest.exists() or durable.sha256(manifest) != batch.manifest_sha256:
            yield _changed(f"{BATCHES}/{batch.number}/manifest.json")
            continue
        stated = files_now(root, batch, json.loads(manifest.read_bytes())["contents"])
        lying = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
        for name in sorted(lying - stated.keys() - {"manifest.json"}):
            yield _changed(f"{BATCHES}/{batch.number}/{name}")
        for name, sha in stated.items():
            if not (folder / name).exists() or durable.sha256(folder / name) != sha:
                yield _changed(f"{BATCHES}/{batch.number}/{name}")


def _snapshot(root: Path, queries: Path) -> Iterator[Problem]:
    used = current(root)
    if used is None:
        return
    if removal_pending(root):
        yield UNFINISHED
        return
    for part, sha in (("", used.sha256), (".persons", used.persons_sha256)):
        path = root / SNAPSHOTS / f"{used.snapshot}{part}.duckdb"
        if not path.exists() or durable.sha256(path) != sha:
            yield _changed(f"{SNAPSHOTS}/{path.name}")
            return
    basis = _basis(root, used, queries)
    if basis.house != used.house:
        yield Problem(
            "notice", "rebuild_needed", used.snapshot,
            "程序或参考数据已更新，请运行 publish 重新生成快照。",
            "The program or its reference data is newer than the snapshot: run publish.",
        )  # fmt: skip
        return
    with durable.staging(root) as work:
        build(root, basis, work, queries)
        for part in ("snapshot", "persons"):
            suffix = "" if part == "snapshot" else ".persons"
            placed = root / SNAPSHOTS / f"{used.snapshot}{suffix}.duckdb"
            rebuilt = _sums(work / f"{part}.duckdb", queries)
            found = _sums(placed, queries)
            for table in sorted(rebuilt.keys() | found.keys()):
                if rebuilt.get(table) != found.get(table):
                    yield _changed(f"{SNAPSHOTS}/{placed.name}: {table}")


def _basis(root: Path, used: Current, queries: Path) -> Basis:
    events = [e for e in Journal(root).events() if e.seq <= used.events]
    return Basis.of(events, used.at, queries)


def _sums(path: Path, queries: Path) -> dict[str, tuple[int, str]]:
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


def _changed(where: str) -> Problem:
    return Problem(
        "error", "changed", where,
        f"{where} 与入库时不一致，可能损坏或被改动。",
        f"{where} is not what was stored; it may be damaged or changed.",
    )  # fmt: skip
