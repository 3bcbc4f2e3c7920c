"""Check a store's history: the journal, the audit log, the accounts and the batches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from board import storage
from board.accounts import differences
from board.i18n import N_
from board.journal import (
    HEADS,
    AuditLog,
    Batch,
    Condition,
    Event,
    Journal,
    acknowledged,
    acknowledged_aside,
    batches_of,
    breaks,
    condition,
    files_now,
    heads,
)
from board.publish.problems import Problem, changed, error, notice, problems_of
from board.storage import BATCHES


def damages(state: Condition) -> Iterator[Problem]:
    """What the store lacks, and folders that do not belong to it."""
    for damage in state.damages:
        yield error(damage.code, damage.where, N_("{damage}。"), damage=damage.message)
    if state.interrupted:
        yield error("interrupted_load", f"{BATCHES}/{state.interrupted}", INTERRUPTED)
    for name in state.rubbish:
        yield error("stray_folder", f"{BATCHES}/{name}", STRAY)


INTERRUPTED = N_(
    "{where} 是一次没有完成的入库，没有日志记录；下次写入时会移到一边，请把文件再入库一次。"
)
STRAY = N_("{where} 不是一批：没有清单，也没有日志记录；下次写入时会移到一边。")


def set_aside(root: Path, events: list[Event]) -> Iterator[Problem]:
    """What is in `aside/`: an error until `repair` has acknowledged it."""
    accepted = acknowledged_aside(events)
    for name in storage.aside(root):
        if name.startswith(storage.REPLACED):
            continue
        report, text = (notice, ASIDE_KNOWN) if name in accepted else (error, ASIDE_NEW)
        yield report("set_aside", f"{storage.ASIDE}/{name}", text)


ASIDE_KNOWN = N_("{where} 是移到一边的内容，日志没有记录它（已认可）。")
ASIDE_NEW = N_(
    "{where} 是移到一边的内容，日志没有记录它：用 python -m board repair 认可，或另行保存。"
)


def chain(root: Path) -> Iterator[Problem]:
    """Journal rows whose hash does not follow the row before; a notice where acknowledged."""
    journal = Journal(root)
    accepted = acknowledged(journal.events())
    for seq, hashed in breaks(journal.rows()):
        where = f"journal {seq}"
        if (seq, hashed) in accepted:
            text = N_("日志第{seq}行与前一行接不上，可能被改动（已认可）。")
            yield notice("broken_chain", where, text, seq=seq)
        else:
            text = N_("日志第{seq}行与前一行接不上，可能被改动。")
            yield error("broken_chain", where, text, seq=seq)


def audit_log(root: Path) -> Iterator[Problem]:
    """The first row where the audit log's chain breaks or differs from what the journal states."""
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
    """Accounts that differ from the audit log's record of them."""
    for account in differences(register):
        text = N_("账号“{name}”与记录不符，可能在程序之外被改动：请管理员核对后重新设置。")
        yield error("account_differs", f"accounts {account.name}", text, name=account.name)


def _broken_record(where: str) -> Problem:
    text = N_("查看与导出记录从第{row}行起接不上，可能被改动或缺了行。")
    return error("broken_record", where, text, row=where.rpartition(" ")[2])


def outside_heads(root: Path, register: Path) -> Iterator[Problem]:
    """Heads in the file outside the register that differ from its chains.

    `register` is the folder with the copy of the register to read.
    """
    outside = heads(root)
    journal = {row[0]: row[6] for row in Journal(register).rows()}
    audited = {look.seq: look.hash for look in AuditLog(register).all()}
    if any("looks" in event.payload for event in Journal(register).events()) and not outside:
        text = N_("文件 {where} 不见了：它记着日志和查看记录各有多少行。")
        yield error("head_missing", HEADS, text)
    for name, hashes in (("journal", journal), ("looks", audited)):
        head = outside.get(name)
        if head and head.rows and hashes.get(head.rows) != head.hash:
            yield error("head_differs", f"{HEADS} {name}", DIFFERENT[name], row=head.rows)


DIFFERENT = {
    "journal": N_("日志与库外所记的第{row}行不符，可能缺了行或换成了旧的一份。"),
    "looks": N_("查看与导出记录与库外所记的第{row}行不符，可能缺了行或换成了旧的一份。"),
}


def batches(root: Path, events: list[Event]) -> Iterator[Problem]:
    """Files of batches that are missing, changed or unexpected."""
    withdrawn = {
        step[1]
        for event in events
        if event.kind == "repair"
        for step in event.payload.get("steps", [])
        if step[0] == "withdraw"
    }
    for batch in batches_of(events):
        where = f"{BATCHES}/{batch.number}"
        if where in withdrawn and not (root / where).is_dir():
            yield notice("batch_missing", where, N_("{where} 不见了，已经认可并撤回。"))
            continue
        yield from problems_of(where, _batch(root, batch))


def _batch(root: Path, batch: Batch) -> Iterator[Problem]:
    number = batch.number
    folder = root / BATCHES / str(number)
    manifest = folder / "manifest.json"
    if not manifest.exists() or storage.sha256(manifest) != batch.manifest_sha256:
        yield changed(f"{BATCHES}/{number}/manifest.json")
        return
    expected = files_now(root, batch, json.loads(manifest.read_bytes())["contents"])
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(present - expected.keys() - {"manifest.json"}):
        yield changed(f"{BATCHES}/{number}/{name}")
    for name, sha in expected.items():
        if not (folder / name).is_file() or storage.sha256(folder / name) != sha:
            yield changed(f"{BATCHES}/{number}/{name}")


def history(root: Path) -> Iterator[Problem]:
    """Check the journal's chain, the audit log and the batches, in a store or an unpacked backup."""
    events = Journal(root).events()
    yield from chain(root)
    yield from audit_log(root)
    for name in condition(root).surplus:
        yield changed(f"{BATCHES}/{name}")
    yield from batches(root, events)
