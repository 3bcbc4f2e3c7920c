"""The build version: a hash over the code and data, besides the journal, that snapshots need."""

from __future__ import annotations

import hashlib
from pathlib import Path

from board.i18n import FOLDER
from board.reference import shipped_plan
from board.store import QUERIES

BOARD = Path(__file__).resolve().parent.parent
# The packages whose code makes the tables of a snapshot.
CODE = ("publish", "metrics", "catalogue", "suppression")
REFERENCE = BOARD.parent / "data" / "reference"


def build_version(queries: Path = QUERIES) -> str:
    """SHA-256 over reference data, views, declarations of ledgers and metrics, and publishing code.

    The code of metrics and of suppression is part of it: a snapshot keeps what is hidden.

    A snapshot of another version is no error; it has to be rebuilt.
    """
    sources = [
        *sorted(REFERENCE.glob("*.csv")),
        *sorted(shipped_plan().glob("*.csv")),
        *sorted((queries / "views").glob("*.sql")),
        *sorted((BOARD / "ledgers").rglob("*.py")),
        FOLDER / "en" / "ledgers.po",  # The table `ledgers` holds their English titles.
        *sorted((queries / "metrics").glob("*.sql")),
        *(path for name in CODE for path in sorted((BOARD / name).glob("*.py"))),
    ]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
