"""The documents say what the code says: the glossary holds every ledger, status and metric."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board.access import Role
from board.catalogue import METRICS
from board.i18n import _, speaking
from board.ledgers import ledgers
from board.metrics import Status

PROJECT = Path(__file__).resolve().parent.parent
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text("utf-8")
README = (PROJECT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.name)
def test_the_glossary_holds_every_ledger(ledger):
    assert f"| {ledger.sheet} | {ledger.title_en} | `{ledger.name}` |" in GLOSSARY


@pytest.mark.parametrize("status", list(Status))
def test_the_glossary_holds_every_status(status):
    assert f"| {status.mark} {status.word} |" in GLOSSARY
    assert f"| `{status.value}` |" in GLOSSARY


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_the_glossary_holds_every_metric_in_both_languages(metric):
    with speaking("en"):
        english = _(metric.label)
    assert f"| {metric.label} | {english} | `{metric.key}` |" in GLOSSARY


def test_every_document_and_picture_the_readme_names_is_there():
    named = re.findall(r"\]\(([^)#:]+)\)", README)
    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_every_make_command_the_readme_names_is_there():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for command in set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.M)):
        assert re.search(rf"^{command}:", makefile, re.M), command


@pytest.mark.parametrize("role", Role)
def test_the_glossary_holds_every_role(role):
    assert f"| {role.label} |" in GLOSSARY
    assert f"`{role}`" in GLOSSARY
