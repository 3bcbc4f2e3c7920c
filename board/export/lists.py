"""The body of a panel as a table: a table itself, lines, or the measures of the plan."""

from __future__ import annotations

import polars as pl

from board.export.definition_sheet import unmarked
from board.i18n import _
from board.sections import Entries, Entry, Lines
from board.table import Table


def table_of(body: object) -> Table | None:
    """A panel's body as a table; None where it has no rows or is no list."""
    if isinstance(body, Table):
        return None if body.frame.is_empty() else body
    if isinstance(body, Lines) and body.lines:
        rows = [
            {_("结论"): unmarked(line.word), _("内容"): unmarked(line.text), _("备注"): unmarked(line.note)}
            for line in body.lines
        ]  # fmt: skip
        return of_words(rows)
    if isinstance(body, Entries) and body.entries:
        return of_words([measure(entry) for entry in body.entries])
    return None


def measure(entry: Entry) -> dict[str, str]:
    """A measure of the plan as a row: requirement, leads, indicators, tasks."""
    figures = [
        " ".join(part for part in (
            indicator.status.mark, indicator.label, indicator.value, f"（{indicator.against}）" if indicator.against else "",
        ) if part)
        for indicator in entry.indicators
    ]  # fmt: skip
    return {
        _("序号"): entry.number,
        _("举措"): unmarked(entry.title),
        _("牵头和时限"): unmarked(entry.leads),
        _("状态"): " ".join(
            part
            for part in (entry.status.mark, _(entry.status.word), unmarked(entry.because))
            if part
        ),
        _("要求"): unmarked("；".join(entry.targets)),
        _("指标"): unmarked("；".join(figures)),
        _("任务"): unmarked(entry.tasks).replace("\n", "；"),
        _("佐证"): unmarked(entry.evidence),
        _("方案原文"): "\n".join(
            f"{unmarked(term)}：{unmarked(text)}" for term, text in entry.text
        ),
    }


def of_words(rows: list[dict[str, str]]) -> Table:
    """A table of text; columns that are empty in every row are left out."""
    return Table(pl.DataFrame(rows)).without_empty_columns()
