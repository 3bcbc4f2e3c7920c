"""The journal of a store: one append-only, hash-chained table, which only this module writes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from board import storage
from board.i18n import N_
from board.journal.audit_log import AuditLog
from board.journal.chain import ROWS, Row, acknowledged, breaks, event_of
from board.journal.facts import ADDING, GENESIS, PLAN, Batch, Event, batches_of, chained
from board.journal.known_heads import note_head
from board.journal.manifest import payload_of, write_manifest
from board.journal.placing import finish
from board.journal.reading import rows_of
from board.journal.register_file import register
from board.journal.removal import finish_removal
from board.journal.soundness import PLACING, Condition, require_sound
from board.storage import BATCHES, RefusedError, passed, set_aside

log = logging.getLogger(__name__)

# Called with all events and the new one, just before the new one is written. If it raises, the
# row is not written.
Proof = Callable[[list[Event]], None]


def _unproven(_events: list[Event]) -> None:
    """Accept every row: for rows that change no figure, and for tests."""


def _logged(name: str) -> None:
    log.warning("the batch folder %s has no journal row: it is set aside", name)


@dataclass(frozen=True)
class Draft:
    """A batch whose folder is written and flushed in staging, with the row that makes it a batch."""

    number: int
    staging: Path
    event: Event


class Journal:
    """The journal of the store at `root`; every call opens and closes a connection."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def rows(self) -> list[Row]:
        """The rows as stored, oldest first; none where there is no journal."""
        return rows_of(self.root, "journal", ROWS)

    def events(self, known_at: str | None = None) -> list[Event]:
        """The events, oldest first; with `known_at` (naive UTC) only those recorded by then."""
        events = [event_of(row) for row in self.rows()]
        return [e for e in events if known_at is None or e.recorded_at <= known_at]

    def require_unbroken(self) -> None:
        """Raise RefusedError if the hash chain has a break that nobody has acknowledged."""
        rows = self.rows()
        if unacknowledged := set(breaks(rows)) - acknowledged(self.events()):
            seq = min(unacknowledged)[0]
            raise RefusedError("broken_chain", BROKEN, seq=seq)

    def batches(self, known_at: str | None = None) -> list[Batch]:
        """Every batch, oldest first, withdrawn ones included."""
        return batches_of(self.events(known_at))

    def batch(self, number: int) -> Batch | None:
        """The batch of that number, if there is one."""
        return next((b for b in self.batches() if b.number == number), None)

    def commit(
        self,
        staging: Path,
        manifest: dict[str, Any],
        recorded_at: str | None = None,
        prove: Proof = _unproven,
        number: int | None = None,
    ) -> int:
        """Make a batch of a staging folder and return its number: the next, unless one is given.

        `staging` lies inside the store and holds `<ledger>.parquet` files and, under
        `received/`, the workbooks as received; it becomes the batch's folder.
        `manifest` gives `files` (`{"name", "sha256"}`), `rows` (ledger → count), `note` and, where
        the batch is a plan, `plan` (its 方案编号); where it says that ledgers have not changed, their
        names (`unchanged`) and the `month`. The batch is committed when its journal row is written, which happens last;
        `prove` is called before the folder leaves staging.
        """
        with storage.refusing_disk_faults(), storage.writing(self.root, "load"):
            self.recover()
            # Make the register first: a batch folder without one looks like a lost register.
            with register(self.root):
                pass
            events = self.events()
            draft = self.draft(events, staging, manifest, recorded_at, number)
            prove([*events, draft.event])
            self.write(draft)
            return draft.number

    def draft(
        self,
        events: Sequence[Event],
        staging: Path,
        manifest: dict[str, Any],
        recorded_at: str | None = None,
        number: int | None = None,
    ) -> Draft:
        """The batch that a staging folder would become after these events, as `commit` makes it."""
        times = self._times(events, recorded_at)
        if number is None:
            added = (e.payload["batch"] for e in events if e.kind in ADDING)
            number = 1 + max(added, default=0)
        kind = PLAN if manifest.get("plan") else "load"
        manifest_bytes = write_manifest(staging, number, manifest, *times)
        payload = payload_of(number, manifest, manifest_bytes)
        return Draft(number, staging, self._next(events, kind, payload, *times))

    def write(self, draft: Draft) -> None:
        """Move a draft's folder into its place and write its row, which must be the next."""
        try:
            _move_into_place(self.root, draft.staging, draft.number)
            self._insert(draft.event)
        except Exception:
            self._undo_move(draft.number, draft.staging)
            raise

    def append(
        self,
        kind: str,
        payload: dict[str, Any],
        recorded_at: str | None = None,
        prove: Proof = _unproven,
    ) -> Event:
        """Write one row and return it; `payload` must be plain JSON."""
        with storage.writing(self.root, kind):
            require_sound(self.root)
            return self._append(kind, payload, recorded_at, prove)

    def withdraw(
        self, number: int, reason: str, recorded_at: str | None = None, prove: Proof = _unproven
    ) -> Batch:
        """Withdraw a batch with a reason; RefusedError if it is unknown or already withdrawn."""
        with storage.writing(self.root, "withdraw"):
            batch = self.batch(number)
            if batch is None:
                raise RefusedError("no_such_batch", NO_SUCH_BATCH, batch=number)
            if batch.state == "withdrawn":
                raise RefusedError("already_withdrawn", WITHDRAWN, batch=number)
            payload = {"batch": number, "reason": reason}
            self.append("withdraw", payload, recorded_at, prove=prove)
            passed("withdrawal committed")
            return batch

    def recover(self, say: Callable[[str], None] = _logged) -> list[str]:
        """Make a store ready to be written to; the caller must be the only writer.

        Sets aside the folder of an interrupted load and folders without a manifest; deletes only
        what ended processes left in staging. Calls `say` with the name of each folder set aside
        and returns these names. RefusedError if the store is damaged.
        """
        state = require_sound(self.root)
        if state.placing and state.rows:
            finish(self.root)
        finish_removal(self.root, self.events())
        moved = [name for name in (state.interrupted, *state.unplaced, *state.rubbish) if name]
        for name in moved:
            set_aside(self.root, self.root / BATCHES / name, f"batch-{name}")
            say(name)
        if state.placing:
            (self.root / PLACING).unlink(missing_ok=True)
        storage.clear_staging(self.root)
        return moved

    def acknowledge(
        self, before: Condition, payload: dict[str, Any], taken_out: Sequence[int] = ()
    ) -> Event:
        """Write that someone has acknowledged the damage of a store (`before`); return the row.

        It is the only row that a damaged store accepts. Batches in `taken_out`, whose folders are
        gone, are withdrawn with it. The head kept outside the register is set back to this row.
        """
        with storage.writing(self.root, "repair"):
            with_counts = {**payload, "rows_before": before.rows, "rows_known": before.known}
            for number in taken_out:
                self._append("withdraw", {"batch": number, "reason": payload["reason"]})
            event = self._append("repair", with_counts)
            note_head(self.root, "journal", event.seq, event.hash, flush=True, back=True)
            return event

    def _append(
        self,
        kind: str,
        payload: dict[str, Any],
        recorded_at: str | None = None,
        prove: Proof = _unproven,
    ) -> Event:
        """Write one row, even into a damaged store."""
        events = self.events()
        event = self._next(events, kind, payload, *self._times(events, recorded_at))
        prove([*events, event])
        return self._insert(event)

    def _undo_move(self, number: int, staging: Path) -> None:
        """After an error: move the batch's folder back to staging, unless its row was written."""
        folder = self.root / BATCHES / str(number)
        if folder.is_dir() and self.batch(number) is None:
            folder.rename(staging)

    def _times(self, events: Sequence[Event], recorded_at: str | None) -> tuple[str, str]:
        """recorded_at and entered_at of a new row; RefusedError if too early or in the future."""
        entered = storage.now()
        # The shipped plan that a store adopts (batch 0) is known at any time.
        adding = [e for e in events if e.kind in ADDING and e.payload["batch"]]
        last = max((e.recorded_at for e in adding), default="")
        if recorded_at is None:
            last = max((e.recorded_at for e in events), default="")
            return max(entered, last), entered
        if recorded_at < last:
            raise RefusedError("before_last_batch", TOO_EARLY, at=recorded_at, last=last)
        if recorded_at > max(entered, last):
            raise RefusedError("in_the_future", TOO_LATE, at=recorded_at)
        return recorded_at, entered

    def _next(
        self,
        events: Sequence[Event],
        kind: str,
        payload: dict[str, Any],
        recorded: str,
        entered: str,
    ) -> Event:
        """The row that follows these events, its hash included; it is not yet written.

        It carries the head of the audit log, so that a missing end of the log is noticed.
        """
        seq = events[-1].seq + 1 if events else 1
        previous = events[-1].hash if events else GENESIS
        with_head = {**payload, "looks": AuditLog(self.root).last()}
        text = json.dumps(with_head, ensure_ascii=False, sort_keys=True)
        own = chained(seq, kind, text, recorded, entered, previous)
        return Event(seq, kind, with_head, recorded, entered, previous, own)

    def _insert(self, event: Event) -> Event:
        text = json.dumps(event.payload, ensure_ascii=False, sort_keys=True)
        times = (event.recorded_at, event.entered_at)
        with register(self.root) as connection:
            connection.execute(
                "insert into journal values (?, ?, ?, ?, ?, ?, ?)",
                (event.seq, event.kind, text, *times, event.previous, event.hash),
            )
            passed("journal row written")
        passed("journal row committed")
        note_head(self.root, "journal", event.seq, event.hash, flush=True)
        return event


def _move_into_place(root: Path, staging: Path, number: int) -> None:
    """Rename the flushed staging folder to the batch's folder."""
    staging.rename(root / BATCHES / str(number))
    passed("batch renamed")
    storage.sync_folder(root / BATCHES)
    storage.sync_folder(root / storage.STAGING)
    passed("batch in place")


NO_SUCH_BATCH = N_("没有第{batch}批。")
WITHDRAWN = N_("第{batch}批已经撤回。")
TOO_EARLY = N_("时间{at}早于上一批的时间{last}，不能倒记。")
BROKEN = N_(
    "日志从第{seq}行起接不上，可能被改动：先查清原因，再用 python -m board repair 认可，才能继续。"
)
TOO_LATE = N_("时间{at}还没有到。")
