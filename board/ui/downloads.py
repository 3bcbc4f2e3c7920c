"""Downloads of tables as workbooks, made at the click and recorded in the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from board import access, export
from board.access import Action, Reader
from board.export import Sheet
from board.i18n import _
from board.journal import Act, acts
from board.metrics import Metric, Part
from board.sections import Panel, Section, View
from board.table import Table
from board.ui import recheck

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_take(who: Reader, block: Table) -> bool:
    """Whether the reader may download a table: rows behind figures need a permission."""
    return not block.rows or access.may(who, Action.ROWS)


def table(
    section: Section, panel: Panel, view: View, block: Table, *, of_chart: bool = False
) -> None:
    """A button that downloads a panel's table, or the table of its chart (`of_chart`)."""
    name = f"{section.key}.{panel.key}"
    parts = (_(section.label), export.panel_named(panel), view.choice("household"))
    title = block.file or "-".join(filter(None, (*parts, str(view.period))))
    act = acts.PanelExport(page=section.key, panel=panel.key, **act_fields(view))
    make = partial(workbook, block, lambda: export.about(section, panel, view))
    action = Action.ROWS if block.rows else None
    offer(f"{name}.twin" if of_chart else f"{name}.excel", title, act, make, action)


def rows(name: str, section: Section, metric: Metric, part: Part, view: View, block: Table) -> None:
    """A button that downloads the rows behind a figure."""
    act = acts.RowsExport(metric=metric.key, part=part, **act_fields(view))
    make = partial(workbook, block, lambda: export.about_rows(section, metric, part, view))
    offer(f"{name}.rows.excel", block.file, act, make, Action.ROWS)


def offer(
    key: str, title: str, act: Act, make: Callable[[], bytes], action: Action | None = None
) -> None:
    """A button; its workbook is made, and the download recorded, at the click.

    `action` is the permission that the download needs; None where it needs none.
    """
    name = f"{file_name(title)}.xlsx"
    recheck.download(_("下载 Excel"), make, name, XLSX, key=key, record=act, action=action)


def workbook(block: Table, about: Callable[[], Sequence[tuple[str, str]]]) -> bytes:
    """The bytes of a workbook: the table, and a sheet with `about` that describes it."""
    sheet = Sheet(_("数据"), block.frame, export.of_table(block))
    return export.workbook_of([sheet], about())


def act_fields(view: View) -> dict[str, Any]:
    """The fields of an audit entry: period, scope, household and whether names were shown."""
    household = view.choice("household")
    return {
        "period": str(view.period), "scope": str(view.scope), "household": household,
        "persons": bool(household and view.laid_open),
    }  # fmt: skip


def file_name(title: str) -> str:
    """A title as a file name that every system accepts, at most 80 characters."""
    return re.sub(r'[\\/:*?"<>|\s]+', " ", title).strip(" .")[:80]
