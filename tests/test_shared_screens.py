"""What staff write in words reaches no shared screen, but from declared columns and without persons."""

from __future__ import annotations

import re
import string
from pathlib import Path

import polars as pl
import pytest

from board.access import Reader, Role
from board.ledgers import Field, by_name, ledgers
from board.metrics import Period, Scope
from board.sections import sections
from board.sections.section import View
from board.store import Snapshot, open_store
from tests.support import planted

# The texts that viewers may see, stated once more, apart from the declarations. A new one wants
# a reason: whoever writes there must know that everybody reads it.
SHARED = {
    "assets.name", "benchmark.source", "follow_ups.content", "funds.name", "leaders.post",
    "posts.employer", "posts.title", "projects.name", "repairs.owner", "returns.source_id", "tasks.content",
    "workshops.name", "workshops.place",
}  # fmt: skip
VIEWER = Reader("王", Role.VIEWER)
PRESENTING = Reader("王", Role.TASK_FORCE, presenting=True)
TEXTS = planted.texts()
# Identifiers and names that registers compare carry the same mark in every ledger.
NAMES = [
    f"{ledger}.{field.name}" if field.is_free_text or field.personal else field.name
    for ledger, field in TEXTS
]
IDENTIFIERS = {
    field.name
    for ledger, field in TEXTS
    if not (field.is_free_text or field.personal or by_name()[ledger].about_people())
}


def mark(name: str) -> str:
    """A word for a column that stands nowhere else, of letters that no markup escapes."""
    number = sorted(set(NAMES)).index(name)
    letters = string.ascii_lowercase
    return f"Zq{letters[number // 26]}{letters[number % 26]}qZ"


def plant(ledger: str, field: Field, values: pl.Series) -> pl.Series:
    """The values, each with its column's mark behind it; empty ones get the mark too."""
    name = f"{ledger}.{field.name}"
    own = mark(name if name in NAMES else field.name)
    return values + own if not field.is_free_text else values.fill_null("") + own


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted.planted(tmp_path_factory.mktemp("marked") / "store", plant)


@pytest.fixture(scope="module")
def snapshot(root: Path) -> Snapshot:
    return open_store(root).snapshot()


def marks_in(text: str | bytes) -> set[str]:
    """The columns whose marks stand in a text."""
    seen = text if isinstance(text, str) else text.decode("utf-8", "replace")
    of_mark = {mark(name): name for name in set(NAMES)}
    return {of_mark[one] for one in re.findall(r"Zq[a-z]{2}qZ", seen)}


def private(columns: set[str]) -> list[str]:
    """The columns that viewers may not see."""
    return sorted(columns - SHARED - IDENTIFIERS)


def test_a_text_is_private_until_its_column_is_declared() -> None:
    declared = {
        f"{ledger.name}.{field.name}"
        for ledger in ledgers()
        for field in ledger.fields()
        if field.shared
    }
    assert declared == SHARED
    assert not [f for ledger in ledgers() for f in ledger.fields() if f.shared and f.personal]


@pytest.mark.parametrize("reader", [VIEWER, PRESENTING], ids=["viewer", "presenting"])
def test_no_query_or_table_gives_a_viewer_a_private_text(
    snapshot: Snapshot, reader: Reader
) -> None:
    seen: dict[str, set[str]] = {}
    for name, answer in planted.answers(snapshot, reader):
        seen[name] = marks_in(answer.write_json())
    view = View.of(snapshot, Period.parse("2023-Q4"), Scope(), reader=reader)
    for name, text in (*planted.tables(view), *planted.readings(view)):
        seen[name] = seen.get(name, set()) | marks_in(text)
    assert {name: told for name, columns in seen.items() if (told := private(columns))} == {}
    # The marks are there to be seen: whoever sees rows gets the private ones too.
    assert "tasks.content" in set().union(*seen.values())
    leader = Reader("李", Role.LEADER)
    full = set().union(*(marks_in(a.write_json()) for _, a in planted.answers(snapshot, leader)))
    assert {"tasks.problem", "tasks.evidence", "activities.outcome"} <= full


@pytest.mark.parametrize("present", ["0", "1"], ids=["viewer", "presenting"])
def test_no_page_sends_a_viewer_a_private_text(
    root: Path, present: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.as_role(monkeypatch, root, "task_force" if present == "1" else "viewer")
    reader = PRESENTING if present == "1" else VIEWER
    seen = {
        section.key: marks_in(planted.page_bytes(section.key, present=present, period="2023-Q4"))
        for section in sections()
        if section.opens_to(reader)
    }
    assert {page: told for page, columns in seen.items() if (told := private(columns))} == {}
    assert "tasks.content" in set().union(*seen.values())
