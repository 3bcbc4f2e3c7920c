"""The faults of files, sheets, tables and rows; those of single values are made by their kinds."""

from __future__ import annotations

from board.ledgers import Field, RowRule
from board.ledgers.fields.cell import Fault, shortened
from board.ledgers.fields.cell import fault as fault_of_value
from board.workbook.findings.words import severity_of


def fault(
    rule: str,
    field: Field | None = None,
    text: str | None = None,
    expected: str | None = None,
    suggestion: str | None = None,
    **gaps: str | int,
) -> Fault:
    """The fault of a reading rule; `text` is what the cell shows, "" for an empty cell."""
    if text is None and field is not None:
        text = ""
    return fault_of_value(rule, text, expected, suggestion, severity_of(rule), **gaps)


def broken(rule: RowRule, text: str) -> Fault:
    """The fault of a row that breaks a row rule; `text` is the cell that the rule names."""
    return Fault(rule.code, rule.severity, shortened(text), None, None)


def ranges(rows: list[int]) -> str:
    """Ascending row numbers as text, at most 20 ranges: 3–5、8."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
    return "、".join([*texts[:20], "…"] if len(texts) > 20 else texts)
