"""A type check refuses a whole snapshot wherever a page reads: nobody goes round a reader's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

PROJECT = Path(__file__).resolve().parent.parent
HEAD = """
from board import access, metrics, questions
from board.access import ReaderSnapshot
from board.catalogue import METRICS
from board.metrics import Period, Scope
from board.sections import View
from board.store import Snapshot, open_store


def page(whole: Snapshot, own: ReaderSnapshot, view: View, period: Period) -> None:
    metric = METRICS["employment_rate"]
"""
REFUSED = [
    "View(whole, period, Scope())",
    "metrics.read(view.snapshot, metric, period, Scope())",
    "access.read(whole, metric, period, Scope())",
    "whole = view.snapshot",
    "view.snapshot.whole",
]
ADMITTED = [
    "View(own, period, Scope())",
    "access.read(view.snapshot, metric, period, Scope())",
    "metrics.read(whole, metric, period, Scope())",
    "metrics.periods(view.snapshot, 'month')",
    "questions.reports(own, period.first, period.first)",
]


def errors(tmp_path: Path, line: str) -> str:
    source = tmp_path / "page.py"
    source.write_text(f"{HEAD}    {line}\n", "utf-8")
    config = str(PROJECT / "pyproject.toml")
    cache = str(PROJECT / ".mypy_cache")
    found, _, _ = api.run([str(source), "--config-file", config, "--cache-dir", cache])
    return found


@pytest.mark.parametrize("line", REFUSED)
def test_a_page_that_would_read_the_whole_is_refused(line, tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert ": error:" in errors(tmp_path, line)


def test_a_page_that_reads_its_own_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert ": error:" not in errors(tmp_path, "\n    ".join(ADMITTED))
