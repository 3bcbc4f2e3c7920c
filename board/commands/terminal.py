"""Input and output of the command line: results go to stdout, all else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from board import storage
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.journal import Act

Store = Annotated[Path | None, typer.Option("--store", help=N_("库的位置", "help"))]


class Format(StrEnum):
    """The output format of a command."""

    TEXT = "text"
    JSON = "json"


AsFormat = Annotated[Format, typer.Option("--format", help=N_("输出格式", "help"))]


class WrongUsageError(Exception):
    """The command was called with wrong arguments; it ends with exit code 2."""


def root(store: Path | None, *, writes: bool = False, sound: bool = True) -> Path:
    """The folder of the store that a command works on; wrong usage if it is a file.

    RefusedError if the store is damaged; commands for damaged stores set `sound` to False. With
    `writes`, folders that an interrupted load left behind are set aside first.
    """
    place = store or storage.default_root()
    if place.exists() and not place.is_dir():
        stop(_("{path} 不是文件夹，不能作为库。", path=place))
    if kind := storage.dishonest_filesystem(place):
        note(_("警告：{path} 在 {kind} 上，断电时不能保证数据完整。", path=place, kind=kind))
    if sound:
        _require_sound(place, writes)
    return place


def _require_sound(place: Path, writes: bool) -> None:
    from board.journal import Journal, require_sound

    if require_sound(place).state == "interrupted" and writes:
        with storage.writing(place, "recover", waiting):
            Journal(place).recover(_set_aside)


def _set_aside(name: str) -> None:
    """Print that a folder, left behind by an interrupted load or restore, was set aside."""
    note(_("上一次写入没有完成：文件夹 {name} 没有日志记录，已移到 {aside}。",
           name=f"{storage.BATCHES}/{name}", aside=storage.ASIDE))  # fmt: skip


def stop(message: str) -> NoReturn:
    """Stop the command because of wrong usage."""
    raise WrongUsageError(message)


def stop_unknown(message: str, name: str, known: Iterable[str], listed: Iterable[str]) -> NoReturn:
    """Stop because a name is not known; `message` has the gaps `{name}` and `{hint}`.

    The hint is the most similar one of the `known` names, or all `listed` names.
    """
    near = get_close_matches(name, known, 1)
    hint = _("是不是 {name}？", name=near[0]) if near else "、".join(listed)
    stop(_(message, name=name, hint=hint))


def require_folder(file: Path) -> None:
    """Stop if the folder that a file is to be written into does not exist."""
    folder = file.absolute().parent
    if not folder.is_dir():
        stop(_("没有文件夹 {path}。", path=folder))


def out(text: str) -> None:
    """Print a line of the result, to stdout."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print a line for the person at the terminal, to stderr."""
    sys.stderr.write(text + "\n")


def record(root: Path, act: Act, why: str = "") -> None:
    """Write an audit entry of what the operating system's user did at a terminal."""
    from board.journal import AuditLog
    from board.publish import words_struck

    AuditLog(root).record(storage.account(), "terminal", act, words_struck(root, why))


def out_json(value: Any) -> None:
    """Print the result as JSON, to stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_json_value)
    sys.stdout.write("\n")


def _json_value(value: Any) -> Any:
    """The JSON value of a type JSON lacks: a day is the text 2024-03-05, a decimal a number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def waiting(holder: storage.Holder | None) -> None:
    """Print which process the command waits for."""
    if holder is None:
        note(_("另一个进程正在写入，稍候……"))
    else:
        note(_("进程 {pid}（{doing}）正在写入，稍候……", pid=holder.pid, doing=holder.doing))


def time_of(text: str | None, *, end: bool = False) -> str | None:
    """A time given on the command line, in the journal's form; wrong usage if it is no time.

    A day alone means its first second, with `end` its last.
    """
    from board.journal import moment

    if text is None:
        return None
    try:
        return moment(text, end=end)
    except ValueError:
        stop(_("看不懂时间 {text}，请写成 2024-03-05 或 2024-03-05T09:00:00。", text=text))


def table(rows: Sequence[dict[str, Any]], headers: dict[str, str]) -> None:
    """Print rows in columns; if stdout is not a terminal, as tab-separated lines with a header."""
    if not sys.stdout.isatty():
        out("\t".join(headers.values()))
        for row in rows:
            out("\t".join(_plain(row.get(name)) for name in headers))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for header in headers.values():
        drawn.add_column(header)
    for row in rows:
        drawn.add_row(*(escape(_plain(row.get(name))) for name in headers))
    Console().print(drawn)


def _plain(value: Any) -> str:
    """A value as text on one line; empty for None."""
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar if stderr is a terminal. Call what it yields with `(step, done, total)`."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(
            task, description=_(step), completed=done, total=total or None
        )


@contextmanager
def closing_quietly() -> Iterator[None]:
    """Print nothing where a file can't be closed on a full disk: `report_error` says that it is.

    Python prints a traceback for an error in a destructor, such as that of a half-written workbook.
    """
    printed = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if not isinstance(unraisable.exc_value, OSError):
            printed(unraisable)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = printed


def report_error(error: BaseException) -> int:
    """Print in one line why the command stopped, and return its exit code."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, WrongUsageError | typer.TyperException):
        message = error.format_message() if isinstance(error, typer.TyperException) else str(error)
        if message:
            note(_("用法不对：{message}", message=message))
        return 2
    if isinstance(error, storage.RefusedError):
        note(f"{error.message} [{error.code}]")
        return 1
    if isinstance(error, BrokenPipeError):
        sys.stdout = None
        return 0
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        note(_("已中断。"))
        return 130
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    return _unexpected(error)


def _unexpected(error: BaseException) -> int:
    """Print type and place of an unexpected error, not its text: that may hold personal data."""
    if isinstance(error, PermissionError):
        note(_("没有权限读写 {path}。", path=error.filename or ""))
        return 1
    if fault := storage.disk_fault(error):
        return report_error(fault)
    place, trace = "?", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent.name == "board" or "board" in {p.name for p in file.parents}:
            place = f"{file.stem}:{trace.tb_lineno}"
        trace = trace.tb_next
    note(_("出现意外错误，没有完成 [{kind} {place}]。", kind=type(error).__name__, place=place))
    return 1
