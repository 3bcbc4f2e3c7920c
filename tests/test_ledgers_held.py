"""Every declared ledger is counted, so that a metric knows when one is empty."""

from __future__ import annotations

from datetime import date

from board.ledgers import ledgers
from board.metrics import ledgers_held
from board.store import QUERIES, statement
from tests.support.rows import meeting, published


def test_every_ledger_is_counted(tmp_path):
    snapshot = published(tmp_path, meetings=[meeting("M1", "领导调研", date(2024, 3, 9))])
    found = ledgers_held(snapshot)
    assert set(found) == {ledger.name for ledger in ledgers()}
    assert found["meetings"] == (1, date(2024, 3, 1), date(2024, 3, 1))
    assert {name for name, (rows, *_) in found.items() if rows} == {"meetings"}
    text = statement(QUERIES, "ledgers_held")
    assert all(f"from {ledger.name}\n" in text for ledger in ledgers())
