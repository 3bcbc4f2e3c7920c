"""Commands about ledgers: sample, template, check, load, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from board import storage
from board.commands import marking, terminal
from board.commands.answers import print_check, print_outcome
from board.commands.asking import load_or_ask
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
    prefilled: Annotated[
        bool, typer.Option("--prefilled", help=N_("照库里的内容预填，含个人信息，留痕", "help"))
    ] = False,
    month: Annotated[
        str | None, typer.Option("--month", help=N_("预填到哪个月，如 2025-01", "help"))
    ] = None,
    store: Store = None,
) -> None:
    """Write workbooks to fill in, empty or prefilled for a month."""
    from board import plan_names
    from board import template as templates

    if prefilled:
        _prefilled(_names(ledger or []), month, out, store)
        return
    if month is not None:
        terminal.stop(_("--month 只与 --prefilled 一起用。"))
    _folder(out)
    root = terminal.root(store)
    names, keepers = plan_names.lists(root), plan_names.keepers(root)
    for path in templates.write(_names(ledger or []), out, names, keepers):
        terminal.out(str(path))


def _prefilled(names: list[str], month: str | None, out: Path, store: Path | None) -> None:
    """Write the prefilled templates of ledgers for a month, each taking recorded."""
    from board import export as exports

    day = _month(month, _("请用 --month 写明预填到哪个月，如 2025-01。"))
    root = terminal.root(store)
    _folder(out)
    for name in names:
        made = exports.prefilled_for_terminal(root, name, day)
        storage.write_whole(out / made.name, made.content)
        terminal.out(str(out / made.name))
        if made.plain:
            terminal.note(_("{name} 没有可预填的，写的是空白模板。", name=made.name))


def _month(text: str | None, hint: str) -> date:
    """The first day of a month given as 2024-03; wrong usage, with a hint, if it is none."""
    from board.metrics import Period

    try:
        period = Period.parse(text or "")
    except ValueError:
        terminal.stop(hint)
    if period.kind != "month":
        terminal.stop(hint)
    return period.last_month


def check(
    files: Files,
    marked: Annotated[
        Path | None, typer.Option("--marked", help=N_("把问题标在原表的副本里", "help"))
    ] = None,
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> int:
    """Check workbooks together and against the store; with --marked also give them back marked."""
    from board import intake

    root = terminal.root(store)
    if marked is not None:
        marking.require_place(marked, files)
    with terminal.progress() as progress:
        checked = _usable(lambda: intake.check(files, root, progress))
    if output is not Format.JSON:
        print_check(checked)
    copies = {}
    if marked is not None:
        copies = {"marked": marking.write(marked, files, checked.findings, root)}
    if output is Format.JSON:
        terminal.out_json(checked.as_dict() | copies)
    return 1 if checked.refused else 0


def load(
    files: Annotated[
        list[Path],
        typer.Argument(help=N_("台账文件；用 --no-change、--confirm 时是台账的名字", "help")),
    ],
    note: Annotated[str, typer.Option("--note", help=N_("说明", "help"))] = "",
    at: Annotated[str | None, typer.Option("--at", help=N_("倒记为此时", "help"))] = None,
    no_publish: Annotated[bool, typer.Option("--no-publish", help=N_("暂不发布", "help"))] = False,
    again: Annotated[bool, typer.Option("--again", help=N_("重复入库", "help"))] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("比库里旧的文件也入库，不再问", "help"))
    ] = False,
    no_change: Annotated[
        bool, typer.Option("--no-change", help=N_("只记这些登记册当月无变动，不收文件", "help"))
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help=N_("只把这些台账的当月标为已核对，不收文件", "help"))
    ] = False,
    month: Annotated[
        str | None, typer.Option("--month", help=N_("无变动或已核对的月份，如 2024-03", "help"))
    ] = None,
    output: AsFormat = Format.TEXT,
    store: Store = None,
) -> int:
    """Check workbooks and load them as one batch, or say of a month: unchanged, or checked."""
    from board import intake
    from board.journal import acts

    root, when = terminal.root(store, writes=True), terminal.time_of(at)
    if no_change and confirm:
        terminal.stop(_("--no-change 和 --confirm 不能一起用。"))
    if confirm:
        return _confirm([str(name) for name in files], month, root, when, output)
    if no_change:
        return _no_change(
            [str(name) for name in files], month, root, note, when, not no_publish, output
        )
    if month is not None:
        terminal.stop(_("--month 只与 --no-change、--confirm 一起用。"))

    def attempt(even_older: bool) -> intake.Outcome:
        with terminal.progress() as progress:
            outcome = _usable(
                lambda: intake.load(
                    files, root, note, when, not no_publish, again, progress, terminal.waiting,
                    even_older=even_older,
                )
            )  # fmt: skip
        if outcome.batch and not outcome.already:
            terminal.record(root, acts.Load(outcome.batch))
        return outcome

    outcome = load_or_ask(attempt, yes, output)
    if outcome.unpublished:
        terminal.note(f"{outcome.unpublished.message} [{outcome.unpublished.code}]")
    return 1 if outcome.check.refused or outcome.declined or outcome.unpublished else 0


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
    _month(month, _("请用 --month 写明哪个月，如 2024-03。"))
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


def _confirm(
    names: list[str], month: str | None, root: Path, when: str | None, output: Format
) -> int:
    """Mark a month of ledgers as checked."""
    from board import intake
    from board.journal import acts
    from board.ledgers import by_name
    from board.store import open_store

    ledgers = list(dict.fromkeys(_names(names)))
    _month(month, _("请用 --month 写明哪个月，如 2024-03。"))
    intake.confirm(ledgers, month or "", root, open_store(root).snapshot(), when)
    terminal.record(root, acts.Confirmation(tuple(ledgers), month or ""))
    if output is Format.JSON:
        terminal.out_json({"kind": "已核对", "confirmed": ledgers, "month": month})
    else:
        titles = "、".join(str(by_name()[name].sheet_title()) for name in ledgers)
        terminal.out(_("{month} 已核对：{ledgers}。", month=month, ledgers=titles))
    return 0


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
