"""What the register tells: events, the batches they made, looks, and times as it writes them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from board.journal import act_text, phrases
from board.journal.acts import Act
from board.storage import BATCHES

GENESIS = "0" * 64
RETAIN = "retain"


@dataclass(frozen=True)
class Event:
    """One row of the journal; `previous` is the hash of the row before."""

    seq: int
    kind: str
    payload: dict[str, Any] = field(hash=False)
    recorded_at: str = ""
    entered_at: str = ""
    previous: str = GENESIS
    hash: str = ""


@dataclass(frozen=True)
class Batch:
    """One load: its files as `{"name", "sha256"}`, its row counts by ledger, its state.

    `staged` is where its folder lies while its journal row is not written yet. `retained` maps a
    file that was cut or removed since to its SHA-256 of today, none if removed.
    """

    number: int
    recorded_at: str
    entered_at: str
    state: Literal["live", "withdrawn"]
    files: tuple[dict[str, str], ...] = field(hash=False)
    rows: dict[str, int] = field(hash=False)
    note: str = ""
    reason: str | None = None
    withdrawn_at: str | None = None
    manifest_sha256: str = ""
    staged: Path | None = field(default=None, compare=False)
    retained: dict[str, str | None] = field(default_factory=dict, hash=False)

    def folder(self, root: Path) -> Path:
        """The folder of its files in the store at `root`."""
        return self.staged or root / BATCHES / str(self.number)

    @property
    def back_dated(self) -> bool:
        """Whether it was recorded for an earlier time than it was entered."""
        return self.recorded_at != self.entered_at


@dataclass(frozen=True)
class AuditEntry:
    """One row of the record; `at` is naive UTC, `previous` the hash of the row before.

    `what` is the text as it is stored and hashed: an act as JSON, or an earlier program's phrase.
    """

    seq: int
    at: str
    who: str
    role: str
    kind: str
    what: str
    why: str = ""
    previous: str = GENESIS
    hash: str = ""

    @property
    def told(self) -> tuple[int, str, str, str, str, str, str, str]:
        """All that its hash is made of."""
        return (
            self.seq, self.at, self.who, self.role, self.kind, self.what, self.why, self.previous,
        )  # fmt: skip

    @property
    def act(self) -> Act:
        """What was done, with its fields."""
        return act_of(self.kind, self.what)

    @property
    def phrase(self) -> str:
        """What was done as one line; of a row that is no JSON of ours, its text as it is."""
        act = act_text.read(self.kind, self.what)
        return phrases.phrase(act) if act and act_text.written(act) == self.what else self.what


def act_of(kind: str, what: str) -> Act:
    """What a row tells, in whichever form it was written."""
    return act_text.read(kind, what) or phrases.read(kind, what)


def moment(text: str, *, end: bool = False) -> str:
    """A time as the journal writes it; a bare day is its first second, or its last (`end`).

    A time with an offset becomes UTC, one without is UTC already; ValueError otherwise.
    """
    parsed = datetime.fromisoformat(text.strip())
    if parsed.tzinfo is not None:
        parsed = parsed.astimezone(UTC)
    if end and len(text.strip()) <= len("2024-01-31"):
        parsed = parsed.replace(hour=23, minute=59, second=59)
    return parsed.strftime("%Y-%m-%dT%H:%M:%S")


def batches_of(events: list[Event]) -> list[Batch]:
    """The batches that these events made, oldest first, withdrawn ones included."""
    withdrawn = {e.payload["batch"]: e for e in events if e.kind == "withdraw"}
    retained = _retained(events)
    found = []
    for event in (e for e in events if e.kind == "load"):
        said = event.payload
        gone = withdrawn.get(said["batch"])
        found.append(
            Batch(
                number=said["batch"],
                recorded_at=event.recorded_at,
                entered_at=event.entered_at,
                state="withdrawn" if gone else "live",
                files=tuple(said["files"]),
                rows=said["rows"],
                note=said["note"],
                reason=gone.payload["reason"] if gone else None,
                withdrawn_at=gone.recorded_at if gone else None,
                manifest_sha256=said["manifest_sha256"],
                retained=retained.get(said["batch"], {}),
            )
        )
    return found


def _retained(events: list[Event]) -> dict[int, dict[str, str | None]]:
    """Batch → file → its SHA-256 after the last removal that touched it."""
    found: dict[int, dict[str, str | None]] = {}
    for event in (e for e in events if e.kind == RETAIN):
        for one in event.payload["batches"]:
            now = {name: change["new"] for name, change in one["files"].items()}
            found.setdefault(one["batch"], {}).update(now)
    return found


def chained(seq: int, kind: str, text: str, recorded: str, entered: str, previous: str) -> str:
    """The hash of a journal row, which the next row carries."""
    said = json.dumps([seq, kind, text, recorded, entered, previous], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def entry_hash(look: AuditEntry) -> str:
    """The hash of a row of the record of looks, whatever its own says."""
    said = json.dumps(look.told, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
