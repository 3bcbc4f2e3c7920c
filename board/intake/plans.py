"""Check the files of a plan together, and load them as a batch of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from board import storage
from board.findings import SEVERITIES
from board.i18n import N_, Message
from board.intake.checking import nothing_new, refusal_of, stage_rows
from board.intake.incoming import file_finding, incoming
from board.intake.outcome import Check, Outcome
from board.intake.plan_rules import RULES, Sheets, overlap
from board.journal import Journal
from board.ledgers.plan_sheets import REQUIRED
from board.publish import StoredPlan, UnpublishableError, commit, normalised, stored_plans

Waiting = Callable[[storage.Holder | None], None]


class NoPlanFilesError(Exception):
    """The path has no file of a plan."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def check(path: Path, root: Path) -> Check:
    """Check the plan in a folder of .csv files, or in a workbook, against itself and the store."""
    return examine(path, root)[0]


def examine(path: Path, root: Path) -> tuple[Check, StoredPlan | None]:
    """As `check`, with the plan as `load` would store it; None where it would be refused."""
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.staging(root) as work:
        sheets, _files = _read(path, work)
        checked = _checked(root, sheets)
        return checked, None if checked.refused else StoredPlan(0, normalised(sheets.rows))


def load(
    path: Path,
    root: Path,
    note: str = "",
    at: str | None = None,
    publish: bool = True,
    waiting: Waiting | None = None,
) -> Outcome:
    """Check a plan and store it as a batch, recorded now or `at` an earlier time (UTC).

    A plan with the same 方案编号 is replaced from then on. The files of the plan that is in force
    are not stored again.
    """
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.staging(root) as work:
        sheets, files = _read(path, work)
        with storage.writing(root, "plan", waiting):
            if same := _in_force(root, files, at or storage.now()):
                return nothing_new(root, Check((), {}, {}), (same,), publish)
            checked = _checked(root, sheets)
            if checked.refused:
                return Outcome(checked)
            whole = normalised(sheets.rows)
            stage_rows(work, whole)
            manifest = {
                "files": files,
                "rows": checked.rows,
                "note": note,
                "plan": StoredPlan(0, whole).id,
            }
            storage.room(root, work, publishing=True)
            try:
                change = commit(root, work, manifest, at, publishing=publish)
            except UnpublishableError as refusal:
                return Outcome(refusal_of(checked, [file["name"] for file in files], refusal))
            return Outcome(checked, change.batch, (), change.snapshot, change.unpublished)


def _in_force(root: Path, files: list[dict[str, str]], at: str) -> int | None:
    """The batch of a plan in force at a time that was loaded from these very files; None if none."""
    latest = {
        batch.plan: batch
        for batch in sorted(Journal(root).batches(), key=lambda one: (one.recorded_at, one.number))
        if batch.plan and batch.state == "live" and batch.recorded_at <= at
    }
    hashes = {file["sha256"] for file in files}
    same = (
        batch.number
        for batch in latest.values()
        if {file["sha256"] for file in batch.files} == hashes
    )
    return next(same, None)


def _read(path: Path, work: Path) -> tuple[Sheets, list[dict[str, str]]]:
    """The sheets of a plan, and its files as the manifest names them.

    Raises NoPlanFilesError where there is no file.
    """
    from board import workbook

    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not paths or not all(one.is_file() for one in paths):
        raise NoPlanFilesError(path)
    received, findings = incoming(paths, work / "received")
    sheets = Sheets({}, {}, findings)
    letters: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for number, file in enumerate(received):
        out = work / "read" / str(number)
        out.mkdir(parents=True)
        reading = workbook.read_text(file.path, out, file.name)
        sheets.findings += reading.findings
        for name, places in reading.columns.items():
            letters.setdefault(name, {}).update(places)
        for parquet in sorted(out.glob("*.parquet")):
            rows = pl.read_parquet(parquet, memory_map=False)
            before = sheets.rows.get(parquet.stem)
            sheets.rows[parquet.stem] = rows if before is None else pl.concat([before, rows])
    sheets.columns = letters
    _missing(sheets, received[0].name if received else path.name)
    return sheets, [file.stated for file in received]


def _missing(sheets: Sheets, file: str) -> None:
    """Note the sheets that a plan must have, and the plan's own row."""
    for declared in REQUIRED:
        if declared.name not in sheets.rows:
            message = Message(N_("缺少“{sheet}”这张表。"), {"sheet": declared.sheet})
            sheets.findings.append(file_finding(file, "missing_sheet", "error", message))
    plans = sheets.rows.get("plan")
    if plans is not None and plans.height > 1:
        for row in list(sheets.each("plan"))[1:]:
            sheets.report("plan", row, "id", "one_plan", N_("一次只收一份方案，这里有几行。"))


def _checked(root: Path, sheets: Sheets) -> Check:
    """The check of a plan's sheets; what is wrong inside a sheet is found before what spans several."""
    for rule in RULES:
        rule(sheets)
    overlap(sheets, stored_plans(root, Journal(root).batches()), root)
    findings = sorted(sheets.findings, key=lambda one: SEVERITIES.index(one.severity))
    rows = {name: frame.height for name, frame in sheets.rows.items()}
    return Check(tuple(findings), rows, {})


__all__ = ["NoPlanFilesError", "check", "load"]
