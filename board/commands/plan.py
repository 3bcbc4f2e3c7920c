"""Commands about plans: check, load, list, template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from board.commands import terminal
from board.commands.answers import answer_load, print_check
from board.commands.help import Command, Group
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False)

Of = Annotated[Path, typer.Argument(help=N_("方案的文件夹或工作簿", "help"))]
T = TypeVar("T")


@app.command("check", cls=Command, help=N_("核对一份方案，不入库", "help"))
def check(path: Of, output: AsFormat = Format.TEXT, store: Store = None) -> int:
    """Check a plan against itself and against the plans of the store."""
    from board.intake import plans

    checked = _usable(lambda: plans.check(path, terminal.root(store)))
    if output is Format.JSON:
        terminal.out_json(checked.as_dict())
    else:
        print_check(checked)
    return 1 if checked.refused else 0


@app.command("load", cls=Command, help=N_("核对一份方案并入库，随后发布", "help"))
def load(
    path: Of,
    note: Annotated[str, typer.Option("--note", help=N_("说明", "help"))] = "",
    at: Annotated[str | None, typer.Option("--at", help=N_("倒记为此时", "help"))] = None,
    no_publish: Annotated[bool, typer.Option("--no-publish", help=N_("暂不发布", "help"))] = False,
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> int:
    """Check a plan and load it as a batch; one with the same 方案编号 is replaced from then on."""
    from board.intake import plans

    root, when = terminal.root(store, writes=True), terminal.time_of(at)
    outcome = _usable(lambda: plans.load(path, root, note, when, not no_publish, terminal.waiting))
    return answer_load(root, outcome, output)


@app.command("list", cls=Command, help=N_("列出方案", "help"))
def listed(output: AsFormat = Format.TEXT, store: Store = None) -> None:
    """List every plan ever loaded, with its span, its batch and whether it is in force."""
    from board.publish import plans_listed

    listing: list[dict[str, Any]] = plans_listed(terminal.root(store))
    if output is Format.JSON:
        terminal.out_json(listing)
        return
    states = {
        "in_force": _("有效"), "replaced": _("已被替换"), "withdrawn": _("已撤回"),
        "shipped": _("随产品提供，尚未入库"),
    }  # fmt: skip
    shown = [row | {"state": states[row["state"]]} for row in listing]
    headers = {
        "plan": _("方案编号"), "title": _("名称"), "from": _("起"), "until": _("止"),
        "batch": _("批"), "state": _("状态"),
    }  # fmt: skip
    terminal.table(shown, headers)


@app.command("template", cls=Command, help=N_("生成空白方案工作簿", "help"))
def template(
    out: Annotated[Path, typer.Option("--out", help=N_("文件夹", "help"))], store: Store = None
) -> None:
    """Write an empty workbook with a sheet for each part of a plan."""
    from board import template as templates
    from board.ledgers.plan_sheets import SHEETS

    if out.exists() and not out.is_dir():
        terminal.stop(_("{path} 不是文件夹。", path=out))
    out.mkdir(parents=True, exist_ok=True)
    terminal.out(str(templates.write_sheets(SHEETS, out / "方案模板.xlsx")))


def _usable(work: Callable[[], T]) -> T:
    """The result of `work`; wrong usage if the path holds no plan."""
    from board.intake.plans import NoPlanFilesError

    try:
        return work()
    except NoPlanFilesError as error:
        terminal.stop(_("{path} 里没有方案的文件。", path=error.path))
