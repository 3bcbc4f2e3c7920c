"""What a check and a load answer, as lines of text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from board.commands import terminal
from board.commands.terminal import Format
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.findings import Finding
    from board.intake import Check, Outcome, Replacing

SUMMED_FROM = 20


def print_check(checked: Check) -> None:
    """Print each finding in one line, then the number of each rule and each severity."""
    from board.findings import counts, counts_of_rules

    for finding in checked.findings:
        terminal.out(_line(finding))
    rules = counts_of_rules(checked.findings)
    if len(checked.findings) > SUMMED_FROM:
        for (severity, rule), count in rules.most_common():
            terminal.out(f"{count:>8} {_word(severity)} {rule}")
    print_replacing(checked.replacing)
    severities = counts(checked.findings)
    terminal.out(
        _(
            "{rows}行；错误{errors}条，警告{warnings}条，提示{notices}条。",
            rows=sum(checked.rows.values()),
            errors=severities["error"],
            warnings=severities["warning"],
            notices=severities["notice"],
        )
    )


def print_replacing(replacing: Replacing) -> None:
    """Print what each ledger's rows add, repeat and change, and the first changed cells."""
    from board.intake import PRINTED
    from board.ledgers import by_name

    for cell in replacing.cells[:PRINTED]:
        place = " · ".join(part for part in (cell.file, cell.sheet, cell.cell) if part)
        words = N_("改动 {place}: {key} “{header}” {old} → {new}（旧值 {day} 第{batch}批）")
        values = {
            name: cell.shown(v, persons=False) for name, v in (("old", cell.old), ("new", cell.new))
        }
        shown = {name: value or _("（空）") for name, value in values.items()}
        key, header = cell.key_shown(persons=False), cell.field.header
        terminal.out(
            _(
                words,
                place=place,
                key=key,
                header=header,
                day=cell.recorded_on,
                batch=cell.batch,
                **shown,
            )
        )
    more = sum(replacing.changed_cells.values()) - PRINTED
    if more > 0:
        terminal.out(_("……还有 {n} 格改动。", n=more))
    for name, added in replacing.adds.items():
        terminal.out(
            _(
                "{ledger}：新增{adds}行，与库里相同{repeats}行，改动{changes}行。",
                ledger=by_name()[name].sheet_title(), adds=added,
                repeats=replacing.repeats.get(name, 0), changes=replacing.changes.get(name, 0),
            )
        )  # fmt: skip


def _line(finding: Finding) -> str:
    place = " · ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
    hint = f" → {finding.suggestion}" if finding.suggestion else ""
    return f"{_word(finding.severity)} {place}: {finding.message}{hint}"


def _word(severity: str) -> str:
    return {"error": _("错误"), "warning": _("警告"), "notice": _("提示")}[severity]


def print_outcome(outcome: Outcome) -> None:
    """Print the result of a load: its batch and snapshot, or why nothing was loaded."""
    if outcome.check.refused:
        terminal.out(_("有错误，没有入库。"))
    elif outcome.declined:
        terminal.out(_("没有入库：文件比库里的旧。"))
    elif outcome.already:
        for batch in outcome.already:
            words = N_("已作为第{batch}批入库（already loaded as batch {batch}），没有新内容。")
            terminal.out(_(words, batch=batch))
    else:
        terminal.out(_("已入库，第{batch}批。", batch=outcome.batch))
    if outcome.snapshot:
        terminal.out(_("已发布 {name}。", name=outcome.snapshot))


def answer_load(root: Path, outcome: Outcome, output: Format) -> int:
    """Note a load in the audit log, say its result as text or JSON, and return its exit code."""
    from board.journal import acts

    if outcome.batch and not outcome.already:
        terminal.record(root, acts.Load(outcome.batch))
    if output is Format.JSON:
        terminal.out_json(outcome.as_dict())
    else:
        print_check(outcome.check)
        print_outcome(outcome)
    if outcome.unpublished:
        terminal.note(f"{outcome.unpublished.message} [{outcome.unpublished.code}]")
    return 1 if outcome.check.refused or outcome.unpublished else 0
