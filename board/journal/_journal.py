"""The store's history: one append-only, hash-chained table and the only writer of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from board import durable
from board.durable import BATCHES, JOURNAL, RefusedError, passed
from board.journal._facts import GENESIS, Batch, Event, batches_of, chained
from board.journal._register import register
from board.journal._removal import finish_removal


class Journal:
    """The journal of the store at `root`; every call opens and closes its own connection."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def events(self, known_at: str | None = None) -> list[Event]:
        """The rows in order; with `known_at`, those recorded by then."""
        if not (self.root / JOURNAL).exists():
            return []
        with register(self.root) as connection:
            rows = connection.execute(
                "select seq, kind, payload, recorded_at, entered_at, previous, hash"
                " from journal order by seq"
            ).fetchall()
        events = [Event(row[0], row[1], json.loads(row[2]), *row[3:]) for row in rows]
        return [e for e in events if known_at is None or e.recorded_at <= known_at]

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
        entered_at: str | None = None,
    ) -> int:
        """Make a batch of a staging folder and return its number.

        `staging` lies inside the store and holds `<ledger>.parquet` files and, under
        `received/`, the workbooks as received; it becomes the batch's folder.
        `manifest` gives `files` (`{"name", "sha256"}`), `rows` (ledger → count) and
        `note`. The journal row written last is the commit point.
        """
        with durable.refusing_when_full(), durable.writing(self.root, "load"):
            self.recover()
            events = self.events()
            times = self._times(events, recorded_at, entered_at)
            number = 1 + max((e.payload["batch"] for e in events if e.kind == "load"), default=0)
            try:
                stated = _placed(self.root, staging, number, manifest, *times)
                self._insert(events, "load", _payload(number, manifest, stated), *times)
            except Exception:
                self._take_back(number)
                raise
            passed("journal row committed")
            return number

    def append(
        self,
        kind: str,
        payload: dict[str, Any],
        recorded_at: str | None = None,
        entered_at: str | None = None,
    ) -> Event:
        """Write one row and return it; `payload` must be plain JSON."""
        with durable.writing(self.root, kind):
            events = self.events()
            times = self._times(events, recorded_at, entered_at)
            return self._insert(events, kind, payload, *times)

    def withdraw(self, number: int, reason: str, recorded_at: str | None = None) -> Batch:
        """Take a batch out with a reason; refuses an unknown or a withdrawn one."""
        with durable.writing(self.root, "withdraw"):
            batch = self.batch(number)
            if batch is None:
                raise RefusedError("no_such_batch", *_said(NO_SUCH_BATCH, batch=number))
            if batch.state == "withdrawn":
                raise RefusedError("already_withdrawn", *_said(WITHDRAWN, batch=number))
            self.append("withdraw", {"batch": number, "reason": reason}, recorded_at)
            passed("withdrawal committed")
            return batch

    def recover(self) -> list[str]:
        """Remove what no journal row names; call it as the only writer."""
        finish_removal(self.root, self.events())
        named = {str(b.number) for b in self.batches()}
        removed = []
        for folder in sorted((self.root / BATCHES).iterdir()):
            if folder.name not in named:
                shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
                removed.append(folder.name)
        durable.clear_staging(self.root)
        return removed

    def _take_back(self, number: int) -> None:
        """After an error: remove the batch's folder, unless its row was written after all."""
        if self.batch(number) is None:
            shutil.rmtree(self.root / BATCHES / str(number), ignore_errors=True)

    def _times(
        self, events: list[Event], recorded_at: str | None, entered_at: str | None
    ) -> tuple[str, str]:
        """Both times of a new row: never before the last batch, never in the future."""
        entered = entered_at or durable.now()
        last = max((e.recorded_at for e in events if e.kind == "load"), default="")
        if recorded_at is None:
            last = max((e.recorded_at for e in events), default="")
            return max(entered, last), entered
        if recorded_at < last:
            raise RefusedError("before_last_batch", *_said(TOO_EARLY, at=recorded_at, last=last))
        if recorded_at > max(entered, last):
            raise RefusedError("in_the_future", *_said(TOO_LATE, at=recorded_at))
        return recorded_at, entered

    def _insert(
        self, events: list[Event], kind: str, payload: dict[str, Any], recorded: str, entered: str
    ) -> Event:
        seq = events[-1].seq + 1 if events else 1
        previous = events[-1].hash if events else GENESIS
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        own = chained(seq, kind, text, recorded, entered, previous)
        with register(self.root) as connection:
            connection.execute(
                "insert into journal values (?, ?, ?, ?, ?, ?, ?)",
                (seq, kind, text, recorded, entered, previous, own),
            )
            passed("journal row written")
        return Event(seq, kind, payload, recorded, entered, previous, own)


def _placed(
    root: Path, staging: Path, number: int, manifest: dict[str, Any], recorded: str, entered: str
) -> bytes:
    """Make the staging folder the batch's, flushed from the inside out; returns its manifest."""
    stated = _stated(staging, number, manifest, recorded, entered)
    (staging / "manifest.json").write_bytes(stated)
    passed("manifest written")
    durable.sync_tree(staging)
    passed("batch synced")
    staging.rename(root / BATCHES / str(number))
    passed("batch renamed")
    durable.sync_folder(root / BATCHES)
    durable.sync_folder(root / durable.STAGING)
    passed("batch in place")
    return stated


def _payload(number: int, manifest: dict[str, Any], stated: bytes) -> dict[str, Any]:
    """What the journal row says of a batch."""
    return {
        "batch": number,
        "files": manifest.get("files", []),
        "rows": manifest.get("rows", {}),
        "note": manifest.get("note") or "",
        "manifest_sha256": hashlib.sha256(stated).hexdigest(),
    }


def _stated(
    staging: Path, number: int, manifest: dict[str, Any], recorded: str, entered: str
) -> bytes:
    """The batch's manifest: what it is and the SHA-256 of every file in its folder."""
    contents = {
        str(path.relative_to(staging)): durable.sha256(path)
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }
    whole = {
        "batch": number,
        "recorded_at": recorded,
        "entered_at": entered,
        **manifest,
        "contents": contents,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()


NO_SUCH_BATCH = ("没有第{batch}批。", "There is no batch {batch}.")
WITHDRAWN = ("第{batch}批已经撤回。", "Batch {batch} is withdrawn already.")
TOO_EARLY = (
    "时间{at}早于上一批的时间{last}，不能倒记。",
    "{at} is before the last batch's time {last}.",
)
TOO_LATE = ("时间{at}还没有到。", "{at} has not come yet.")


def _said(words: tuple[str, str], **gaps: object) -> tuple[str, str]:
    return words[0].format(**gaps), words[1].format(**gaps)
