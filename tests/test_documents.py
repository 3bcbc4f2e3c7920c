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


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_a_document_is_what_the_declarations_say(path):
    assert path.read_text("utf-8") == documents()[path], "run make docs"


def test_glossary_and_readme_have_every_generated_table():
    made = [name for text in (GLOSSARY, README) for _start, name, _end in MADE.findall(text)]
    assert sorted(made) == sorted(TABLES)


@pytest.mark.parametrize("status", list(Status))
def test_the_glossary_holds_every_status(status):
    assert f"| {status.mark} {status.word} |" in GLOSSARY
    assert f"| `{status.value}` |" in GLOSSARY


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_document_and_picture_that_is_linked_is_there(name):
    linked = re.findall(r"\]\(([^)#:]+)\)", (PROJECT / name).read_text("utf-8"))
    assert linked
    assert [path for path in linked if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_that_is_named_is_there(name):
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    text = (PROJECT / name).read_text("utf-8")
    for command in set(re.findall(r"(?:`|^|\" )make ([a-z]+)", text, re.M)):
        assert re.search(rf"^{command}:", makefile, re.M), command


def test_every_test_that_is_to_be_run_after_an_addition_is_there():
    named = re.findall(r"tests/\w+\.py", (PROJECT / "CONTRIBUTING.md").read_text("utf-8"))
    assert named
    assert [path for path in named if not (PROJECT / path).exists()] == []
