"""Add and withdraw batches: build the new snapshot first, then write the journal row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from board import storage
from board.i18n import N_
from board.journal import Draft, Event, Journal, Proof
from board.publish.build import Basis, build
from board.publish.hidings import of_rows
from board.publish.in_use import Current, prepared, put_in_use
from board.publish.plans import ADOPTED, has_plan, stage_shipped
from board.publish.struck import words_struck
from board.storage import RefusedError
from board.store import QUERIES


@dataclass(frozen=True)
class Change:
    """A stored change: its batch, and the snapshot put in use or why that failed.

    `snapshot` and `unpublished` are both null where the change was not to be published.
    """

    batch: int
    snapshot: str | None = None
    unpublished: RefusedError | None = None


class UnpublishableError(RefusedError):
    """The store can't be published with this change, so the change is not stored."""


def commit(
    root: Path,
    staging: Path,
    manifest: dict[str, Any],
    at: str | None = None,
    *,
    publishing: bool = True,
    adopting: bool = False,
    queries: Path = QUERIES,
) -> Change:
    """Store a staging folder as a batch, as `Journal.commit` does, and put its snapshot in use.

    With `adopting`, a store without a plan takes over the shipped one, after the batch. Raises
    UnpublishableError, and stores nothing, where no snapshot can be built with the batch.
    """
    journal = Journal(root)
    stated = manifest
    if note := manifest.get("note"):
        stated = manifest | {"note": words_struck(root, note)}

    def write(prove: Proof) -> int:
        return journal.commit(staging, stated, at, prove=prove)

    with storage.staging(root) as plan:

        def adoption(events: list[Event]) -> Draft | None:
            if not adopting or has_plan(events):
                return None
            return journal.draft(events, plan, stage_shipped(plan), at, ADOPTED)

        return _apply(root, "load", write, publishing, queries, staging, adoption)


def withdraw(
    root: Path,
    number: int,
    reason: str,
    at: str | None = None,
    *,
    publishing: bool = True,
    queries: Path = QUERIES,
) -> Change:
    """Withdraw a batch for a reason and put the snapshot without it in use.

    Raises UnpublishableError, and changes nothing, where the store can be published with the
    batch but not without it.
    """
    journal = Journal(root)

    def write(prove: Proof) -> int:
        return journal.withdraw(number, words_struck(root, reason), at, prove).number

    return _apply(root, "withdraw", write, publishing, queries)


def _apply(
    root: Path,
    doing: str,
    write: Callable[[Proof], int],
    publishing: bool,
    queries: Path,
    staged: Path | None = None,
    adoption: Callable[[list[Event]], Draft | None] = lambda _events: None,
) -> Change:
    """Build the snapshot in staging, let `write` write the journal row, put the snapshot in use.

    `adoption` gives the batch, if any, that follows the row of `write` and is in the snapshot.
    """
    with storage.writing(root, doing), storage.staging(root) as work:
        Journal(root).require_unbroken()
        ready: list[Current] = []
        following: list[Draft] = []

        def prove(events: list[Event]) -> None:
            *earlier, latest = _bases(events, queries, staged)
            if draft := adoption(events):
                following.append(draft)
                latest = _with(latest, draft)
            for basis in earlier:
                kind = unbuildable(root, basis, queries)
                if kind and not unbuildable(root, _before(basis), queries):
                    raise _refusal(doing, kind)
            try:
                ready.append(prepared(root, latest, work, queries))
            except Exception as error:
                kind = _kind(error)
                if doing == "load" or not unbuildable(root, _before(latest), queries):
                    raise _refusal(doing, kind) from None

        batch = write(prove)
        try:
            for draft in following:
                Journal(root).write(draft)
            return Change(batch, put_in_use(root, work, ready[0]) if publishing else None)
        except (OSError, IndexError, RefusedError):
            return Change(batch, None, KEPT_UNPUBLISHED)


def _bases(events: list[Event], queries: Path, staged: Path | None) -> list[Basis]:
    """The bases of every snapshot that the last row changes, oldest first; the last has all rows.

    There are several where a load is back-dated to before a withdrawal: `publish --at` and the
    pages' `at` can show what was known between the two.
    """
    new = events[-1]
    times = sorted({e.recorded_at for e in of_rows(events) if e.recorded_at >= new.recorded_at})
    folders = {new.payload["batch"]: staged} if staged else {}
    return [Basis.of(events, at, queries, folders) for at in (*times[:-1], None)]


def _with(basis: Basis, draft: Draft) -> Basis:
    """The basis with the row of a draft after its last row."""
    folders = {**basis.staged, draft.number: draft.staging}
    return replace(basis, events=(*basis.events, draft.event), staged=folders)


def _before(basis: Basis) -> Basis:
    """The basis without its last row."""
    return replace(basis, events=basis.events[:-1], staged={})


def unbuildable(root: Path, basis: Basis, queries: Path = QUERIES) -> str | None:
    """The kind of error that stops a build of this basis; null where it can be built."""
    with storage.staging(root) as work:
        try:
            build(root, basis, work, queries)
        except Exception as error:
            return _kind(error)
    return None


def _kind(error: Exception) -> str:
    """An error's code or class, never its text, which may hold a person's name or ID.

    Raises a RefusedError where the disk is full or faulty.
    """
    if fault := storage.disk_fault(error):
        raise fault from None
    return error.code if isinstance(error, RefusedError) else type(error).__name__


def _refusal(doing: str, kind: str) -> UnpublishableError:
    text = N_("收入后无法发布（{kind}），所以没有入库，原快照继续使用。")
    if doing == "withdraw":
        text = N_("撤回后无法发布（{kind}），所以没有撤回，原快照继续使用。")
    return UnpublishableError("unpublishable", text, kind=kind)


KEPT_UNPUBLISHED = RefusedError(
    "kept_unpublished", N_("已经保存，但新快照没有启用，原快照继续使用。请运行 publish。")
)
