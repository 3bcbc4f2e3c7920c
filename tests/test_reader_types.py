"""A type check refuses a whole snapshot wherever a page reads: nobody goes round a reader's own."""

from __future__ import annotations

import re
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


def refused(tmp_path: Path, lines: list[str]) -> list[str]:
    """Which of the lines a type check refuses in a page that holds them all."""
    source = tmp_path / "page.py"
    source.write_text(HEAD + "".join(f"    {line}\n" for line in lines), "utf-8")
    config = str(PROJECT / "pyproject.toml")
    cache = str(PROJECT / ".mypy_cache")
    report, _, _ = api.run([str(source), "--config-file", config, "--cache-dir", cache])
    numbers = {int(number) for number in re.findall(r"page\.py:(\d+): error:", report)}
    written = source.read_text("utf-8").splitlines()
    return [written[number - 1].strip() for number in sorted(numbers)]


def test_a_page_may_read_its_readers_snapshot_and_never_the_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    assert refused(tmp_path, [*ADMITTED, *REFUSED]) == REFUSED
