"""The button that takes a ledger's template with what is known already filled in."""

from __future__ import annotations

from functools import partial

from board import export
from board.access import Action, Reader
from board.i18n import _
from board.metrics import Period
from board.numerals import period as period_name
from board.ui import recheck, state
from board.ui.downloads import XLSX


def offer(ledger: str, period: Period, who: Reader) -> None:
    """A button that makes the template of a ledger and period at the click; the export records it."""
    recheck.download(
        _("{period}模板", period=period_name(period)),
        partial(content, ledger, period, who),
        export.prefilled_name(ledger, period.first),
        XLSX,
        key=f"prefilled {ledger}",
        action=Action.LOAD,
        about=_("已填好登记册和上一期里不变的内容，只留要填的；领取有记录。"),
        quiet=False,
    )


def content(ledger: str, period: Period, who: Reader) -> bytes:
    """The bytes of the template; RefusedError where the reader may not load the ledger."""
    return export.prefilled(state.root(), who, ledger, period.first).content
