"""The message of every reading rule, and the severity of those about files, sheets and tables."""

from __future__ import annotations

from board.findings import Severity
from board.ledgers.kinds import words
from board.workbook.findings.words_cell import CELL_WORDS
from board.workbook.findings.words_file import FILE_WORDS

NOTICES = {
    "hidden_sheet", "hidden_rows", "hidden_columns", "total_row", "repeated_header", "empty_sheet",
    "numbering_row", "unit_row", "example_row", "hint_row", "subtitle_row", "rest_rows",
    "sheet_recognised", "untouched_rows",
}  # fmt: skip
WARNINGS = {
    "unknown_sheet", "unknown_column", "outside_table", "outside_column", "picture",
}  # fmt: skip
WORDS: dict[str, str] = {**FILE_WORDS, **CELL_WORDS, **words()}


def severity_of(rule: str) -> Severity:
    """The severity of a rule about a file, sheet or table; most rules are errors."""
    if rule in NOTICES:
        return "notice"
    return "warning" if rule in WARNINGS else "error"
