"""What the board does once a process or once a file, done in the tests' process and once a file of tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from board import intake, store, workbook
from board.ledgers.fields.cell import Fault
from board.workbook.child import TASKS
from board.workbook.findings.fault import fault
from board.workbook.limits import Limits


def read_file_here(request: Mapping[str, Any], work: Path, limits: Limits) -> Fault | None:
    """Read or mark a file as the child process does, without its limits of time and memory."""
    try:
        TASKS[request["task"]](dict(request), Path(request["path"]), limits)
    except Exception as problem:
        return fault("file_unreadable", text=type(problem).__name__)
    return None


@contextmanager
def reading_here() -> Iterator[None]:
    """Read every workbook in this process: a process a workbook costs half a second each."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(workbook, "run_child", read_file_here)
        yield


@contextmanager
def stores_kept_open() -> Iterator[None]:
    """Open each store once, as a server does: a command alone reads every metric's history anew."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(store, "open_store", cache(store.open_store))
        yield


@contextmanager
def loads_not_proven() -> Iterator[None]:
    """Store loads without building a snapshot for each: the caller publishes after the last.

    That a load which can't be published is refused has tests of its own.
    """
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(intake, "load", partial(intake.load, proven=False))
        yield
