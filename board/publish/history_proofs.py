"""Prove a store's history: the journal, the record of looks, the accounts and the batches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from board import storage
from board.accounts import differences
from board.journal import (
    HEADS,
    AuditLog,
    Batch,
    Condition,
    Event,
    Journal,
    acknowledged,
    batches_of,
    breaks,
    condition,
    files_now,
    heads,
)
from board.publish.problems import Problem, changed, proven
from board.storage import BATCHES


def damages(found: Condition) -> Iterator[Problem]:
    """What is missing from the store or too much in it."""
    for one in found.damages:
        yield Problem("error", one.code, one.where, f"{one.message_zh}。", f"{one.message_en}.")
    if found.interrupted:
        where = f"{BATCHES}/{found.interrupted}"
        yield Problem(
            "error", "interrupted_load", where,
            f"{where} 是一次没有完成的入库，没有日志记录；下次写入时会移到一边，请把文件再入库一次。",
            f"{where} is a load that was broken off, without a journal row; the next writer sets it"
            " aside. Load its files again.",
        )  # fmt: skip
    for name in found.rubbish:
        yield Problem(
            "error", "stray_folder", f"{BATCHES}/{name}",
            f"{BATCHES}/{name} 不是一批：没有清单，也没有日志记录；下次写入时会移到一边。",
            f"{BATCHES}/{name} is no batch: it has neither manifest nor journal row. The next"
            " writer sets it aside.",
        )  # fmt: skip


def set_aside(root: Path, events: list[Event]) -> Iterator[Problem]:
    """What lies aside: an error until `repair` has acknowledged it."""
    known = {
        name
        for event in events
        if event.kind == "repair"
        for name in event.payload.get("aside", [])
    }
    for name in storage.aside(root):
        if name.startswith(storage.REPLACED):
            continue
        where, seen = f"{storage.ASIDE}/{name}", name in known
        yield Problem(
            "notice" if seen else "error", "set_aside", where,
            f"{where} 是移到一边的内容，日志没有记录它"
            + ("（已认可）。" if seen else "：用 python -m board repair 认可，或另行保存。"),
            f"{where} was set aside, since no journal row names it"
            + (" (acknowledged)." if seen else
               ": acknowledge it with python -m board repair, or keep it elsewhere."),
        )  # fmt: skip


def chain(root: Path) -> Iterator[Problem]:
    """Journal rows that do not follow the row before; acknowledged ones stay named."""
    journal = Journal(root)
    known = acknowledged(journal.events())
    for seq, hashed in breaks(journal.rows()):
        seen = (seq, hashed) in known
        yield Problem(
            "notice" if seen else "error", "broken_chain", f"journal {seq}",
            f"日志第{seq}行与前一行接不上，可能被改动" + ("（已认可）。" if seen else "。"),
            f"Journal row {seq} does not follow the row before; it may have been changed"
            + (" (acknowledged)." if seen else "."),
        )  # fmt: skip


def looks(root: Path) -> Iterator[Problem]:
    """Where the record of looks does not hold, or lacks rows that the journal knows of."""
    if where := AuditLog(root).verify():
        yield _broken_record(where)
        return
    hashes = {look.seq: look.hash for look in AuditLog(root).all()}
    for event in Journal(root).events():
        head = event.payload.get("looks") or {}
        if head.get("rows") and hashes.get(head["rows"]) != head.get("head"):
            yield _broken_record(f"looks {min(head['rows'], len(hashes) + 1)}")
            return


def accounts(register: Path) -> Iterator[Problem]:
    """Accounts that are not what the record of looks says of them."""
    for one in differences(register):
        yield Problem(
            "error", "account_differs", f"accounts {one.name}",
            f"账号“{one.name}”与记录不符，可能在程序之外被改动：请管理员核对后重新设置。",
            f"The account {one.name} is not what the record says and may have been changed past the"
            " program: let an administrator look at it and set it anew.",
        )  # fmt: skip


def _broken_record(where: str) -> Problem:
    row = where.rpartition(" ")[2]
    return Problem(
        "error", "broken_record", where,
        f"查看与导出记录从第{row}行起接不上，可能被改动或缺了行。",
        f"The record of looks does not hold from row {row} on; rows may be changed or missing.",
    )  # fmt: skip


def outside_heads(root: Path, register: Path) -> Iterator[Problem]:
    """Whether the heads kept outside the register are heads of its chains (read in `register`)."""
    said = heads(root)
    rows = {row[0]: row[6] for row in Journal(register).rows()}
    seen = {look.seq: look.hash for look in AuditLog(register).all()}
    if any("looks" in event.payload for event in Journal(register).events()) and not said:
        yield Problem(
            "error", "head_missing", HEADS,
            f"文件 {HEADS} 不见了：它记着日志和查看记录各有多少行。",
            f"The file {HEADS} is missing, which says how long journal and record of looks are.",
        )  # fmt: skip
    for name, hashes in (("journal", rows), ("looks", seen)):
        head = said.get(name)
        if head and head.rows and hashes.get(head.rows) != head.hash:
            words = (
                ("日志", "The journal")
                if name == "journal"
                else ("查看与导出记录", "The record of looks")
            )
            yield Problem(
                "error", "head_differs", f"{HEADS} {name}",
                f"{words[0]}与库外所记的第{head.rows}行不符，可能缺了行或换成了旧的一份。",
                f"{words[1]} is not the one whose row {head.rows} was noted outside it; rows may be"
                " missing, or an older copy took its place.",
            )  # fmt: skip


def batches(root: Path, events: list[Event]) -> Iterator[Problem]:
    """Files of a batch that are missing, changed or too much."""
    given_up = {
        step[1]
        for event in events
        if event.kind == "repair"
        for step in event.payload.get("steps", [])
        if step[0] == "withdraw"
    }
    for batch in batches_of(events):
        where = f"{BATCHES}/{batch.number}"
        if where in given_up and not (root / where).is_dir():
            yield Problem(
                "notice", "batch_missing", where,
                f"{where} 不见了，已经认可并撤回。",
                f"{where} is missing, which was acknowledged: the batch is withdrawn.",
            )  # fmt: skip
            continue
        yield from proven(where, _batch(root, batch))


def _batch(root: Path, batch: Batch) -> Iterator[Problem]:
    number = batch.number
    folder = root / BATCHES / str(number)
    manifest = folder / "manifest.json"
    if not manifest.exists() or storage.sha256(manifest) != batch.manifest_sha256:
        yield changed(f"{BATCHES}/{number}/manifest.json")
        return
    stated = files_now(root, batch, json.loads(manifest.read_bytes())["contents"])
    lying = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(lying - stated.keys() - {"manifest.json"}):
        yield changed(f"{BATCHES}/{number}/{name}")
    for name, sha in stated.items():
        if not (folder / name).is_file() or storage.sha256(folder / name) != sha:
            yield changed(f"{BATCHES}/{number}/{name}")


def history(root: Path) -> Iterator[Problem]:
    """What is wrong with the journal's chain, the record of looks and the batches of a backup."""
    events = Journal(root).events()
    yield from chain(root)
    yield from looks(root)
    for name in condition(root).surplus:
        yield changed(f"{BATCHES}/{name}")
    yield from batches(root, events)
