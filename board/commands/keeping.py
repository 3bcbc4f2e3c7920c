"""Commands that keep the store safe: verify, repair, backup, restore."""

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
    """How the record of looks is given."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


def verify(output: AsFormat = Format.TEXT, store: Store = None) -> int:
    """Verify the hash chain, the batches, and that the snapshot equals a rebuild."""
    from board import publish

    found = publish.verify(terminal.root(store, sound=False))
    errors = [problem for problem in found if problem.severity == "error"]
    if output is Format.JSON:
        terminal.out_json({"ok": not errors, "problems": [problem.as_dict() for problem in found]})
    else:
        for problem in found:
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
    """List what would be moved aside and acknowledged in a damaged store; with --do do it."""
    from board import repair as repairing
    from board import storage
    from board.journal import acts, condition

    root = terminal.root(store, sound=False)
    if do and not reason.strip():
        terminal.wrong(_("请说明原因（--reason）。"))
    steps = repairing.plan(root)
    if do and steps:
        steps = repairing.repair(root, reason.strip(), storage.account())
        terminal.on_record(root, acts.Repair(len(steps)), reason.strip())
    left = condition(root).damages if root.is_dir() else ()
    if output is Format.JSON:
        terminal.out_json({"done": do and bool(steps), "steps": [one.as_dict() for one in steps]})
    else:
        for step in steps:
            terminal.out(_step(step))
        if not steps and not left:
            terminal.out(_("没有要处理的。"))
        elif steps and not do:
            terminal.note(_("以上只是列出。要做的话：python -m board repair --do --reason 原因"))
    for damage in left:
        terminal.note(str(damage.message))
    return 1 if left else 0


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
    """List who looked at what, who took what away, when and why; oldest first."""
    from dataclasses import asdict

    from board.journal import AuditLog

    root = terminal.root(store)
    if output is LooksFormat.XLSX:
        _taken(root, out)
        return 0
    record = AuditLog(root)
    found = [{**asdict(look), "what": look.phrase} for look in record.all()]
    if output is LooksFormat.JSON:
        terminal.out_json(found)
    else:
        headers = {
            "seq": _("序号"), "at": _("时间（UTC）"), "who": _("谁"), "role": _("身份"),
            "kind": _("做了什么"), "what": _("看了什么"), "why": _("原因"),
        }  # fmt: skip
        terminal.table(found, headers)
    if broken := record.verify():
        terminal.note(_("■ 记录从第 {row} 行起接不上，可能被改动或缺了行", row=broken.split()[-1]))
    return 1 if broken else 0


def _taken(root: Path, out: Path | None) -> None:
    """The record as a workbook, which is an export like any other."""
    from board import export, storage
    from board.journal import AuditLog, acts

    if out is None:
        terminal.wrong(_("请用 --out 指明写到哪里。"))
    if not out.absolute().parent.is_dir():
        terminal.wrong(_("没有文件夹 {path}。", path=out.absolute().parent))
    storage.prepare(root)
    AuditLog(root).record(storage.account(), "terminal", acts.LooksExport())
    storage.write_whole(out, export.looks_workbook(root))


def backup(
    file: Annotated[Path, typer.Argument(help=N_("备份文件", "help"))], store: Store = None
) -> None:
    """Write the whole store into one file; it holds personal data and the key."""
    from board import backup as keeping
    from board.journal import acts

    if not file.absolute().parent.is_dir():
        terminal.wrong(_("没有文件夹 {path}。", path=file.absolute().parent))
    root = terminal.root(store, writes=True)
    about = keeping.backup(root, file)
    terminal.on_record(root, acts.Backup())
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
        terminal.wrong(_("没有文件 {path}。", path=file))
    root = terminal.root(store, writes=True)
    about = keeping.restore(root, file)
    terminal.on_record(root, acts.Restore())
    terminal.out(_("已恢复 {count} 批。", count=about["batches"]))


def site(
    file: Annotated[Path | None, typer.Argument(help=N_("平面图", "help"))] = None,
    store: Store = None,
) -> int:
    """Check a site plan and put it in place of the one in use; without a file check that one."""
    from board import reference, storage

    root = terminal.root(store, writes=True)
    if file is not None and not file.is_file():
        terminal.wrong(_("没有文件 {path}。", path=file))
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
