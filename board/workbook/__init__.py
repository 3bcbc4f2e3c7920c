"""The only reader of workbooks: any file in, checked and typed rows or findings out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import polars as pl

from board.findings import Finding, Severity, refuses
from board.ledgers import Ledger
from board.workbook._fault import Fault, fault
from board.workbook._keys import Places, repeats
from board.workbook._limits import Limits
from board.workbook._process import run_child

__all__ = ["Limits", "Reading", "nothing_to_load", "read", "repeated_keys"]

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
            return Reading(name, (_finding(name, problem),))
        return _reading(name, work)


def _reading(name: str, work: Path) -> Reading:
    from board.workbook._read import FINDINGS, SUMMARY

    summary: dict[str, Any] = json.loads((work / SUMMARY).read_text(encoding="utf-8"))
    found = pl.read_parquet(work / FINDINGS)
    columns = {
        ledger: {(name, sheet): letters for sheet, letters in sheets.items()}
        for ledger, sheets in summary["columns"].items()
    }
    # A fault repeated down a column says the same words: keep them once.
    said: dict[str, str] = {}
    columns_of = [[said.setdefault(x, x) if x else x for x in found[c]] for c in found.columns]
    findings = tuple(Finding(name, *row) for row in zip(*columns_of, strict=True))
    return Reading(name, findings, summary["rows"], columns)


def repeated_keys(
    frame: pl.DataFrame, ledger: type[Ledger], columns: Places, across_files: bool = False
) -> list[Finding]:
    """A finding for every row whose key stood before, naming both cells.

    `frame` holds `file`, `sheet`, `row` and the key columns of one ledger over all files;
    `columns` gives the letters of its columns by (file, sheet), as Reading.columns does.
    `read` has told the repeats inside one file already: `across_files` tells the others.
    """
    return [
        _finding(repeat.file, repeat.fault, repeat.sheet, ledger.name, repeat.column,
                 f"{columns[(repeat.file, repeat.sheet)][repeat.column]}{repeat.row}")
        for repeat in repeats(frame, ledger, columns, across_files)
    ]  # fmt: skip


def nothing_to_load(rows: Mapping[str, int], name: str) -> list[Finding]:
    """The error of a load that holds no row at all, named after its first file."""
    return [] if any(rows.values()) else [_finding(name, fault("nothing_to_load"))]


def _finding(
    file: str,
    wrong: Fault,
    sheet: str | None = None,
    ledger: str | None = None,
    column: str | None = None,
    cell: str | None = None,
) -> Finding:
    severity = cast(Severity, wrong.severity)
    return Finding(
        file, sheet, cell, ledger, column, wrong.rule, severity, wrong.found, wrong.expected,
        wrong.suggestion, wrong.message_zh, wrong.message_en,
    )  # fmt: skip
