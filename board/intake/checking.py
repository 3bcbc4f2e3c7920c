"""Check the files of one call together, and load them as one batch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

import polars as pl

from board import storage
from board.findings import SEVERITIES, Finding, bounded, refuses
from board.i18n import N_, Message
from board.intake import across, by_plan, homes
from board.intake.frames import Load, column_letters
from board.intake.incoming import Incoming, already_loaded, file_finding, incoming, known_files
from board.intake.keys import duplicate_keys, missing_columns, references, replaced
from board.intake.older import older_rows
from board.intake.outcome import Check, Outcome
from board.intake.places import places_settled
from board.intake.replacing import Replacing, replacing
from board.journal import Journal
from board.ledgers import by_name
from board.plan_names import lists
from board.publish import UnpublishableError, commit, remembered_rows
from board.publish import publish as put_in_use
from board.reference import Lists

READING, CHECKING, PUBLISHING = N_("读取"), N_("核对"), N_("发布")
Progress = Callable[[str, int, int], None]
Waiting = Callable[[storage.Holder | None], None]


def _silent(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def check(files: Sequence[Path], root: Path, progress: Progress = _silent) -> Check:
    """Check the files together and against the store; nothing is stored."""
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.staging(root) as work:
        received, findings = incoming(files, work / "received")
        loaded = known_files(root, received)
        findings += [already_loaded(f, loaded[f.sha256]) for f in received if f.sha256 in loaded]
        total, names = len(received), lists(root)
        readings = [
            _read(file, work, names, progress, (n, total)) for n, file in enumerate(received)
        ]
        progress(CHECKING, 0, 0)
        known = {file.name for file in received if file.sha256 in loaded}
        return checked_rows(root, readings, findings, known)[0]


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
    even_older: bool = True,
) -> Outcome:
    """Check the files and store them as one batch, recorded now or `at` an earlier time (UTC).

    A batch that can't be published is not stored, even where `publish` is false. `proven=False`
    skips that test; it is for filling a new store that is published once at the end.

    Files that a live batch contains are skipped unless `again`. `turn` is called when the files
    are read and returns when this load may continue: so several loads can read at the same time
    and be stored in order. With `even_older` false, files older than the store are declined: only
    checked, not stored. `waiting` is called before this waits for the store's lock.
    """
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.staging(root) as work:
        received, findings = incoming(files, work / "received")
        loaded = {} if again else known_files(root, received)
        readings: dict[str, ReadFile] = {}
        names = lists(root)
        with _remembering(root):
            for number, file in enumerate(received):
                if file.sha256 not in loaded:
                    place = (number, len(received))
                    readings[file.sha256] = _read(file, work, names, progress, place)
        storage.passed("workbooks read")
        if turn is not None:
            turn()
        with storage.writing(root, "load", waiting):
            require_plan(root)
            # Another load may have stored the same file since it was looked up.
            loaded = {} if again else known_files(root, received)
            old = [file for file in received if file.sha256 in loaded]
            fresh = [file for file in received if file.sha256 not in loaded]
            findings += [already_loaded(file, loaded[file.sha256]) for file in old]
            if old and not fresh:
                batches = tuple(sorted({loaded[file.sha256] for file in old}))
                return nothing_new(root, Check(tuple(findings), {}, {}), batches, publish, progress)
            progress(CHECKING, 0, 0)
            checked, new = checked_rows(root, [readings[file.sha256] for file in fresh], findings)
            if checked.refused:
                return Outcome(checked)
            if checked.older and not even_older:
                return Outcome(checked, declined=True)
            storage.passed("rows checked")
            stage_rows(work, new.new, old)
            manifest = {
                "files": [file.stated for file in fresh],
                "rows": checked.rows,
                "note": note,
                "columns": column_letters(new),
            }
            storage.room(root, work, publishing=proven)
            if not proven:
                return Outcome(checked, Journal(root).commit(work, manifest, at))
            progress(PUBLISHING, 0, 0)
            try:
                change = commit(root, work, manifest, at, publishing=publish, adopting=True)
            except UnpublishableError as refusal:
                return Outcome(refusal_of(checked, [file.name for file in fresh], refusal))
            return Outcome(checked, change.batch, (), change.snapshot, change.unpublished)


def require_plan(root: Path) -> None:
    """RefusedError where every plan of the store was withdrawn: nothing says what to check by."""
    loaded = [batch for batch in Journal(root).batches() if batch.plan]
    if loaded and all(batch.state == "withdrawn" for batch in loaded):
        raise storage.RefusedError("no_plan", NO_PLAN)


NO_PLAN = N_(
    "方案都已撤回，台账无从核对，没有入库。请先收一份方案：python -m board plan load 方案文件夹。"
)


@contextmanager
def _remembering(root: Path) -> Iterator[None]:
    """Read the stored rows into the cache while another process reads the workbooks."""

    def remember() -> None:
        # An error here occurs again where the rows are needed, and is reported there.
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
    """What was read of a file: its name, rows by ledger, findings, and columns as in `Load`."""

    name: str
    rows: dict[str, pl.DataFrame]
    findings: list[Finding]
    columns: dict[str, dict[tuple[str, str], dict[str, str]]]


def _read(
    file: Incoming, work: Path, names: Lists, progress: Progress, place: tuple[int, int]
) -> ReadFile:
    from board import workbook

    progress(READING, *place)
    out = work / "read" / str(place[0])
    out.mkdir(parents=True)
    reading = workbook.read(file.path, out, file.name, lists=names)
    frames = {
        path.stem: pl.read_parquet(path, memory_map=False) for path in sorted(out.glob("*.parquet"))
    }
    return ReadFile(file.name, frames, list(reading.findings), reading.columns)


def checked_rows(
    root: Path,
    readings: Sequence[ReadFile],
    before: Sequence[Finding],
    known: Collection[str] = (),
) -> tuple[Check, Load]:
    """Check these readings together; returns the check, added to the findings `before`, and the rows.

    The `known` files are those that a load would not take again: their rows replace nothing.
    """
    rows: dict[str, list[pl.DataFrame]] = {}
    columns: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for reading in readings:
        for name, frame in reading.rows.items():
            rows.setdefault(name, []).append(frame)
        for name, sheets in reading.columns.items():
            columns.setdefault(name, {}).update(sheets)
    new = {name: pl.concat(frames) for name, frames in rows.items()}
    new = {name: frame for name, frame in new.items() if frame.height}
    load = Load(root, new, columns)
    findings = [*before, *(finding for reading in readings for finding in reading.findings)]
    findings += places_settled(load)
    checks = (duplicate_keys, references, missing_columns, *by_plan.CHECKS, *across.CHECKS)
    for rule in (*checks, *homes.CHECKS):
        findings += rule(load)
    row_counts = {name: frame.height for name, frame in new.items()}
    if readings and not new and not refuses(findings):
        message = Message(N_("没有读到任何台账行。"))
        findings.append(file_finding(readings[0].name, "no_rows", "error", message))
    replaces = Replacing()
    if not refuses(findings):
        taken = load.without(known)
        replaces = replacing(taken)
        findings += older_rows(taken)
    findings = bounded(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)))
    return Check(tuple(findings), row_counts, replaced(load), replaces), load


def stage_rows(work: Path, rows: Mapping[str, pl.DataFrame], old: Sequence[Incoming] = ()) -> None:
    """Write the batch's rows into the staging folder and delete what does not belong to the batch."""
    shutil.rmtree(work / "read")
    for file in old:
        file.path.unlink()
    for name, frame in rows.items():
        frame.write_parquet(work / f"{name}.parquet")
    storage.passed("rows written")


def nothing_new(
    root: Path,
    check: Check,
    batches: tuple[int, ...],
    publish: bool,
    progress: Progress = _silent,
) -> Outcome:
    """The outcome of what these batches contain; what is stored is published, if wanted."""
    outcome = Outcome(check, max(batches), batches)
    if not publish:
        return outcome
    progress(PUBLISHING, 0, 0)
    try:
        return replace(outcome, snapshot=put_in_use(root))
    except storage.RefusedError as error:
        return replace(outcome, unpublished=error)


def refusal_of(checked: Check, files: Sequence[str], refusal: UnpublishableError) -> Check:
    """The check with another error: these files can't be published."""
    finding = file_finding("、".join(files), refusal.code, "error", refusal.message)
    return Check((finding, *checked.findings), checked.rows, checked.replaces)
