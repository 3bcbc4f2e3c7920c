"""docs/ledgers.md is what the ledgers declare."""

from __future__ import annotations

from board.ledgers import ledgers
from board.ledgers.__main__ import DOCUMENT
from board.ledgers.document import page


def test_the_document_of_ledgers_is_up_to_date() -> None:
    assert DOCUMENT.read_text("utf-8") == page(), "run python -m board.ledgers"


def test_every_column_of_every_ledger_is_documented() -> None:
    text = page()
    for ledger in ledgers():
        assert f"## {ledger.sheet} `{ledger.name}`" in text
        for field in ledger.fields():
            assert f"`{field.name}`" in text
