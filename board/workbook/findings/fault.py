"""What is wrong with one value, before it is known in which cells it stands."""

from __future__ import annotations

from dataclasses import dataclass

from board.findings import Severity
from board.ledgers import Field, RowRule
from board.workbook.findings.words import severity_of

LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """A rule broken by a value: what was found, what is expected, the nearest valid value.

    `expected` is None where the rule or the column says it. `gaps` are those of the rule's
    message that neither the column nor the other fields fill.
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
    found: str | None = None,
    expected: str | None = None,
    suggestion: str | None = None,
    **gaps: str | int,
) -> Fault:
    """The fault of a rule of reading; an empty cell was found where nothing is."""
    if found is None and field is not None:
        found = ""
    return Fault(rule, severity_of(rule), _cut(found), expected, suggestion, tuple(gaps.items()))


def broken(rule: RowRule, found: str) -> Fault:
    """The fault of a rule over one row."""
    return Fault(rule.name, rule.severity, _cut(found), None, None)


def _cut(found: str | None) -> str | None:
    return found if found is None or len(found) <= LONGEST else found[:LONGEST] + "…"
