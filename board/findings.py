"""Findings: what a check of workbooks reports, one finding for each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from board.i18n import Message

Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, what was found there and what is expected.

    `cell` is a name like B17, or None where no single cell is at fault; `column` is the
    column's English name. `found` is the cell's content as the keeper sees it, `expected` a
    message or, where it needs no translation, a text, `suggestion` the nearest valid value. An
    `error` stops the whole import, a `warning` or a `notice` does not. `against` is the
    name of the other ledger that the row was compared with.
    """

    file: str
    sheet: str | None
    cell: str | None
    ledger: str | None
    column: str | None
    rule: str
    severity: Severity
    found: str | None
    expected: Message | str | None
    suggestion: str | None
    message: Message
    against: str = ""

    def as_dict(self) -> dict[str, str | None]:
        """The finding as the command line prints it, its message in both languages."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "ledger": self.ledger,
            "column": self.column,
            "rule": self.rule,
            "severity": self.severity,
            "found": self.found,
            "expected": self.expected_in_chinese,
            "suggestion": self.suggestion,
            "message_zh": self.message.zh,
            "message_en": self.message.en,
        }

    @property
    def expected_in_chinese(self) -> str | None:
        """What is expected, in Chinese like the templates."""
        return self.expected.zh if isinstance(self.expected, Message) else self.expected


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """The number of findings of each severity, zeros included."""
    numbers = Counter(finding.severity for finding in findings)
    return {severity: numbers[severity] for severity in SEVERITIES}


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether these findings stop the import."""
    return any(finding.severity == "error" for finding in findings)
