"""What a panel lists, as a table: a table itself, lines, the measures of the plan."""

from __future__ import annotations

import polars as pl

from board.export.definition_sheet import unmarked
from board.i18n import _
from board.sections import Entries, Entry, Lines
from board.table import Table


def table_of(body: object) -> Table | None:
    """The table to take away of a panel's body; none where there is none."""
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
    """A measure of the plan in a row: what it asks of whom, its figures, its tasks."""
    figures = [
        " ".join(part for part in (
            shown.status.mark, shown.label, shown.value, f"（{shown.against}）" if shown.against else "",
        ) if part)
        for shown in entry.indicators
    ]  # fmt: skip
    return {
        _("序号"): entry.number,
        _("举措"): unmarked(entry.title),
        _("牵头和时限"): unmarked(entry.leads),
        _("要求"): unmarked(entry.target),
        _("指标"): unmarked("；".join(figures)),
        _("任务"): unmarked(entry.tasks).replace("\n", "；"),
        _("佐证"): unmarked(entry.evidence),
    }


def of_words(rows: list[dict[str, str]]) -> Table:
    """Rows of text alone; a column that is empty in all of them is left out."""
    return Table(pl.DataFrame(rows)).without_empty_columns()
