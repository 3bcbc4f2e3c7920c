"""docs/commands.md says what the command line does: every command, every key of its JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from board.commands import app
from board.journal import AuditLog, acts
from tests.outside.cli import call
from tests.support.answers import present
from tests.support.stores import town
from tests.support.workbooks import book, table

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "commands.md").read_text("utf-8")
COMMANDS = [str(command.name) for command in app.registered_commands]
CALLS = {
    "batches": ["batches"],
    "verify": ["verify"],
    "repair": ["repair"],
    "retain": ["retain", "--before", "2024-01-01", "--reason", "保存期满"],
    "metrics": ["metrics", "--period", "2023-06", "--metric", "asset_occupancy"],
    "rows": ["rows", "asset_occupancy", "--period", "2023-06", "--part", "numerator"],
    "export": ["export", "assets"],
    "looks": ["looks"],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = town(tmp_path_factory.mktemp("town"), households=60, months=7)
    AuditLog(root).record("someone", "task_force", acts.Look("H0001"), "visit")
    return root


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_on_the_page(command: str) -> None:
    assert f"`{command}" in PAGE


def example(heading: str) -> Any:
    return json.loads(present(re.search(rf"## {heading}\n```json\n(.*?)```", PAGE, re.DOTALL))[1])


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_has_the_keys_the_page_says(name: str, store: Path) -> None:
    given = call(*CALLS[name], "--format", "json", store=store)
    assert given.code == 0, given.err
    answer = given.json
    said = example(name)
    if name == "export":
        said, answer = said["assets"], answer["assets"]
    first = said[0] if isinstance(said, list) else said
    given = answer[0] if isinstance(answer, list) else answer
    assert set(first) <= set(given)


def test_a_finding_is_as_the_page_shows_it(tmp_path: Path) -> None:
    path = book(tmp_path / "2024-09.xlsx", {"就业监测台账": table("employment", {"月收入": "3千"})})
    answer = call("check", path, "--format", "json", store=tmp_path / "store").json
    shown = example("check and load")
    assert set(answer) == set(shown)
    assert answer["findings"][0] == shown["findings"][0] | {"cell": "J2"}
