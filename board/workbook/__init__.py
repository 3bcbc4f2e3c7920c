"""Read a workbook of any accepted kind into typed, checked rows and findings, or mark these in it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from board.findings import Finding, refuses
from board.i18n import language
from board.ledgers.plan_sheets import SHEETS
from board.reference import Lists, shipped_lists, shipped_plan
from board.workbook.findings.finding import NO_PLACE, findings
from board.workbook.limits import Limits
from board.workbook.process import run_child

__all__ = ["Limits", "Reading", "mark", "read", "read_text", "shipped_sheets"]

LARGEST_TEXT = 5 * 1024 * 1024
Columns = dict[str, dict[tuple[str, str], dict[str, str]]]


@dataclass(frozen=True)
class Reading:
    """The result of reading one file.

    `rows` is the number of rows of each ledger, `columns` gives the letter of each column
    by ledger and (file, sheet). The rows themselves are in `<ledger>.parquet` in the output
    folder; a faulty cell is null there.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether an error stops the import."""
        return refuses(self.findings)


def read(
    path: Path | str,
    out: Path | str,
    name: str | None = None,
    limits: Limits | None = None,
    lists: Lists | None = None,
    of_plan: bool = False,
) -> Reading:
    """Read and check one file of any accepted kind: ledgers, or with `of_plan` sheets of a plan.

    The rows are written to the folder `out`, one Parquet file a ledger; findings call the
    file `name`. `lists` are the lists of names that plans make, by default the shipped plan's. A
    file whose content can't be read gives one finding. Raises OSError when the file at `path`
    can't be opened.
    """
    path, out = Path(path), Path(out)
    name, limits = name or path.name, limits or Limits()
    with path.open("rb"):
        out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reading-", dir=out) as folder:
        work = Path(folder)
        names = lists if lists is not None else shipped_lists()
        request = {
            "task": "read", "path": str(path.resolve()), "name": name, "out": str(out.resolve()),
            "work": str(work), "lists": names, "of_plan": of_plan,
        }  # fmt: skip
        problem = run_child(request, work, limits)
        if problem is not None:
            for parquet in out.glob("*.parquet"):
                parquet.unlink()
            return Reading(name, tuple(findings(name, [(NO_PLACE, problem)])))
        return reading_of(name, work)


def mark(
    path: Path,
    out: Path,
    name: str,
    findings_of_file: Iterable[Finding],
    limits: Limits | None = None,
) -> bool:
    """Write a copy of a file with its findings marked in it, a .xlsx, to the path `out`.

    Only those of the findings that call the file `name` are marked, in the language of this run; where
    there is none nothing is written, and the answer is false. A file that can't be opened within
    the limits gives a workbook with the list of findings alone. Raises OSError as writing does.
    """
    from board.workbook.marking.mark import marks_of

    marks = [asdict(one) for one in marks_of(findings_of_file, name)]
    if not marks:
        return False
    with tempfile.TemporaryDirectory(prefix="marking-", dir=out.parent) as folder:
        request = {
            "task": "mark", "path": str(path.resolve()), "name": name, "out": str(out.resolve()),
            "marks": marks, "language": language(), "list_only": False,
        }  # fmt: skip
        if run_child(request, Path(folder), limits or Limits()):
            problem = run_child({**request, "list_only": True}, Path(folder), Limits())
            if problem is not None:
                raise OSError(problem.found)
    return True


def read_text(path: Path, out: Path, name: str) -> Reading:
    """Read and check one .csv of a plan in this process: text can't end the process that opens it.

    The rows are written to the folder `out`. A file of another kind, or a larger one than a plan
    has, is read as `read` reads it.
    """
    from board.workbook.ledgers_of_file import read_into

    with path.open("rb") as file:
        start = file.read(8)
    foreign = start.startswith((b"PK", b"\xd0\xcf")) or b"\0" in start
    if foreign or path.stat().st_size > LARGEST_TEXT:
        return read(path, out, name, lists={}, of_plan=True)
    with tempfile.TemporaryDirectory(prefix="reading-", dir=out) as folder:
        read_into(path, name, out, Path(folder), Limits(), {}, True)
        return reading_of(name, Path(folder))


def shipped_sheets() -> dict[str, pl.DataFrame]:
    """The sheets of the plan that comes with the product, by table name; read in this process."""
    from board.workbook.ledgers_of_file import content_of

    sheets: dict[str, pl.DataFrame] = {}
    for path in sorted(shipped_plan().glob("*.csv")):
        sheets |= content_of(path, path.name, Limits(), {}, SHEETS).tables
    return sheets


def reading_of(name: str, work: Path) -> Reading:
    """The reading of the file `name`, from what the child process left in the folder `work`."""
    from board.workbook.findings.notes import placed_faults
    from board.workbook.ledgers_of_file import FAULTS, PLACES, SUMMARY

    summary: dict[str, Any] = json.loads((work / SUMMARY).read_text(encoding="utf-8"))
    places, faults = (pl.read_parquet(work / part, memory_map=False) for part in (PLACES, FAULTS))
    columns = {
        ledger: {(name, sheet): letters for sheet, letters in sheets.items()}
        for ledger, sheets in summary["columns"].items()
    }
    findings_of_file = tuple(findings(name, placed_faults(places, faults)))
    return Reading(name, findings_of_file, summary["rows"], columns)
