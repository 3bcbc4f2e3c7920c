"""One call, one batch: read every file, check all rows together, commit, publish."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import polars as pl

from board import storage
from board.findings import SEVERITIES, Finding, counts, refuses
from board.i18n import N_, Message
from board.intake.across import CHECKS
from board.intake.frames import Load, lettered
from board.intake.incoming import Incoming, already_loaded, file_finding, incoming, known_files
from board.intake.keys import lacking, references, replaced, twice
from board.journal import Journal
from board.ledgers import by_name
from board.publish import UnpublishableError, commit, remembered_rows
from board.publish import publish as put_in_use

READING, CHECKING, PUBLISHING = N_("读取"), N_("核对"), N_("发布")
Progress = Callable[[str, int, int], None]
Waiting = Callable[[storage.Holder | None], None]


def _silent(_step: str, _done: int, _total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True)
class Check:
    """What a check says: every finding, errors first, the rows read and those they'd replace."""

    findings: tuple[Finding, ...]
    rows: dict[str, int] = field(hash=False)
    replaces: dict[str, int] = field(hash=False)

    @property
    def refused(self) -> bool:
        """Whether an error stops the import."""
        return refuses(self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `check`."""
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "counts": counts(self.findings),
            "rows": self.rows,
            "replaces": self.replaces,
        }


@dataclass(frozen=True)
class Outcome:
    """What a load did: its check, its batch (null when refused), the snapshot now in use.

    `already` is the batch that held every file of the call before; then nothing is new.
    `unpublished` says why a stored batch could not be published.
    """

    check: Check
    batch: int | None = None
    already: tuple[int, ...] = ()
    snapshot: str | None = None
    unpublished: storage.RefusedError | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `load`."""
        return self.check.as_dict() | {
            "batch": self.batch,
            "already_loaded": bool(self.already),
            "snapshot": self.snapshot,
        }


def check(files: Sequence[Path], root: Path, progress: Progress = _silent) -> Check:
    """Check the files together and against the store; nothing is stored."""
    storage.prepare(root)
    with storage.refusing_when_full(), storage.staging(root) as work:
        taken, findings = incoming(files, work / "received")
        known = known_files(root, taken)
        findings += [already_loaded(x, known[x.sha256]) for x in taken if x.sha256 in known]
        read = {x.sha256: _read(x, work, progress, (n, len(taken))) for n, x in enumerate(taken)}
        progress(CHECKING, 0, 0)
        return checked_rows(root, list(read.values()), findings)[0]


def load(
    files: Sequence[Path],
    root: Path,
    note: str = "",
    at: str | None = None,
    publish: bool = True,
    again: bool = False,
    progress: Progress = _silent,
    waiting: Waiting | None = None,
    turn: Callable[[], None] | None = None,
    proven: bool = True,
) -> Outcome:
    """Check the files and keep them as one batch, recorded now or `at` an earlier time.

    A batch that could not be published is not kept, whether `publish` puts it in use now or
    not. Only who fills a store that nobody reads yet, and publishes it whole at the end, may
    leave that proof out (`proven`).

    Files that a live batch holds already are not taken again unless `again`. `turn` is
    called once the files are read and returns when this load may go on: so several
    loads can read side by side and still be kept in order.
    """
    storage.prepare(root)
    with storage.refusing_when_full(), storage.staging(root) as work:
        taken, findings = incoming(files, work / "received")
        known = {} if again else known_files(root, taken)
        read: dict[str, ReadFile] = {}
        with _remembering(root):
            for number, one in enumerate(taken):
                if one.sha256 not in known:
                    read[one.sha256] = _read(one, work, progress, (number, len(taken)))
        storage.passed("workbooks read")
        if turn is not None:
            turn()
        with storage.writing(root, "load", waiting):
            # Another load may have stored the same file since it was looked up.
            known = {} if again else known_files(root, taken)
            old = [one for one in taken if one.sha256 in known]
            fresh = [one for one in taken if one.sha256 not in known]
            findings += [already_loaded(one, known[one.sha256]) for one in old]
            if old and not fresh:
                batches = tuple(sorted({known[one.sha256] for one in old}))
                return _published(root, publish, progress, _nothing_new(findings, batches))
            progress(CHECKING, 0, 0)
            read = {one.sha256: read[one.sha256] for one in fresh}
            checked, new = checked_rows(root, list(read.values()), findings)
            if checked.refused:
                return Outcome(checked)
            storage.passed("rows checked")
            _stage(work, new.new, old)
            manifest = {
                "files": [x.stated for x in fresh],
                "rows": checked.rows,
                "note": note,
                "columns": lettered(new),
            }
            storage.room(root, work, publishing=proven)
            if not proven:
                return Outcome(checked, Journal(root).commit(work, manifest, at))
            progress(PUBLISHING, 0, 0)
            try:
                kept = commit(root, work, manifest, at, publishing=publish)
            except UnpublishableError as refusal:
                return Outcome(_refused(checked, fresh, refusal))
            return Outcome(checked, kept.batch, (), kept.snapshot, kept.unpublished)


@contextmanager
def _remembering(root: Path) -> Iterator[None]:
    """Read what is stored already while another process reads the workbooks."""

    def remember() -> None:
        # What is wrong here is wrong when it is asked for, and told there.
        with suppress(Exception):
            batches = Journal(root).batches()
            for ledger in by_name():
                remembered_rows(root, ledger, batches)

    thread = Thread(target=remember)
    thread.start()
    try:
        yield
    finally:
        thread.join()


@dataclass(frozen=True)
class ReadFile:
    """One file's name, its rows by ledger, its findings, its columns."""

    name: str
    rows: dict[str, pl.DataFrame]
    findings: list[Finding]
    columns: dict[str, dict[tuple[str, str], dict[str, str]]]


def _read(one: Incoming, work: Path, progress: Progress, place: tuple[int, int]) -> ReadFile:
    from board import workbook

    progress(READING, *place)
    out = work / "read" / str(place[0])
    out.mkdir(parents=True)
    reading = workbook.read(one.path, out, one.name)
    frames = {
        path.stem: pl.read_parquet(path, memory_map=False) for path in sorted(out.glob("*.parquet"))
    }
    return ReadFile(one.name, frames, list(reading.findings), reading.columns)


def checked_rows(
    root: Path, read: Sequence[ReadFile], before: Sequence[Finding]
) -> tuple[Check, Load]:
    """Every finding about these readings together, and what they bring by ledger."""
    rows: dict[str, list[pl.DataFrame]] = {}
    columns: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for one in read:
        for name, frame in one.rows.items():
            rows.setdefault(name, []).append(frame)
        for name, sheets in one.columns.items():
            columns.setdefault(name, {}).update(sheets)
    new = {name: pl.concat(frames) for name, frames in rows.items()}
    new = {name: frame for name, frame in new.items() if frame.height}
    load = Load(root, new, columns)
    findings = [*before, *(finding for one in read for finding in one.findings)]
    for look in (twice, references, lacking, *CHECKS):
        findings += look(load)
    counted = {name: frame.height for name, frame in new.items()}
    if read and not refuses(findings):
        findings += [] if new else [_no_rows(read[0].name)]
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return Check(tuple(findings), counted, replaced(load)), load


def _stage(work: Path, rows: dict[str, pl.DataFrame], old: Sequence[Incoming]) -> None:
    """Leave in the staging folder what the batch shall hold, and nothing else."""
    shutil.rmtree(work / "read")
    for one in old:
        one.path.unlink()
    for name, frame in rows.items():
        frame.write_parquet(work / f"{name}.parquet")
    storage.passed("rows written")


def _published(root: Path, wanted: bool, progress: Progress, outcome: Outcome) -> Outcome:
    """The outcome with its snapshot; a publishing that fails leaves the batch stored."""
    if not wanted:
        return outcome
    progress(PUBLISHING, 0, 0)
    try:
        name, refused = put_in_use(root), None
    except storage.RefusedError as error:
        name, refused = None, error
    return Outcome(outcome.check, outcome.batch, outcome.already, name, refused)


def _refused(checked: Check, files: Sequence[Incoming], refusal: UnpublishableError) -> Check:
    """The check with one error more: these files can't be published."""
    names = "、".join(one.name for one in files)
    finding = file_finding(names, refusal.code, "error", refusal.message)
    return Check((finding, *checked.findings), checked.rows, checked.replaces)


def _nothing_new(findings: Sequence[Finding], batches: tuple[int, ...]) -> Outcome:
    return Outcome(Check(tuple(findings), {}, {}), max(batches), batches)


def _no_rows(name: str) -> Finding:
    return file_finding(name, "no_rows", "error", Message(N_("没有读到任何台账行。")))
