"""What a rule of reading says, in Chinese and in English, what it expects and how hard it is."""

from __future__ import annotations

from board.workbook.findings.words_cell import CELL_WORDS
from board.workbook.findings.words_file import FILE_WORDS

NOTICES = {
    "hidden_sheet", "hidden_rows", "hidden_columns", "total_row", "repeated_header", "empty_sheet",
}  # fmt: skip
WARNINGS = {
    "unknown_sheet", "unknown_column", "outside_table", "outside_column", "time_dropped",
    "percent_below_one",
}  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    **{rule: (zh, en) for rule, (zh, en, _) in FILE_WORDS.items()},
    **CELL_WORDS,
}


def severity_of(rule: str) -> str:
    """How hard a rule of reading is: most are errors."""
    if rule in NOTICES:
        return "notice"
    return "warning" if rule in WARNINGS else "error"


def expected_by(rule: str, **gaps: object) -> str:
    """What a rule about a file, a sheet or a table expects; nothing for one about a cell."""
    return FILE_WORDS[rule][2].format(**gaps) if rule in FILE_WORDS else ""


def words(rule: str, **gaps: object) -> tuple[str, str]:
    """The message of a rule in Chinese and in English, its gaps filled."""
    zh, en = WORDS[rule]
    return zh.format(**gaps), en.format(**gaps)
