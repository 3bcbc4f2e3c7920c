"""Commands about batches and snapshots: withdraw, batches, publish."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from board.commands import terminal
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _


def withdraw(
    batch: Annotated[int, typer.Argument(help=N_("批号", "help"))],
    reason: Annotated[str, typer.Option("--reason", help=N_("原因", "help"))],
    publishing: Annotated[
        bool, typer.Option("--publish/--no-publish", help=N_("随后发布", "help"))
    ] = True,
    store: Store = None,
) -> None:
    """Withdraw a batch with a reason, and publish without it."""
    from board import publish as publication
    from board.journal import Journal, acts
    from board.storage import prepare

    root = terminal.root(store, writes=True)
    if not reason.strip():
        terminal.stop(_("请说明撤回的原因（--reason）。"))
    prepare(root)
    if Journal(root).batch(batch) is None:
        terminal.stop(_("没有第{batch}批。", batch=batch))
    outcome = publication.withdraw(root, batch, reason.strip(), publishing=publishing)
    terminal.record(root, acts.Withdrawal(batch), reason.strip())
    terminal.out(_("第{batch}批已撤回。", batch=batch))
    if outcome.snapshot:
        terminal.out(_("已发布 {name}。", name=outcome.snapshot))
    if outcome.unpublished:
        raise outcome.unpublished


def batches(output: AsFormat = Format.TEXT, store: Store = None) -> None:
    """List every batch, withdrawn ones included."""
    from board.journal import Journal

    listed: list[dict[str, Any]] = [
        {
            "batch": batch.number,
            "recorded_at": batch.recorded_at,
            "entered_at": batch.entered_at,
            "back_dated": batch.back_dated,
            "state": batch.state,
            "kind": batch.kind,
            "files": list(batch.files),
            "rows": batch.rows,
            "unchanged": list(batch.unchanged),
            "month": batch.month or None,
            "note": batch.note,
            "reason": batch.reason,
        }
        for batch in Journal(terminal.root(store)).batches()
    ]
    if output is Format.JSON:
        terminal.out_json(listed)
        return
    states = {"live": _("有效"), "withdrawn": _("已撤回")}
    shown = [
        row
        | {
            "state": states[row["state"]],
            "files": "、".join(file["name"] for file in row["files"])
            or _(
                "{month} 无变动：{ledgers}", month=row["month"], ledgers="、".join(row["unchanged"])
            ),
            "rows": sum(row["rows"].values()),
            "note": row["reason"] or row["note"],
        }
        for row in listed
    ]
    headers = {
        "batch": _("批"), "recorded_at": _("记录时间"), "state": _("状态"), "rows": _("行数"),
        "files": _("文件"), "note": _("说明"),
    }  # fmt: skip
    terminal.table(shown, headers)


def publish(
    at: Annotated[str | None, typer.Option("--at", help=N_("按此时所知", "help"))] = None,
    store: Store = None,
) -> None:
    """Publish a snapshot of everything, or of what was recorded by the time `at`.

    It stays in use until the next publishing.
    """
    from board import publish as publication

    root = terminal.root(store, writes=True)
    name = publication.publish(root, terminal.time_of(at, end=True), waiting=terminal.waiting)
    terminal.out(_("已发布 {name}。", name=name))
