"""Every word on a page has its English, with the same gaps."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from board.i18n import _, catalogue, speaking
from board.ledgers import by_name, ledgers

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = [PROJECT / "app.py", *PROJECT.glob("board/**/*.py"), *PROJECT.glob("pages/*.py")]
SHOWN = {
    "measures": ("title", "short", "deadline", "target", "source_note"),
    "departments": ("department", "short"),
}
# More may be named in English: `{others}` of “{first} and {others} others”.
GAP = re.compile(r"{(\w+)}")


def messages(path: Path) -> Iterator[str]:
    """The source strings marked with `_` or `N_` in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_message_has_its_english(path):
    known = catalogue("en")
    assert [text for text in messages(path) if text not in known] == []


@pytest.mark.parametrize("table", SHOWN)
def test_every_word_of_the_plan_has_its_english(table):
    with (PROJECT / "data" / "reference" / f"{table}.csv").open(encoding="utf-8") as file:
        words = {row[column] for row in csv.DictReader(file) for column in SHOWN[table]}
    assert [word for word in words if word and word not in catalogue("en")] == []


def test_every_basis_of_the_benchmark_has_its_english():
    basis = next(field for field in by_name()["benchmark"].fields() if field.name == "basis")
    assert [code for code in basis.codes if code not in catalogue("en")] == []


@pytest.mark.parametrize("path", sorted(PROJECT.glob("locale/en/*.po")), ids=lambda path: path.name)
def test_a_translation_keeps_the_gaps_and_no_chinese(path):
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id and not isinstance(message.id, tuple):
                assert set(GAP.findall(message.id)) - set(GAP.findall(message.string)) <= {"n"}, (
                    message.id
                )
                assert not re.search(r"[\u4e00-\u9fff]", message.string.replace("中", "")), (
                    message.id
                )


def test_every_word_that_a_ledger_may_hold_by_declaration_has_its_english():
    """Codes stand in tables as they are; numbers of measures and years need no translation."""
    codes = {c for ledger in ledgers() for f in ledger.fields() for c in f.codes or ()}
    words = {code for code in codes if re.search(r"[\u4e00-\u9fff]", code)}
    with speaking("en"):
        assert sorted(word for word in words if _(word) == word) == []
