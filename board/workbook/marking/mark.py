"""What is written into a marked workbook of one finding, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from board.findings import Finding
from board.i18n import N_, Message, _
from board.ledgers import by_name

WORDS = {
    "error": N_("错误", "finding"),
    "warning": N_("提醒", "finding"),
    "notice": N_("告知", "finding"),
}
SIGNS = {"error": "■", "warning": "▲", "notice": "○"}
DO = {
    "error": N_("照“应为”改好再提交"),
    "warning": N_("请核对；没有错可以不改"),
    "notice": N_("知道即可，不用改"),
}


@dataclass(frozen=True)
class Mark:
    """One finding in words: where it is, what was found, what is expected and what to do.

    `sheet` and `cell` (B17) are empty where no sheet or cell is at fault, `ledger` and `column` are
    shown as the templates have them.
    """

    severity: str
    ledger: str
    sheet: str
    cell: str
    column: str
    found: str
    expected: str
    advice: str
    message: str

    @property
    def word(self) -> str:
        """The severity with its sign: ■ 错误."""
        return f"{SIGNS[self.severity]} {_(WORDS[self.severity])}"

    @property
    def note(self) -> str:
        """The text for the cell's note."""
        lines = [f"{self.word}：{self.message}"]
        if self.found and self.found not in self.message:
            lines.append(_("填的是：{found}", found=self.found))
        if self.expected:
            lines.append(_("应为：{expected}", expected=self.expected))
        return "\n".join([*lines, self.advice])


def marks_of(findings: Iterable[Finding], file: str) -> list[Mark]:
    """The marks for the findings of one file, in the order of the findings."""
    return [_mark(finding) for finding in findings if finding.file == file]


def _mark(finding: Finding) -> Mark:
    ledger = by_name().get(finding.ledger or "")
    field = next((f for f in ledger.fields() if f.name == finding.column), None) if ledger else None
    advice = _(DO[finding.severity])
    if finding.suggestion:
        advice = _("也许是“{suggestion}”", suggestion=finding.suggestion)
    return Mark(
        severity=finding.severity,
        ledger=ledger.sheet if ledger else "",
        sheet=finding.sheet or "",
        cell=finding.cell or "",
        column=field.header if field else finding.column or "",
        found=finding.found or "",
        expected=_text(finding.expected),
        advice=advice,
        message=_text(finding.message),
    )


def _text(words: Message | str | None) -> str:
    return "" if words is None else str(words)
