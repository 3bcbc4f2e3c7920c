"""What the board does once a process or once a file, done in the tests' process and once a file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from board import intake, store, workbook
from board.ledgers.fields.cell import Fault
from board.reference import Lists
from board.suppression import LEAST, decide
from board.suppression.families import Family, families
from board.suppression.groups import Groups
from board.workbook.findings.fault import fault
from board.workbook.ledgers_of_file import read_into
from board.workbook.limits import Limits
from tests.support import settlement


def read_file_here(
    path: Path, name: str, out: Path, work: Path, limits: Limits, lists: Lists, of_plan: bool
) -> Fault | None:
    """Read a file as the child process does, without its limits of time and memory."""
    try:
        read_into(path, name, out, work, limits, lists, of_plan)
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


@contextmanager
def equal_people_decided_once() -> Iterator[None]:
    """Decide once what to hide of equal people: most files of tests open the same town anew.

    The decision is a function of the people and their family alone; a test of suppression says so.
    One that takes long is kept for other processes, while the board's code stays the same.
    """
    known: dict[tuple[Any, ...], decide.Hidden] = {}
    work_out = decide.decide

    def decided(people: Groups, family: Family) -> decide.Hidden:
        counts, rows = people.counts, people.frame
        key = (
            family, LEAST[family.whom], people.months, counts.shape, counts.tobytes(),
            *rows.columns, *rows.rows(),
        )  # fmt: skip
        if key not in known:
            name = repr((family.people.name, *key[1:]))
            make = partial(work_out, people, family)
            known[key] = settlement.remembered(name, make) if family in families() else make()
        return known[key]

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(decide, "decide", decided)
        yield
