"""The only reader of workbooks: any file in, checked and typed rows or findings out."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from board.findings import Finding, refuses
from board.workbook.findings.finding import NOWHERE, findings
from board.workbook.limits import Limits
from board.workbook.process import run_child

__all__ = ["Limits", "Reading", "read"]

Columns = dict[str, dict[tuple[str, str], dict[str, str]]]


@dataclass(frozen=True)
class Reading:
    """What came of reading one file.

    `rows` counts the rows of each ledger in the file, `columns` gives the letter of each
    column by ledger and (file, sheet). The rows lie in `<ledger>.parquet` in the folder
    given, faulty cells as null.
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
    path: Path | str, out: Path | str, name: str | None = None, limits: Limits | None = None
) -> Reading:
    """Read and check one file of any accepted kind.

    Its rows are written to the folder `out`, one Parquet file a ledger; `name` is what
    findings call the file. A file that can't be read at all gives one finding; only a
    path that is no readable file raises OSError.
    """
    path, out = Path(path), Path(out)
    name, limits = name or path.name, limits or Limits()
    with path.open("rb"):
        out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="board-reading-") as folder:
        work = Path(folder)
        problem = run_child(path, name, out, work, limits)
        if problem is not None:
            for left in out.glob("*.parquet"):
                left.unlink()
            return Reading(name, tuple(findings(name, [(NOWHERE, problem)])))
        return reading_of(name, work)


def reading_of(name: str, work: Path) -> Reading:
    from board.workbook.findings.notes import placed
    from board.workbook.ledgers_of_file import FAULTS, PLACES, SUMMARY

    summary: dict[str, Any] = json.loads((work / SUMMARY).read_text(encoding="utf-8"))
    places, faults = (pl.read_parquet(work / part, memory_map=False) for part in (PLACES, FAULTS))
    columns = {
        ledger: {(name, sheet): letters for sheet, letters in sheets.items()}
        for ledger, sheets in summary["columns"].items()
    }
    worded = tuple(findings(name, placed(places, faults)))
    return Reading(name, worded, summary["rows"], columns)
