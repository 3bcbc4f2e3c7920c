"""The files of one call: each is copied into staging and hashed; equal files count once."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from board import storage
from board.findings import Finding, Severity
from board.i18n import N_, Message
from board.journal import Journal

LARGEST = 100 * 1024 * 1024


class NoFileError(Exception):
    """A path of the call that is not a file."""

    def __init__(self, path: Path, folder: bool) -> None:
        super().__init__(str(path))
        self.path, self.folder = path, folder


@dataclass(frozen=True)
class Incoming:
    """One file as received: its name in this load, its SHA-256, and the copy to read."""

    name: str
    sha256: str
    path: Path

    @property
    def stated(self) -> dict[str, str]:
        """The file's entry in the manifest and the journal."""
        return {"name": self.name, "sha256": self.sha256}


def incoming(files: Sequence[Path], received: Path) -> tuple[list[Incoming], list[Finding]]:
    """Copy the files into `received`, each content once; returns the copies and findings.

    Raises NoFileError where a path is not a file.
    """
    for path in files:
        if not path.exists() or not stat.S_ISREG(path.stat().st_mode):
            raise NoFileError(path, path.is_dir())
    received.mkdir(mode=0o700)
    distinct: dict[str, Incoming] = {}
    findings: list[Finding] = []
    for path in files:
        try:
            file = _received(path, received, {file.name for file in distinct.values()})
        except PermissionError:
            findings.append(_unreadable(path))
            continue
        if file.sha256 in distinct:
            findings.append(_same_content(path, distinct[file.sha256]))
            if file.path.is_relative_to(received):
                file.path.unlink()
            continue
        distinct[file.sha256] = file
    return list(distinct.values()), findings


def _received(path: Path, received: Path, names: set[str]) -> Incoming:
    """Copy a file under an unused name; a file too large to be read is not copied."""
    name = _unused_name(path.name.encode("utf-8", "replace").decode(), names)
    if path.stat().st_size > LARGEST:
        return Incoming(name, f"unread: {name}", path)
    copy = received / name
    with path.open("rb") as source, copy.open("wb") as target:
        shutil.copyfileobj(source, target, 1024 * 1024)
    return Incoming(name, storage.sha256(copy), copy)


def _unused_name(name: str, names: set[str]) -> str:
    """The name, with a number where another file of the call has the same name."""
    stem, suffix = os.path.splitext(name)
    candidates = (name, *(f"{stem}_{number}{suffix}" for number in range(2, len(names) + 3)))
    return next(candidate for candidate in candidates if candidate not in names)


def known_files(root: Path, files: Sequence[Incoming]) -> dict[str, int]:
    """SHA-256 → number of the newest live batch that contains the same file."""
    hashes = {file.sha256 for file in files}
    return {
        file["sha256"]: batch.number
        for batch in Journal(root).batches()
        if batch.state == "live"
        for file in batch.files
        if file["sha256"] in hashes
    }


def file_finding(file: str, rule: str, severity: Severity, message: Message) -> Finding:
    """A finding about a whole file."""
    return Finding(
        file=file, sheet=None, cell=None, ledger=None, column=None, rule=rule,
        severity=severity, found=None, expected=None, suggestion=None, message=message,
    )  # fmt: skip


def already_loaded(file: Incoming, batch: int) -> Finding:
    """The notice that a live batch contains this file."""
    return file_finding(
        file.name, "already_loaded", "notice",
        Message(N_("该文件已作为第{batch}批入库，本次不再重复。"), {"batch": batch}),
    )  # fmt: skip


def _same_content(path: Path, first: Incoming) -> Finding:
    return file_finding(
        path.name, "same_file_twice", "notice",
        Message(N_("与 {file} 内容完全相同，只读取一次。"), {"file": first.name}),
    )  # fmt: skip


def _unreadable(path: Path) -> Finding:
    message = Message(N_("没有权限读取该文件，请检查文件权限。"))
    return file_finding(path.name, "unreadable", "error", message)
