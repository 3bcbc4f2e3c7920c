"""What a department is told of a check: nothing of people whose ledger another department keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from board.findings import Finding
from board.i18n import N_, Message
from board.intake.checking import Check
from board.ledgers import by_name
from board.publish import of_households

OTHERS = N_(
    "“{header}”一列有的行与{ledger}对不上，所以没有收录。{ledger}由{keeper}填报，"
    "是哪些行这里不能说：请与{keeper}核对。"
)


@cache
def of_people() -> frozenset[str]:
    """The ledgers whose rows are persons or households, or that name a person."""
    named = {ledger.name for ledger in of_households()}
    return frozenset(
        name
        for name, ledger in by_name().items()
        if name in named or any(f.personal for f in ledger.fields())
    )


def hidden(finding: Finding, department: str) -> bool:
    """Whether a finding compares with people whose ledger is not the department's.

    A reader without a department keeps every ledger.
    """
    return bool(department) and _others(finding.against, department)


def _others(ledger: str, department: str) -> bool:
    return ledger in of_people() and by_name()[ledger].keeper != department


def told(check: Check, department: str) -> Check:
    """A check as a department is told it: without what would say who is known elsewhere.

    Not even how many: with one row in a file, a number says whether that person is known.
    """
    kept = tuple(f for f in check.findings if not hidden(f, department))
    return Check(kept, check.rows, check.replaces)


def answered(check: Check, department: str) -> Check:
    """A refused load as a department is told it: which column does not agree, not in which rows."""
    lost = [f for f in check.findings if hidden(f, department) and f.severity == "error"]
    kept = told(check, department)
    return Check((*_columns(lost), *kept.findings), check.rows, check.replaces)


def compared(ledgers: Iterable[str], department: str) -> bool:
    """Whether loading rows of these ledgers tells if people of another department's are known."""
    return bool(department) and any(
        _others(field.refers_to, department)
        for name in ledgers
        if name in by_name()
        for field in by_name()[name].fields()
        if field.refers_to
    )


def _columns(lost: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a column of a file, without a cell or a number."""
    places = {(f.file, f.sheet, f.ledger, f.column, f.rule, f.against) for f in lost}
    for file, sheet, ledger, column, rule, against in sorted(places, key=str):
        other = by_name()[against]
        header = next(
            (f.header for f in by_name()[ledger or against].fields() if f.name == column), ""
        )
        gaps = {"header": header, "ledger": other.sheet_title(), "keeper": other.keeper}
        yield Finding(
            file=file, sheet=sheet, cell=None, ledger=ledger, column=column, rule=rule,
            severity="error", found=None, expected=None, suggestion=None, against=against,
            message=Message(OTHERS, gaps),
        )  # fmt: skip
