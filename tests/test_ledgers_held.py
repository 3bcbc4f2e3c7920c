"""Every declared ledger is counted, so that a metric knows when one is empty."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from board.ledgers import by_name, ledgers
from board.metrics import ledgers_held
from tests.support.rows import meeting, published


def test_every_ledger_is_counted(tmp_path: Path) -> None:
    snapshot = published(tmp_path, meetings=[meeting("M1", "领导调研", date(2024, 3, 9))])
    found = ledgers_held(snapshot)
    assert set(found) == {ledger.name for ledger in ledgers()}
    assert found["meetings"] == (1, date(2024, 3, 1), date(2024, 3, 1))
    assert {name for name, (rows, *_) in found.items() if rows} == {"meetings"}


@pytest.mark.parametrize(
    ("ledger", "column", "month"),
    [
        ("employment", "month", date(2024, 1, 1)),
        ("income", "quarter", date(2024, 3, 1)),
        ("tasks", "updated_on", date(2024, 1, 1)),
        ("households", "effective_month", None),
        ("repairs", "reported_on", None),
    ],
)
def test_a_row_belongs_to_a_month_by_its_ledgers_declaration(
    ledger: str, column: str, month: date | None
) -> None:
    row = pl.DataFrame({column: [date(2024, 1, 1) if column != "updated_on" else date(2024, 1, 9)]})
    assert row.select(by_name()[ledger].month_of_row()).item() == month
