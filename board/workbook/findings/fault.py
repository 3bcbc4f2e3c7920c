"""What is wrong with one value, without the cells that hold it."""

from __future__ import annotations

from dataclasses import dataclass

from board.findings import Severity
from board.ledgers import Field, RowRule
from board.workbook.findings.words import severity_of

LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """A rule broken by a value: the value found, what is expected, the nearest valid value.

    `expected` is None where the rule or the column states it. `gaps` fill those gaps of the
    rule's message that neither the column nor the other fields fill.
    """

    rule: str
    severity: Severity
    found: str | None
    expected: str | None
    suggestion: str | None
    gaps: tuple[tuple[str, str | int], ...] = ()


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
    return Fault(
        rule, severity_of(rule), _shortened(text), expected, suggestion, tuple(gaps.items())
    )


def broken(rule: RowRule, text: str) -> Fault:
    """The fault of a row that breaks a row rule; `text` is the cell that the rule names."""
    return Fault(rule.name, rule.severity, _shortened(text), None, None)


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST else text[:LONGEST] + "…"
