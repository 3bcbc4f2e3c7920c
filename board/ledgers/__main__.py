"""Writes docs/ledgers.md: `python -m board.ledgers`."""

from pathlib import Path

from board.ledgers.document import page

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "ledgers.md"

if __name__ == "__main__":
    DOCUMENT.write_text(page(), "utf-8")
