"""Change what is stored: a journal row is written only once the snapshot it leads to is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from board import storage
from board.i18n import N_
from board.journal import Event, Journal, Proof
from board.publish.build import Basis, build
from board.publish.in_use import Current, prepared, put_in_use
from board.storage import RefusedError
from board.store import QUERIES


@dataclass(frozen=True)
class Change:
    """A change that is kept: its batch, and the snapshot put in use or why none could be.

    Without both, nobody asked for it to be published.
    """

    batch: int
    snapshot: str | None = None
    unpublished: RefusedError | None = None


class UnpublishableError(RefusedError):
    """The store with this change could not be published, so the change is not kept."""


def commit(
    root: Path,
    staging: Path,
    manifest: dict[str, Any],
    at: str | None = None,
    *,
    publishing: bool = True,
    queries: Path = QUERIES,
) -> Change:
    """Make a batch of a staging folder, as `Journal.commit` does, and put its snapshot in use.

    Raises UnpublishableError, and keeps nothing, where no snapshot can be built with it.
    """
    journal = Journal(root)

    def write(prove: Proof) -> int:
        return journal.commit(staging, manifest, at, prove=prove)

    return _changed(root, "load", write, publishing, queries, staging)


def withdraw(
    root: Path,
    number: int,
    reason: str,
    at: str | None = None,
    *,
    publishing: bool = True,
    queries: Path = QUERIES,
) -> Change:
    """Take a batch out with a reason and put the snapshot without it in use.

    Raises UnpublishableError where the store could be published with the batch and
    could not be without it.
    """
    journal = Journal(root)

    def write(prove: Proof) -> int:
        return journal.withdraw(number, reason, at, prove).number

    return _changed(root, "withdraw", write, publishing, queries)


def _changed(
    root: Path,
    doing: str,
    write: Callable[[Proof], int],
    publishing: bool,
    queries: Path,
    staged: Path | None = None,
) -> Change:
    """Have `write` write its row once its snapshot lies in staging; then put that one in use."""
    with storage.writing(root, doing), storage.staging(root) as work:
        Journal(root).require_unbroken()
        ready: list[Current] = []

        def prove(events: list[Event]) -> None:
            *past, now = _states(events, queries, staged)
            for basis in past:
                kind = unbuildable(root, basis, queries)
                if kind and not unbuildable(root, _before(basis), queries):
                    raise _refused(doing, kind)
            try:
                ready.append(prepared(root, now, work, queries))
            except Exception as error:
                kind = _kind(error)
                if doing == "load" or not unbuildable(root, _before(now), queries):
                    raise _refused(doing, kind) from None

        batch = write(prove)
        if not publishing:
            return Change(batch)
        try:
            return Change(batch, put_in_use(root, work, ready[0]))
        except (OSError, IndexError):
            return Change(batch, None, KEPT)


def _states(events: list[Event], queries: Path, staged: Path | None) -> list[Basis]:
    """What the store is with the last row, as known at each time from that row's on; now last.

    More than one where a load is back-dated to before a withdrawal: what was known between
    the two is then a store of its own, which `publish --at` and the pages' `at` show.
    """
    new = events[-1]
    times = sorted({e.recorded_at for e in events if e.recorded_at >= new.recorded_at})
    return [Basis.of(events, at, queries, staged) for at in (*times[:-1], None)]


def _before(basis: Basis) -> Basis:
    """The same without its last row."""
    return replace(basis, events=basis.events[:-1], staged=None)


def unbuildable(root: Path, basis: Basis, queries: Path = QUERIES) -> str | None:
    """The kind of error with which a snapshot can't be built; nothing where it can."""
    with storage.staging(root) as work:
        try:
            build(root, basis, work, queries)
        except Exception as error:
            return _kind(error)
    return None


def _kind(error: Exception) -> str:
    """An error's kind: its text may hold a person's name or ID. A full disk is said as one."""
    if storage.no_room(error):
        raise storage.FULL from None
    return error.code if isinstance(error, RefusedError) else type(error).__name__


def _refused(doing: str, kind: str) -> UnpublishableError:
    text = N_("收入后无法发布（{kind}），所以没有入库，原快照继续使用。")
    if doing == "withdraw":
        text = N_("撤回后无法发布（{kind}），所以没有撤回，原快照继续使用。")
    return UnpublishableError("unpublishable", text, kind=kind)


KEPT = RefusedError(
    "kept_unpublished", N_("已经保存，但新快照没有启用，原快照继续使用。请运行 publish。")
)
