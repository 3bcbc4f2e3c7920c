"""What is wrong with one value, before it is known in which cells it stands."""

from __future__ import annotations

from dataclasses import dataclass

from board.ledgers import Field
from board.workbook._words import severity_of, words


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
    """The fault of a rule, worded in both languages."""
    zh, en = words(
        rule,
        header=field.header if field else "",
        name=field.name if field else "",
        found="" if found is None else found,
        expected=expected or "",
        suggestion=suggestion,
        **gaps,
    )
    return Fault(rule, severity_of(rule), found, expected, suggestion, zh, en)
