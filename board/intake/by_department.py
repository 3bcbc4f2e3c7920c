"""The findings a department may see: none about people in another department's ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from board.findings import Finding
from board.i18n import N_, Message
from board.intake.outcome import Check
from board.ledgers import by_name
from board.publish import of_households

Keepers = Mapping[str, str]
OTHERS = N_(
    "“{header}”一列有的行与{ledger}对不上，所以没有入库。{ledger}由{keeper}填报，"
    "是哪些行这里不能说：请与{keeper}核对。"
)


@cache
def of_people() -> frozenset[str]:
    """The names of ledgers about persons or households, or with a personal column."""
    registers = {ledger.name for ledger in of_households()}
    return frozenset(
        name
        for name, ledger in by_name().items()
        if name in registers or any(f.personal for f in ledger.fields())
    )


def hidden(finding: Finding, department: str, keepers: Keepers) -> bool:
    """Whether a finding depends on people in a ledger that another department keeps.

    `keepers` says which department keeps each ledger. Nothing is hidden from a reader without a department, who may write every ledger.
    """
    return bool(department) and _others(finding.against, department, keepers)


def _others(ledger: str, department: str, keepers: Keepers) -> bool:
    return ledger in of_people() and keepers.get(ledger) != department


def visible_to(check: Check, department: str, keepers: Keepers) -> Check:
    """The check without the findings hidden from a department.

    Their number is hidden too: for a file with one row, it would show whether the other ledger
    has that person.
    """
    visible = tuple(f for f in check.findings if not hidden(f, department, keepers))
    kept = check.replacing.of(lambda ledger: not department or keepers.get(ledger) == department)
    return Check(visible, check.rows, check.replaces, kept)


def refusal_for(check: Check, department: str, keepers: Keepers) -> Check:
    """The check of a refused load for a department: hidden errors name columns, not rows."""
    errors = [f for f in check.findings if hidden(f, department, keepers) and f.severity == "error"]
    visible = visible_to(check, department, keepers)
    return Check((*_columns(errors, keepers), *visible.findings), check.rows, check.replaces)


def compares_people(ledgers: Iterable[str], department: str, keepers: Keepers) -> bool:
    """Whether loading these ledgers shows if a person is in another department's ledger."""
    return bool(department) and any(
        _others(field.refers_to, department, keepers)
        for name in ledgers
        if name in by_name()
        for field in by_name()[name].fields()
        if field.refers_to
    )


def _columns(errors: Iterable[Finding], keepers: Keepers) -> Iterator[Finding]:
    """One finding for each column of a file that has errors, without cells or counts."""
    places = {(f.file, f.sheet, f.ledger, f.column, f.rule, f.against) for f in errors}
    for file, sheet, ledger, column, rule, against in sorted(places, key=str):
        other = by_name()[against]
        header = next(
            (f.header for f in by_name()[ledger or against].fields() if f.name == column), ""
        )
        gaps = {"header": header, "ledger": other.sheet_title(), "keeper": keepers.get(against, "")}
        yield Finding(
            file=file, sheet=sheet, cell=None, ledger=ledger, column=column, rule=rule,
            severity="error", found=None, expected=None, suggestion=None, against=against,
            message=Message(OTHERS, gaps),
        )  # fmt: skip
