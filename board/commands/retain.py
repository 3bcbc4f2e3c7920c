"""The command that removes data older than a retention term: retain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from board.commands import terminal
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.retain import Removal

LEAST_REASON = 4


def retain(
    before: Annotated[str, typer.Option("--before", help=N_("早于此日（北京时间）", "help"))],
    reason: Annotated[str, typer.Option("--reason", help=N_("原因，至少 4 个字", "help"))],
    do: Annotated[bool, typer.Option("--do", help=N_("真的清除", "help"))] = False,
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> None:
    """List what is older than a term: received workbooks, and persons no later one names.

    With --do, remove it for good. Figures, hashes, the journal and the audit log stay.
    """
    from board import publish
    from board import retain as term
    from board.journal import acts, removal_pending

    day, why = _past_day(before), " ".join(reason.split())
    if len(why) < LEAST_REASON:
        terminal.stop(_("请说明清除的原因（--reason），至少{n}个字。", n=LEAST_REASON))
    root, name, done = terminal.root(store, writes=True), None, False
    if do:
        removal = term.retain(root, day, why, terminal.waiting)
        # It may have finished an interrupted removal; the snapshot still holds the removed data.
        done = removal_pending(root)
    else:
        removal = term.removal(root, day)
    if done:
        terminal.record(root, acts.Retention(str(day)), why)
        used = publish.current(root)
        name = publish.publish(root, used.at if used else None, waiting=terminal.waiting)
    if output is Format.JSON:
        terminal.out_json({"done": done, "snapshot": name, **removal.as_dict})
    else:
        _print_removal(removal, done)
    if done:
        terminal.note(_("以前的备份里还有这些内容，须由保管人自行销毁。"))


def _past_day(text: str) -> date:
    """A day given as 2024-03-05; wrong usage if it is after today in the settlement's time zone."""
    from board.storage import today

    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        terminal.stop(_("看不懂日期 {text}，请写成 2024-03-05。", text=text))
    if day > today():
        terminal.stop(_("{text} 还没有到，请给出今天或以前的日期。", text=text))
    return day


def _print_removal(removal: Removal, done: bool) -> None:
    """Print one line for each file, then the totals, and whether the removal was done."""
    for change in removal.changes:
        path = change.as_dict["file"]
        if change.rows is None:
            terminal.out(_("删除 {path}（{bytes} 字节）", path=path, bytes=change.size))
        else:
            terminal.out(_("改写 {path}：{rows} 行去掉个人信息", path=path, rows=change.cut))
    if not removal.changes:
        terminal.out(_("没有到期的内容。"))
        return
    counts = removal.counts
    terminal.out(
        _(
            "共{persons}人、{households}户的个人信息，原始文件 {bytes} 字节。",
            persons=counts["persons"],
            households=counts["households"],
            bytes=counts["bytes"],
        )
    )
    if done:
        terminal.out(_("已清除；数字、校验值和记录不变。"))
    else:
        terminal.out(_("以上只是列出，什么都没有动；确认后加 --do 清除，清除后不能恢复。"))
