"""The commands of the command line: one function each, which imports what it needs when it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from board.commands import accounts, figures, history, keeping, ledgers, plan, retain
from board.commands.help import Command, Group
from board.i18n import N_

app = typer.Typer(
    cls=Group,
    help=N_("安置点后续扶持看板：台账进，看板出。", "help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, tuple[Callable[..., Any], str]] = {
    "sample": (ledgers.sample, N_("生成示例安置点的台账", "help")),
    "template": (ledgers.template, N_("生成空白台账模板", "help")),
    "check": (ledgers.check, N_("核对台账，不入库", "help")),
    "load": (ledgers.load, N_("核对并入库，随后发布", "help")),
    "withdraw": (history.withdraw, N_("撤回一批并说明原因", "help")),
    "batches": (history.batches, N_("列出各批", "help")),
    "publish": (history.publish, N_("发布快照，可按某时所知", "help")),
    "verify": (keeping.verify, N_("验证日志、各批、快照、查看记录和账号", "help")),
    "repair": (keeping.repair, N_("处理损坏的库：移开、认可，不删", "help")),
    "backup": (keeping.backup, N_("备份到一个文件", "help")),
    "restore": (keeping.restore, N_("从备份恢复到空库", "help")),
    "retain": (retain.retain, N_("清除到期的原始文件和个人信息", "help")),
    "metrics": (figures.metrics, N_("读指标", "help")),
    "measures": (figures.measures, N_("读各项举措的状态", "help")),
    "rows": (figures.rows, N_("列出一个指标背后的行", "help")),
    "export": (ledgers.export, N_("导出现行台账行", "help")),
    "looks": (keeping.looks, N_("列出查看与导出记录", "help")),
    "site": (keeping.site, N_("核对平面图，并换成它", "help")),
}
for name, (command, purpose) in COMMANDS.items():
    app.command(name, cls=Command, help=purpose)(command)
app.add_typer(plan.app, name="plan", help=N_("方案：核对、入库、列出、模板", "help"))
app.add_typer(accounts.app, name="accounts", help=N_("账号：建、改、停用", "help"))
