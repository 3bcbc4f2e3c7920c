"""`python -m board.catalogue`: write docs/metrics.md."""

from pathlib import Path

from board.catalogue.document import page

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "metrics.md"

if __name__ == "__main__":
    DOCUMENT.write_text(page(), "utf-8")
