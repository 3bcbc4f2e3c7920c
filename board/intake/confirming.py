"""Mark a month of ledgers as checked (已核对)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from board import journal, storage
from board.i18n import N_
from board.intake.due import PERIODS
from board.ledgers import by_name
from board.metrics import containing
from board.storage import RefusedError
from board.store import Queries


def confirm(
    ledgers: Sequence[str], month: str, root: Path, snapshot: Queries, at: str | None = None
) -> None:
    """Write that the rows of these ledgers in a month (2024-03) were checked, now or `at` (UTC).

    Any month of a quarter stands for it. RefusedError for a month that has not begun, and for one
    without rows of a ledger that has rows every month or quarter: there is nothing to check.
    """
    first = date.fromisoformat(f"{month}-01")
    if first > storage.today():
        raise RefusedError("month_to_come", TO_COME, month=month)
    kept = set(snapshot.frame("months_kept").select("ledger", "month").iter_rows())
    for name in ledgers:
        ledger = by_name()[name]
        if ledger.cadence not in PERIODS:
            continue
        months = containing(first, PERIODS[ledger.cadence]).months
        if not any((name, each) in kept for each in months):
            raise RefusedError(
                "nothing_to_confirm", NOTHING, ledger=ledger.sheet_title(), month=month
            )
    with storage.refusing_disk_faults():
        journal.confirm(root, ledgers, month, at)


TO_COME = N_("{month} 还没有到，不能标为已核对。")
NOTHING = N_("{ledger}还没有 {month} 的数据，不能标为已核对。")
