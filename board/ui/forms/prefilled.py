"""The button that takes a ledger's template with what is known already filled in."""

from __future__ import annotations

from datetime import date
from functools import partial

from board import export
from board.access import Action, Reader
from board.i18n import N_, _
from board.intake import Due
from board.numerals import period as period_name
from board.storage import today
from board.ui import recheck, state
from board.ui.downloads import XLSX

PREFILLED = N_("已填好登记册和上一期里不变的内容，只留要填的；领取有记录。")
EMPTY = N_("空白模板：这本台账每次填新的行。")


def offer(due: Due, who: Reader) -> None:
    """A button that makes the template of the period due next, or of this month, at the click.

    The export records it.
    """
    month = due.next.first if due.next else today().replace(day=1)
    label = _("{period}模板", period=period_name(due.next)) if due.next else _("模板")
    recheck.download(
        label,
        partial(content, due.ledger, month, who),
        export.prefilled_name(due.ledger, month),
        XLSX,
        key=f"prefilled {due.ledger}",
        action=Action.LOAD,
        about=_(PREFILLED if export.can_be_prefilled(due.ledger) else EMPTY),
        quiet=False,
    )


def content(ledger: str, month: date, who: Reader) -> bytes:
    """The bytes of the template; RefusedError where the reader may not load the ledger."""
    return export.prefilled(state.root(), who, ledger, month).content
