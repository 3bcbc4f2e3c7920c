"""What a check and a load answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from board import storage
from board.findings import Finding, counts, refuses
from board.intake.older import OLDER
from board.intake.replacing import Replacing


@dataclass(frozen=True)
class Check:
    """The result of a check: findings, errors first; rows read and rows replaced, by ledger.

    `replacing` says what the rows add to the stored ones, repeat and change; nothing where an
    error stops the import.
    """

    findings: tuple[Finding, ...]
    rows: dict[str, int] = field(hash=False)
    replaces: dict[str, int] = field(hash=False)
    replacing: Replacing = field(default_factory=Replacing)

    @property
    def refused(self) -> bool:
        """Whether an error stops the import."""
        return refuses(self.findings)

    @property
    def older(self) -> list[Finding]:
        """The warnings that the files are older than what they would replace."""
        return [finding for finding in self.findings if finding.rule == OLDER]

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `check`."""
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "counts": counts(self.findings),
            "rows": self.rows,
            "replaces": self.replaces,
            **self.replacing.as_dict(),
        }


@dataclass(frozen=True)
class Outcome:
    """The result of a load: its check, its batch (null when refused), the snapshot in use.

    `already` are the batches that contained every file of the call before; then nothing was
    loaded. `unpublished` is the reason why a stored batch could not be published. `declined`
    where the files are older than the store and were not to go in so.
    """

    check: Check
    batch: int | None = None
    already: tuple[int, ...] = ()
    snapshot: str | None = None
    unpublished: storage.RefusedError | None = None
    declined: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `load`."""
        return self.check.as_dict() | {
            "batch": self.batch,
            "already_loaded": bool(self.already),
            "snapshot": self.snapshot,
        }
