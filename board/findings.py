"""What a check has to say about a workbook: one finding a fault, in Chinese and in English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, what was found there and what is expected.

    `cell` is a name like B17, or None where no cell is at fault; `column` is the
    column's English name. `found` is the cell as the keeper sees it, `suggestion` the
    nearest valid value. An `error` stops the whole import, a `warning` or a `notice`
    does not. `against` is the other ledger that the row was compared with.
    """

    file: str
    sheet: str | None
    cell: str | None
    ledger: str | None
    column: str | None
    rule: str
    severity: Severity
    found: str | None
    expected: str | None
    suggestion: str | None
    message_zh: str
    message_en: str
    against: str = ""

    def as_dict(self) -> dict[str, str | None]:
        """The finding as the command line prints it."""
        said = asdict(self)
        del said["against"]
        return said


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, none left out."""
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in SEVERITIES}


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether these findings stop the import."""
    return any(finding.severity == "error" for finding in findings)
