"""Commands that maintain the store: verify, repair, looks, backup, restore, site."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from board.commands import terminal
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.repair import Step


class LooksFormat(StrEnum):
    """The output format of the audit log."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


def verify(output: AsFormat = Format.TEXT, store: Store = None) -> int:
    """Verify the hash chains, the batches, the accounts, and that the snapshot equals a rebuild."""
    from board import publish

    problems = publish.verify(terminal.root(store, sound=False))
    errors = [problem for problem in problems if problem.severity == "error"]
    if output is Format.JSON:
        listing = [problem.as_dict() for problem in problems]
        terminal.out_json({"ok": not errors, "problems": listing})
    else:
        for problem in problems:
            terminal.out(f"{problem.message} [{problem.code}]")
        if not errors:
            terminal.out(_("日志、各批、快照、查看记录和账号都完好。"))
    return 1 if errors else 0


def repair(
    do: Annotated[bool, typer.Option("--do", help=N_("真的去做", "help"))] = False,
    reason: Annotated[str, typer.Option("--reason", help=N_("原因", "help"))] = "",
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> int:
    """List what must be set aside and acknowledged in a damaged store; with --do, do it."""
    from board import repair as repairing
    from board import storage
    from board.journal import acts, condition

    root = terminal.root(store, sound=False)
    if do and not reason.strip():
        terminal.stop(_("请说明原因（--reason）。"))
    steps = repairing.plan(root)
    if do and steps:
        steps = repairing.repair(root, reason.strip(), storage.account())
        terminal.record(root, acts.Repair(len(steps)), reason.strip())
    remaining = condition(root).damages if root.is_dir() else ()
    if output is Format.JSON:
        listing = [step.as_dict() for step in steps]
        terminal.out_json({"done": do and bool(steps), "steps": listing})
    else:
        for step in steps:
            terminal.out(_step(step))
        if not steps and not remaining:
            terminal.out(_("没有要处理的。"))
        elif steps and not do:
            terminal.note(_("以上只是列出。要做的话：python -m board repair --do --reason 原因"))
    for damage in remaining:
        terminal.note(str(damage.message))
    return 1 if remaining else 0


def _step(step: Step) -> str:
    gaps = {"what": step.what, "to": step.to, "why": step.why}
    if step.do == "set_aside":
        return _("移开 {what} → {to}：{why}", **gaps)
    if step.do == "withdraw":
        return _("撤回 {what}：{why}", **gaps)
    return _("认可 {what}：{why}", **gaps)


def looks(
    output: Annotated[
        LooksFormat, typer.Option("--format", help=N_("输出格式", "help"))
    ] = LooksFormat.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help=N_("文件", "help"))] = None,
    store: Store = None,
) -> int:
    """List the audit log, oldest first: who viewed or exported what, when and why."""
    from dataclasses import asdict

    from board.journal import AuditLog

    root = terminal.root(store)
    if output is LooksFormat.XLSX:
        _write_workbook(root, out)
        return 0
    log = AuditLog(root)
    entries = [{**asdict(entry), "what": entry.phrase} for entry in log.all()]
    if output is LooksFormat.JSON:
        terminal.out_json(entries)
    else:
        headers = {
            "seq": _("序号"), "at": _("时间（UTC）"), "who": _("谁"), "role": _("身份"),
            "kind": _("做了什么"), "what": _("看了什么"), "why": _("原因"),
        }  # fmt: skip
        terminal.table(entries, headers)
    if broken := log.verify():
        terminal.note(_("■ 记录从第 {row} 行起接不上，可能被改动或缺了行", row=broken.split()[-1]))
    return 1 if broken else 0


def _write_workbook(root: Path, out: Path | None) -> None:
    """Write the audit log as a workbook; like every export it gets an audit entry."""
    from board import export, storage
    from board.journal import AuditLog, acts

    if out is None:
        terminal.stop(_("请用 --out 指明写到哪里。"))
    terminal.require_folder(out)
    storage.prepare(root)
    AuditLog(root).record(storage.account(), "terminal", acts.LooksExport())
    storage.write_whole(out, export.looks_workbook(root))


def backup(
    file: Annotated[Path, typer.Argument(help=N_("备份文件", "help"))], store: Store = None
) -> None:
    """Write the whole store into one file, which holds personal data and the key."""
    from board import backup as keeping
    from board.journal import acts

    terminal.require_folder(file)
    root = terminal.root(store, writes=True)
    keeping.require_possible(root, file)
    terminal.record(root, acts.Backup())
    about = keeping.backup(root, file)
    terminal.out(_("已备份 {count} 批到 {file}。", count=about["batches"], file=file))
    terminal.out(
        _(
            "查看与导出记录共 {n} 条，末条校验值 {head}，请抄在别处。",
            n=about["looks"],
            head=about["head"],
        )
    )
    terminal.note(_("备份含个人信息和密钥，请妥善保管。"))


def restore(
    file: Annotated[Path, typer.Argument(help=N_("备份文件", "help"))], store: Store = None
) -> None:
    """Fill an empty store from a backup and publish it."""
    from board import backup as keeping
    from board.journal import acts

    if not file.is_file():
        terminal.stop(_("没有文件 {path}。", path=file))
    root = terminal.root(store, writes=True)
    about = keeping.restore(root, file)
    terminal.record(root, acts.Restore())
    terminal.out(_("已恢复 {count} 批。", count=about["batches"]))


def site(
    file: Annotated[Path | None, typer.Argument(help=N_("平面图", "help"))] = None,
    store: Store = None,
) -> int:
    """Check a site plan and replace the one in use; without a file, check the one in use."""
    from board import reference, storage

    root = terminal.root(store, writes=True)
    if file is not None and not file.is_file():
        terminal.stop(_("没有文件 {path}。", path=file))
    try:
        plan = reference.site_of(file or reference.site_file(root))
    except reference.SiteError as error:
        terminal.out(error.message)
        return 1
    if file is not None:
        storage.prepare(root)
        storage.write_whole(root / reference.SITE, file.read_bytes())
    terminal.out(_("平面图可用：{n} 个要素。", n=len(plan["features"])))
    return 0
