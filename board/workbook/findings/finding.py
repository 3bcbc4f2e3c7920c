"""Turn faults into findings: the rule's message, filled in for the column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from board.findings import Finding, unlisted
from board.i18n import Message
from board.ledgers import Field, RowRule
from board.ledgers.fields.cell import Fault
from board.ledgers.plan_sheets import declaration
from board.workbook.findings.notes import TIMES, Place
from board.workbook.findings.words import WORDS
from board.workbook.findings.words_file import EXPECTED, FILE_WORDS

NO_PLACE = Place(None, None, None, None)


def findings(file: str, faults: Iterable[tuple[Place, Fault]]) -> Iterator[Finding]:
    """The findings of a file; equal faults of one column share their message."""
    contents: dict[tuple[Fault, str | None, str | None], tuple[Any, ...]] = {}
    for place, fault in faults:
        key = fault, place.ledger, place.column
        if key not in contents:
            contents[key] = _content(fault, place.ledger or "", place.column or "")
        finding = Finding(file, *place, *contents[key])
        times = dict(fault.gaps).get(TIMES)
        yield unlisted(finding, int(times)) if times else finding


def _content(fault: Fault, ledger: str, column: str) -> tuple[Any, ...]:
    """The fields of a finding after its place, from `rule` to `message`."""
    field, rule = _field(ledger, column), _row_rules(ledger).get(fault.rule)
    expected = _expected(fault, field, rule)
    gaps = {
        **_field_gaps(field),
        "found": fault.found or "",
        "expected": expected or "",
        "suggestion": fault.suggestion,
        **dict(fault.gaps),
    }
    message = Message(_text(fault, rule), gaps)
    return fault.rule, fault.severity, fault.found, expected or None, fault.suggestion, message


def _text(fault: Fault, rule: RowRule | None) -> str:
    if rule is not None:
        return WORDS["row_rule"]
    suggested = f"{fault.rule}_suggested"
    if suggested in WORDS and (fault.suggestion or "near" in dict(fault.gaps)):
        return WORDS[suggested]
    return WORDS[fault.rule]


def _expected(fault: Fault, field: Field | None, rule: RowRule | None) -> Message | str | None:
    """What is expected: stated by the fault, else by its rule, else by the column."""
    if fault.expected is not None:
        return fault.expected
    if rule is not None:
        return rule.expected
    if fault.rule in FILE_WORDS:
        expected = EXPECTED.get(fault.rule)
        return Message(expected, dict(fault.gaps)) if expected else None
    return field.expected if field else None


@cache
def _field_gaps(field: Field | None) -> dict[str, str]:
    """The gaps of a message that the column fills."""
    if field is None:
        return {"header": "", "name": "", "example": "", "bounds": ""}
    gaps = {"header": field.header, "name": field.name, "bounds": field.bounds}
    return {**gaps, "example": next(iter(field.examples))}


@cache
def _field(ledger: str, column: str) -> Field | None:
    fields = declaration(ledger).fields() if ledger else ()
    return next((field for field in fields if field.name == column), None)


@cache
def _row_rules(ledger: str) -> dict[str, RowRule]:
    return {rule.code: rule for rule in declaration(ledger).row_rules()} if ledger else {}
