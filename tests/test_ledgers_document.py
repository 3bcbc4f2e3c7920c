"""docs/ledgers.md documents every column that the ledgers declare."""

from __future__ import annotations

from board.ledgers import ledgers
from board.ledgers.document import page


def test_every_column_of_every_ledger_is_documented() -> None:
    text = page()
    for ledger in ledgers():
        assert f"## {ledger.sheet} `{ledger.name}`" in text
        for field in ledger.fields():
            assert f"`{field.name}`" in text
