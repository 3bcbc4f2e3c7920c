"""Tables to take away: workbooks made when somebody asks for them, and put on record."""

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
    """Whether the reader may take a table away: rows behind figures are not for everyone."""
    return not block.rows or access.may(who, Action.ROWS)


def table(section: Section, panel: Panel, view: View, block: Table, *, twin: bool = False) -> None:
    """Offer a panel's table, or the twin of its chart."""
    name = f"{section.key}.{panel.key}"
    title = block.file or "-".join(
        part
        for part in (
            _(section.label),
            export.panel_named(panel),
            view.choice("household"),
            str(view.period),
        )
        if part
    )
    act = acts.PanelExport(page=section.key, panel=panel.key, **shown(view))
    make = partial(workbook, block, lambda: export.about(section, panel, view))
    asks = Action.ROWS if block.rows else None
    offer(f"{name}.twin" if twin else f"{name}.excel", title, act, make, asks)


def rows(name: str, section: Section, metric: Metric, part: Part, view: View, block: Table) -> None:
    """Offer the rows behind a figure."""
    act = acts.RowsExport(metric=metric.key, part=part, **shown(view))
    make = partial(workbook, block, lambda: export.about_rows(section, metric, part, view))
    offer(f"{name}.rows.excel", block.file, act, make, Action.ROWS)


def offer(
    key: str, title: str, act: Act, make: Callable[[], bytes], asks: Action | None = None
) -> None:
    """A button whose workbook is made, and put on record, when it is clicked.

    `asks` is the action that it is, where not everyone may take it.
    """
    name = f"{file_name(title)}.xlsx"
    recheck.download(_("下载 Excel"), make, name, XLSX, key=key, record=act, asks=asks)


def workbook(block: Table, about: Callable[[], Sequence[tuple[str, str]]]) -> bytes:
    """A table with what is to be said of it."""
    sheet = Sheet(_("数据"), block.frame, export.of_table(block))
    return export.workbook_of([sheet], about())


def shown(view: View) -> dict[str, Any]:
    """The period, the place, a household's code, and whether its people were laid open."""
    household = view.choice("household")
    return {
        "period": str(view.period), "scope": str(view.scope), "household": household,
        "persons": bool(household and view.laid_open),
    }  # fmt: skip


def file_name(title: str) -> str:
    """A title as a name every system takes for a file."""
    return re.sub(r'[\\/:*?"<>|\s]+', " ", title).strip(" .")[:80]
