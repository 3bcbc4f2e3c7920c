"""The facts that the register holds: journal events, batches, audit entries and times."""

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
PLAN = "plan"
# What a publish hides because of earlier editions: a row that brings no figures.
HIDINGS = "hidings"
NO_CHANGE = "无变动"
# A keeper has checked a month: a row that brings no figures either.
CONFIRM = "confirm"
REMARKS = (HIDINGS, CONFIRM)
# The kinds of journal rows that add a batch.
ADDING = ("load", PLAN)


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

    `plan` is the 方案编号 of the plan that it loads, "" where it loads ledgers. One without files
    may say that ledgers are `unchanged` in a `month` (2024-03). `staged` is its folder while its journal row is not yet written. `retained` maps each file
    that a removal of personal data has changed to its SHA-256 now, None if it was deleted.
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
    plan: str = ""
    unchanged: tuple[str, ...] = ()
    month: str = ""

    @property
    def kind(self) -> str:
        """What it is, as `batches` and `load` say: 方案, 无变动 or 台账."""
        if self.plan:
            return "方案"
        return NO_CHANGE if self.unchanged else "台账"

    def folder(self, root: Path) -> Path:
        """The folder that holds its files, in the store at `root`."""
        return self.staged or root / BATCHES / str(self.number)

    @property
    def back_dated(self) -> bool:
        """Whether it was recorded for an earlier time than it was entered."""
        return self.recorded_at != self.entered_at


@dataclass(frozen=True)
class AuditEntry:
    """One entry of the audit log; `at` is naive UTC, `previous` the hash of the entry before.

    `what` is the text as stored and hashed: an act as JSON, or a phrase of an earlier version.
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
    def hashed_fields(self) -> tuple[int, str, str, str, str, str, str, str]:
        """The fields that its hash is computed from."""
        return (
            self.seq, self.at, self.who, self.role, self.kind, self.what, self.why, self.previous,
        )  # fmt: skip

    @property
    def act(self) -> Act:
        """What was done, with its fields."""
        return act_of(self.kind, self.what)

    @property
    def phrase(self) -> str:
        """What was done, in one line; the stored text itself if it is not an act's exact JSON."""
        act = act_text.read(self.kind, self.what)
        return phrases.phrase(act) if act and act_text.as_json(act) == self.what else self.what


def act_of(kind: str, what: str) -> Act:
    """The act that an entry's text describes, be it JSON or a phrase of an earlier version."""
    return act_text.read(kind, what) or phrases.read(kind, what)


def moment(text: str, *, end: bool = False) -> str:
    """A time as the journal writes it: naive UTC to the second, 2024-03-05T09:00:00.

    A day alone means its first second, with `end` its last. A time with an offset is converted
    to UTC; one without is taken as UTC. ValueError if the text is no ISO date or time.
    """
    parsed = datetime.fromisoformat(text.strip())
    if parsed.tzinfo is not None:
        parsed = parsed.astimezone(UTC)
    if end and len(text.strip()) <= len("2024-01-31"):
        parsed = parsed.replace(hour=23, minute=59, second=59)
    return parsed.strftime("%Y-%m-%dT%H:%M:%S")


def batches_of(events: list[Event]) -> list[Batch]:
    """The batches that these events describe, oldest first, withdrawn ones included."""
    withdrawn = {e.payload["batch"]: e for e in events if e.kind == "withdraw"}
    retained = _retained(events)
    batches = []
    for event in (e for e in events if e.kind in ADDING):
        payload = event.payload
        withdrawal = withdrawn.get(payload["batch"])
        batches.append(
            Batch(
                number=payload["batch"],
                recorded_at=event.recorded_at,
                entered_at=event.entered_at,
                state="withdrawn" if withdrawal else "live",
                files=tuple(payload["files"]),
                rows=payload["rows"],
                note=payload["note"],
                reason=withdrawal.payload["reason"] if withdrawal else None,
                withdrawn_at=withdrawal.recorded_at if withdrawal else None,
                manifest_sha256=payload["manifest_sha256"],
                retained=retained.get(payload["batch"], {}),
                plan=payload.get("plan", ""),
                unchanged=tuple(payload.get("unchanged", ())),
                month=payload.get("month", ""),
            )
        )
    return batches


def _retained(events: list[Event]) -> dict[int, dict[str, str | None]]:
    """Batch → file → its SHA-256 after the last removal that changed it, None if deleted."""
    hashes: dict[int, dict[str, str | None]] = {}
    for event in (e for e in events if e.kind == RETAIN):
        for batch in event.payload["batches"]:
            new = {name: change["new"] for name, change in batch["files"].items()}
            hashes.setdefault(batch["batch"], {}).update(new)
    return hashes


def chained(seq: int, kind: str, text: str, recorded: str, entered: str, previous: str) -> str:
    """The hash of a journal row, which the next row carries."""
    fields = json.dumps([seq, kind, text, recorded, entered, previous], ensure_ascii=False)
    return hashlib.sha256(fields.encode()).hexdigest()


def entry_hash(entry: AuditEntry) -> str:
    """The hash of an audit entry, computed from its fields; its `hash` field is not read."""
    fields = json.dumps(entry.hashed_fields, ensure_ascii=False)
    return hashlib.sha256(fields.encode()).hexdigest()
