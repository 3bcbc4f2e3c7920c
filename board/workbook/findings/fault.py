"""What is wrong with one value, before it is known in which cells it stands."""

from __future__ import annotations

from dataclasses import dataclass

from board.ledgers import Field
from board.workbook.findings.expected import EXAMPLES, bounds, expectation
from board.workbook.findings.words import expected_by, severity_of, words

LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """A rule broken by a value: what was found, what is expected, the nearest valid value."""

    rule: str
    severity: str
    found: str | None
    expected: str | None
    suggestion: str | None
    message_zh: str
    message_en: str


def fault(
    rule: str,
    field: Field | None = None,
    found: str | None = None,
    expected: str | None = None,
    suggestion: str | None = None,
    **gaps: object,
) -> Fault:
    """The fault of a rule, worded in both languages.

    What is expected is what the field takes, unless it is said. An empty cell was found
    where nothing is.
    """
    if expected is None:
        expected = expectation(field) if field else expected_by(rule, **gaps)
    if found is None and field is not None:
        found = ""
    if found is not None and len(found) > LONGEST:
        found = found[:LONGEST] + "…"
    zh, en = words(
        rule,
        header=field.header if field else "",
        name=field.name if field else "",
        found=found or "",
        expected=expected,
        example=EXAMPLES.get(field.kind, "") if field else "",
        bounds=bounds(field) if field else "",
        suggestion=suggestion,
        **gaps,
    )
    return Fault(rule, severity_of(rule), found, expected or None, suggestion, zh, en)
