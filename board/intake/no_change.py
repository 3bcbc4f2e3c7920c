"""Note that registers have not changed in a month, as a batch without files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from board import storage
from board.intake.checking import require_plan
from board.intake.outcome import Check, Outcome
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
        manifest = {
            "files": [], "rows": {}, "note": note, "unchanged": list(ledgers), "month": month,
        }  # fmt: skip
        storage.room(root, work, publishing=True)
        change = commit(root, work, manifest, at, publishing=publish, adopting=True)
        return Outcome(Check((), {}, {}), change.batch, (), change.snapshot, change.unpublished)
