"""What the command line can do, one function a command; each imports what it needs when it runs."""

from __future__ import annotations

import typer

from board.commands import accounts, figures, history, keeping, ledgers, retain

app = typer.Typer(
    help="幸福小镇后续扶持看板：台账进，看板出。· From workbooks to the board.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("sample", help="生成示例安置点的台账 · Write the invented settlement's workbooks")(
    ledgers.sample
)
app.command("template", help="生成空白台账模板 · Write empty workbooks to fill in")(
    ledgers.template
)
app.command("check", help="核对台账，不入库 · Check workbooks, store nothing")(ledgers.check)
app.command("load", help="核对并入库，随后发布 · Check workbooks, keep them as one batch, publish")(
    ledgers.load
)
app.command("withdraw", help="撤回一批并说明原因 · Take a batch out, with a reason")(
    history.withdraw
)
app.command("batches", help="列出各批 · List the batches")(history.batches)
app.command("publish", help="发布快照，可按某时所知 · Publish, or publish as known at a time")(
    history.publish
)
app.command(
    "verify",
    help="验证日志、各批、快照、查看记录和账号 · Verify all that is stored, change nothing",
)(keeping.verify)
app.command(
    "repair", help="处理损坏的库：移开、认可，不删 · Move aside and acknowledge, delete nothing"
)(keeping.repair)
app.command("backup", help="备份到一个文件 · Back up into one file")(keeping.backup)
app.command("restore", help="从备份恢复到空库 · Restore a backup into an empty store")(
    keeping.restore
)
app.command(
    "retain", help="清除到期的原始文件和个人信息 · Remove received files and persons past a term"
)(retain.retain)
app.command("metrics", help="读指标 · Read metrics")(figures.metrics)
app.command("rows", help="列出一个指标背后的行 · List the rows behind a metric")(figures.rows)
app.command("export", help="导出现行台账行 · Export the rows in force")(ledgers.export)
app.command("looks", help="列出查看与导出记录 · List who looked at what")(keeping.looks)
app.command("site", help="核对平面图，并换成它 · Check a site plan and put it to use")(keeping.site)

app.add_typer(
    accounts.app, name="accounts", help="账号：建、改、停用 · Accounts: make, change, disable"
)
