"""Commands about ledgers: sample, template, check, load, export."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from board.commands import terminal
from board.commands.answers import print_check, print_outcome
from board.commands.terminal import AsFormat, Format, Store
from board.i18n import N_, _

Files = Annotated[list[Path], typer.Argument(help=N_("台账文件", "help"))]
Out = Annotated[Path, typer.Option("--out", help=N_("文件夹", "help"))]
T = TypeVar("T")


def sample(
    out: Out,
    households: Annotated[int, typer.Option(min=1, help=N_("户数", "help"))] = 1000,
    months: Annotated[int, typer.Option(min=1, help=N_("月数", "help"))] = 36,
    seed: Annotated[int, typer.Option(help=N_("随机种子", "help"))] = 2023,
    store: Store = None,
) -> None:
    """Write the workbooks of an invented settlement."""
    from board import sample as settlement

    _folder(out)
    with terminal.progress() as progress:
        written = settlement.write(out, households, months, seed, progress)
    terminal.out(_("已写出 {count} 个文件到 {path}。", count=len(written), path=out))


def template(
    out: Out,
    ledger: Annotated[list[str] | None, typer.Argument(help=N_("台账", "help"))] = None,
    store: Store = None,
) -> None:
    """Write empty workbooks to fill in."""
    from board import plan_names
    from board import template as templates

    _folder(out)
    root = terminal.root(store)
    names, keepers = plan_names.lists(root), plan_names.keepers(root)
    for path in templates.write(_names(ledger or []), out, names, keepers):
        terminal.out(str(path))


def check(files: Files, output: AsFormat = Format.TEXT, store: Store = None) -> int:
    """Check workbooks together and against the store."""
    from board import intake

    root = terminal.root(store)
    with terminal.progress() as progress:
        checked = _usable(lambda: intake.check(files, root, progress))
    if output is Format.JSON:
        terminal.out_json(checked.as_dict())
    else:
        print_check(checked)
    return 1 if checked.refused else 0


def load(
    files: Annotated[
        list[Path], typer.Argument(help=N_("台账文件；用 --no-change 时是登记册的名字", "help"))
    ],
    note: Annotated[str, typer.Option("--note", help=N_("说明", "help"))] = "",
    at: Annotated[str | None, typer.Option("--at", help=N_("倒记为此时", "help"))] = None,
    no_publish: Annotated[bool, typer.Option("--no-publish", help=N_("暂不发布", "help"))] = False,
    again: Annotated[bool, typer.Option("--again", help=N_("重复入库", "help"))] = False,
    no_change: Annotated[
        bool, typer.Option("--no-change", help=N_("只记这些登记册当月无变动，不收文件", "help"))
    ] = False,
    month: Annotated[
        str | None, typer.Option("--month", help=N_("无变动的月份，如 2024-03", "help"))
    ] = None,
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> int:
    """Check workbooks and load them as one batch, or note that registers have not changed."""
    from board import intake
    from board.journal import acts

    root, when = terminal.root(store, writes=True), terminal.time_of(at)
    if no_change:
        return _no_change(
            [str(name) for name in files], month, root, note, when, not no_publish, output
        )
    if month is not None:
        terminal.stop(_("--month 只与 --no-change 一起用。"))
    with terminal.progress() as progress:
        outcome = _usable(
            lambda: intake.load(
                files, root, note, when, not no_publish, again, progress, terminal.waiting
            )
        )
    if outcome.batch and not outcome.already:
        terminal.record(root, acts.Load(outcome.batch))
    if output is Format.JSON:
        terminal.out_json(outcome.as_dict())
    else:
        print_check(outcome.check)
        print_outcome(outcome)
    if outcome.unpublished:
        terminal.note(f"{outcome.unpublished.message} [{outcome.unpublished.code}]")
    return 1 if outcome.check.refused or outcome.unpublished else 0


def _no_change(
    names: list[str],
    month: str | None,
    root: Path,
    note: str,
    when: str | None,
    publish: bool,
    output: Format,
) -> int:
    """Note that registers have not changed in a month."""
    from board import intake
    from board.journal import NO_CHANGE, acts
    from board.metrics import Period

    ledgers = list(dict.fromkeys(_names(names)))
    for name in ledgers:
        if name not in intake.registers():
            known = "、".join(intake.registers())
            terminal.stop(
                _(
                    "{name} 不是登记册，要报当期的行；能报无变动的：{known}。",
                    name=name,
                    known=known,
                )
            )
    try:
        if Period.parse(month or "").kind != "month":
            raise ValueError(month)
    except ValueError:
        terminal.stop(_("请用 --month 写明哪个月无变动，如 2024-03。"))
    outcome = intake.note_no_change(
        ledgers, month or "", root, note, when, publish, terminal.waiting
    )
    if outcome.batch and not outcome.already:
        terminal.record(root, acts.Load(outcome.batch))
    if output is Format.JSON:
        noted = {"kind": NO_CHANGE, "files": [], "unchanged": ledgers, "month": month}
        terminal.out_json(outcome.as_dict() | noted)
    else:
        print_outcome(outcome)
    if outcome.unpublished:
        terminal.note(f"{outcome.unpublished.message} [{outcome.unpublished.code}]")
    return 1 if outcome.unpublished else 0


class ExportFormat(StrEnum):
    """The file format of an export."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def export(
    ledger: Annotated[list[str] | None, typer.Argument(help=N_("台账", "help"))] = None,
    output: Annotated[
        ExportFormat, typer.Option("--format", help=N_("输出格式", "help"))
    ] = ExportFormat.JSON,
    out: Annotated[Path | None, typer.Option("--out", help=N_("文件", "help"))] = None,
    persons: Annotated[
        bool, typer.Option("--persons", help=N_("含个人信息，留痕", "help"))
    ] = False,
    store: Store = None,
) -> None:
    """Export the current rows of ledgers, each with its batch, file, sheet and row."""
    from board import export as exports

    root, names = terminal.root(store), _names(ledger or [])
    if out is None and (output is ExportFormat.XLSX or (output is ExportFormat.CSV and names[1:])):
        terminal.stop(_("请用 --out 指明写到哪里。"))
    if out is not None:
        terminal.require_folder(out)
    if out is not None and out.is_dir() and output is not ExportFormat.CSV:
        terminal.stop(_("{path} 是文件夹。", path=out))
    exports.export(root, names, output.value, out, persons=persons)


def _names(given: list[str]) -> list[str]:
    """The table names of ledgers given by table or sheet name; of all ledgers if none is given."""
    from board.ledgers import by_name, by_sheet

    tables = {name: name for name in by_name()} | {s: x.name for s, x in by_sheet().items()}
    for name in given:
        if name not in tables:
            message = N_("没有台账 {name}。{hint}")
            terminal.stop_unknown(message, name, tables, by_name())
    return [tables[name] for name in dict.fromkeys(given)] or list(by_name())


def _folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        terminal.stop(_("{path} 不是文件夹。", path=path))
    path.mkdir(parents=True, exist_ok=True)


def _usable(work: Callable[[], T]) -> T:
    """The result of `work`; wrong usage if one of its paths is not a file."""
    from board.intake import NoFileError

    try:
        return work()
    except NoFileError as error:
        if error.folder:
            terminal.stop(_("{path} 是文件夹，请给出文件。", path=error.path))
        terminal.stop(_("没有文件 {path}。", path=error.path))
