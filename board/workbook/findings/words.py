"""The message and the severity of every reading rule."""

from __future__ import annotations

from board.findings import Severity
from board.workbook.findings.words_cell import CELL_WORDS
from board.workbook.findings.words_file import FILE_WORDS

NOTICES = {
    "hidden_sheet", "hidden_rows", "hidden_columns", "total_row", "repeated_header", "empty_sheet",
}  # fmt: skip
WARNINGS = {
    "unknown_sheet", "unknown_column", "outside_table", "outside_column", "time_dropped",
    "percent_below_one",
}  # fmt: skip
WORDS: dict[str, str] = {**FILE_WORDS, **CELL_WORDS}


def severity_of(rule: str) -> Severity:
    """The severity of a reading rule; most rules are errors."""
    if rule in NOTICES:
        return "notice"
    return "warning" if rule in WARNINGS else "error"
