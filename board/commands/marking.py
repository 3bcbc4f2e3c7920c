"""Write the marked copies of checked workbooks: `check FILE… --marked OUT`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from board import storage
from board.commands import terminal
from board.i18n import _

if TYPE_CHECKING:
    from board.findings import Finding


def require_place(out: Path, files: Sequence[Path]) -> None:
    """Stop with wrong usage where `out` can't take the marked copies, or is one of the files.

    For several files `out` is a folder; for one it is a folder that exists, or a .xlsx to write.
    """
    if len(files) > 1 or out.is_dir():
        if out.exists() and not out.is_dir():
            terminal.stop(_("{path} 不是文件夹。", path=out))
        return
    if out.suffix.lower() != ".xlsx":
        terminal.stop(
            _("标注的副本是 .xlsx：请把 {path} 改成 .xlsx 结尾，或给一个文件夹。", path=out)
        )
    terminal.require_folder(out)
    if _is_one_of(out, files):
        terminal.stop(_("{path} 是要核对的文件，不能写在它上面。", path=out))


def write(
    out: Path, files: Sequence[Path], findings: Sequence[Finding], root: Path
) -> list[dict[str, str]]:
    """Write the copies and say where; returns the name of each file and the path of its copy."""
    from board import intake

    copies = intake.marked_copies(files, findings, root)
    in_folder = len(files) > 1 or out.is_dir()
    if in_folder:
        out.mkdir(parents=True, exist_ok=True)
    written = []
    for copy in copies:
        path = _unused(out / copy.name) if in_folder else out
        storage.write_whole(path, copy.content)
        written.append({"file": copy.file, "marked": str(path)})
        terminal.note(_("{file}：已标注，写在 {path}。", file=copy.file, path=path))
    if not copies:
        terminal.note(_("没有问题，没有可标注的，没有写出文件。"))
    return written


def _is_one_of(path: Path, files: Sequence[Path]) -> bool:
    return path.exists() and any(file.exists() and os.path.samefile(path, file) for file in files)


def _unused(path: Path) -> Path:
    """The path, with a number where a file has its name: nothing in a folder is overwritten."""
    number = 2
    unused = path
    while unused.exists():
        unused = path.with_stem(f"{path.stem}_{number}")
        number += 1
    return unused
