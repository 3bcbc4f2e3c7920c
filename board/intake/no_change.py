"""Note that registers have not changed in a month, as a batch without files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from board import storage
from board.intake.checking import nothing_new, require_plan
from board.intake.outcome import Check, Outcome
from board.journal import Journal
from board.ledgers import by_name
from board.publish import commit

Waiting = Callable[[storage.Holder | None], None]


def registers() -> list[str]:
    """The ledgers of which it can be noted that they have not changed: the registers."""
    return [name for name, ledger in by_name().items() if ledger.cadence == "register"]


def note_no_change(
    ledgers: Sequence[str],
    month: str,
    root: Path,
    note: str = "",
    at: str | None = None,
    publish: bool = True,
    waiting: Waiting | None = None,
) -> Outcome:
    """Store that these registers have not changed in a month (2024-03), recorded now or `at` (UTC).

    What live batches of that day note already is not stored again.
    ValueError for a ledger that is no register. Raises UnpublishableError, and stores nothing,
    where no snapshot can be built with the batch.
    """
    if others := set(ledgers) - set(registers()):
        raise ValueError(", ".join(sorted(others)))
    storage.prepare(root)
    with (
        storage.refusing_disk_faults(),
        storage.staging(root) as work,
        storage.writing(root, "load", waiting),
    ):
        require_plan(root)
        if same := _noted(root, ledgers, month, at or storage.now()):
            return nothing_new(root, Check((), {}, {}), same, publish)
        manifest = {
            "files": [], "rows": {}, "note": note, "unchanged": list(ledgers), "month": month,
        }  # fmt: skip
        storage.room(root, work, publishing=True)
        change = commit(root, work, manifest, at, publishing=publish, adopting=True)
        return Outcome(Check((), {}, {}), change.batch, (), change.snapshot, change.unpublished)


def _noted(root: Path, ledgers: Sequence[str], month: str, at: str) -> tuple[int, ...]:
    """The live batches of the same day that note all of this; none where something is new.

    On a later day it may be new: a note counts in the month up to whose tenth day it came.
    """
    noted = {
        ledger: batch.number
        for batch in Journal(root).batches()
        if batch.state == "live" and batch.month == month and _day(batch.recorded_at) == _day(at)
        for ledger in batch.unchanged
    }
    return tuple(sorted({noted[name] for name in ledgers})) if set(ledgers) <= set(noted) else ()


def _day(at: str) -> date:
    """The settlement's day of a time (UTC)."""
    return (datetime.fromisoformat(at) + timedelta(hours=storage.HOURS_EAST)).date()
