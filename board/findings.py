"""Findings: what a check of workbooks reports, one finding for each fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from board.i18n import N_, Message

Severity = Literal["error", "warning", "notice"]
# So many findings of a rule are kept; the others are counted, however many rows are wrong.
LISTED = 1000
UNLISTED = N_("另有 {n} 处同样的问题，没有一一列出。")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
# So many values of a column have a line each in a summary; more have one line together.
LISTED_VALUES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, what was found there and what is expected.

    `cell` is a name like B17, or None where no single cell is at fault; `column` is the
    column's English name. `found` is the cell's content as the keeper sees it, `expected` a
    message or, where it needs no translation, a text, `suggestion` the nearest valid value. An
    `error` stops the whole import, a `warning` or a `notice` does not. `against` is the
    name of the other ledger that the row was compared with. `times` is how many faults it stands
    for: more than one where they are only counted.
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
    times: int = 1

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
    """The number of faults of each severity, zeros included."""
    numbers: Counter[str] = Counter()
    for finding in findings:
        numbers[finding.severity] += finding.times
    return {severity: numbers[severity] for severity in SEVERITIES}


def counts_of_rules(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    """(Severity, rule) → how many faults."""
    numbers: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        numbers[finding.severity, finding.rule] += finding.times
    return numbers


def bounded(findings: Iterable[Finding]) -> list[Finding]:
    """The first LISTED findings of each rule, and one that counts the others of each column."""
    kept: list[Finding] = []
    listed: Counter[str] = Counter()
    others: dict[tuple[str | None, ...], Finding] = {}
    for finding in findings:
        if finding.times == 1 and listed[finding.rule] < LISTED:
            listed[finding.rule] += 1
            kept.append(finding)
            continue
        place = (
            finding.file, finding.sheet, finding.ledger, finding.column, finding.rule,
            finding.severity, finding.against,
        )  # fmt: skip
        times = finding.times + (others[place].times if place in others else 0)
        others[place] = unlisted(finding, times)
    return [*kept, *others.values()]


def unlisted(finding: Finding, times: int) -> Finding:
    """The finding that counts so many faults like this one."""
    message = Message(UNLISTED, {"n": times})
    return replace(finding, cell=None, found=None, suggestion=None, message=message, times=times)


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether these findings stop the import."""
    return any(finding.severity == "error" for finding in findings)


@dataclass(frozen=True)
class Alike:
    """Findings of one rule about one column: how many, and what all of them say.

    `values` are the most frequent values found, with how often, where the message names none;
    `distinct` is how many values there are.
    """

    severity: Severity
    count: int
    message: Message
    values: tuple[tuple[str, int], ...] = ()
    distinct: int = 0


def summed(findings: Iterable[Finding]) -> list[Alike]:
    """The findings by rule, column and value: errors first, of each severity the most frequent.

    A few values have a line each. Where there are more, a gap that differs between them is an
    ellipsis, so that no finding is told in the words of another one.
    """
    groups: dict[tuple[str | None, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        about = (finding.severity, finding.rule, finding.ledger, finding.column)
        groups[*about, finding.message.text].append(finding)
    lines = [line for group in groups.values() for line in _lines(group)]
    return sorted(lines, key=lambda line: (SEVERITIES.index(line.severity), -line.count))


def _lines(group: Sequence[Finding]) -> list[Alike]:
    """The lines about findings with one message, which may differ in its gaps."""
    severity = group[0].severity
    by_words: Counter[str] = Counter()
    for finding in group:
        by_words[finding.message.zh] += finding.times
    if len(by_words) <= LISTED_VALUES:
        messages = {finding.message.zh: finding.message for finding in group}
        return [Alike(severity, count, messages[words]) for words, count in by_words.items()]
    values = Counter(finding.found for finding in group if finding.found)
    few = tuple(values.most_common(LISTED_VALUES)) if len(values) < len(group) else ()
    return [Alike(severity, by_words.total(), _shared(group), few, len(values))]


def _shared(group: Sequence[Finding]) -> Message:
    """The message of a group, with an ellipsis for what differs in it."""
    first = group[0].message
    gaps = {
        name: value if all(finding.message.gaps.get(name) == value for finding in group) else "…"
        for name, value in first.gaps.items()
    }
    return Message(first.text, gaps)
