"""Checked files given back as workbooks with their findings marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from board import storage, workbook
from board.findings import Finding
from board.intake.incoming import incoming
from board.workbook import Limits

SUFFIX = "-已标注"


@dataclass(frozen=True)
class MarkedCopy:
    """A marked workbook: the name of the `file` that was checked, the copy's `name` and content."""

    file: str
    name: str
    content: bytes


def marked_copies(
    files: Sequence[Path], findings: Sequence[Finding], root: Path, limits: Limits | None = None
) -> list[MarkedCopy]:
    """A marked copy of each of the files with a finding; the others have nothing to mark.

    `findings` are those of a check of the same files, as far as the reader may see them: nothing
    else is written into a copy. Raises NoFileError where a path is not a file, and RefusedError
    where the disk is full.
    """
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.staging(root) as work:
        received, _ = incoming(files, work / "received")
        copies = []
        for number, file in enumerate(received):
            out = work / f"{number}.xlsx"
            if workbook.mark(file.path, out, file.name, findings, limits):
                copies.append(MarkedCopy(file.name, marked_name(file.name), out.read_bytes()))
        return copies


def marked_name(name: str) -> str:
    """The name of the marked copy of a file: 户台账.xls → 户台账-已标注.xlsx."""
    return f"{PurePath(name).stem.removesuffix(SUFFIX)}{SUFFIX}.xlsx"
