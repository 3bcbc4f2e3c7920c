"""Workbooks read in the process of the tests, where a test is not about the process that reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from board import workbook
from board.ledgers.fields.cell import Fault
from board.workbook.findings.fault import fault
from board.workbook.ledgers_of_file import read_into
from board.workbook.limits import Limits


def read_file_here(path: Path, name: str, out: Path, work: Path, limits: Limits) -> Fault | None:
    """Read a file as the child process does, without its limits of time and memory."""
    try:
        read_into(path, name, out, work, limits)
    except Exception as problem:
        return fault("file_unreadable", text=type(problem).__name__)
    return None


@contextmanager
def reading_here() -> Iterator[None]:
    """Read every workbook in this process: a process a workbook costs half a second each."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(workbook, "run_child", read_file_here)
        yield
