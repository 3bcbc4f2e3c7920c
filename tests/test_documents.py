"""The documents say what the code says: what is generated is up to date, and statuses are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board.documents import MADE, TABLES, documents
from board.metrics import Status

PROJECT = Path(__file__).resolve().parent.parent
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text("utf-8")
README = (PROJECT / "README.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_a_document_is_what_the_declarations_say(path: Path) -> None:
    assert path.read_text("utf-8") == documents()[path], "run make docs"


def test_glossary_and_readme_have_every_generated_table() -> None:
    made = [name for text in (GLOSSARY, README) for _start, name, _end in MADE.findall(text)]
    assert sorted(made) == sorted(TABLES)


@pytest.mark.parametrize("status", list(Status))
def test_the_glossary_holds_every_status(status: Status) -> None:
    assert f"| {status.mark} {status.word} |" in GLOSSARY
    assert f"| `{status.value}` |" in GLOSSARY


def test_every_document_and_picture_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)
    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_make_command_a_document_names_is_there(text: str) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for command in set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.M)):
        assert re.search(rf"^{command}:", makefile, re.M), command


def test_every_test_and_file_that_contributing_names_is_there() -> None:
    named = set(re.findall(r"\b(?:tests|board|docs)/[\w/]+\.(?:py|md)\b", CONTRIBUTING))
    assert len(named) > 10
    missing = {name for name in named if not (PROJECT / name).exists()}
    assert missing == {"tests/test_x.py"}
