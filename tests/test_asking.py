"""At a terminal `load` asks once more before older files go in; nobody else is asked."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from board import intake
from board.__main__ import main
from board.journal import Journal
from tests.test_replacing import houses

QUESTION = "确实要入库吗？（y/N）"


@pytest.fixture(scope="module")
def twice_loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two batches, of which the second changed the first."""
    folder = tmp_path_factory.mktemp("twice")
    files = houses(folder / "a.xlsx", {}, {}), houses(folder / "b.xlsx", {"家庭人口数": 5}, {})
    for file in files:
        assert intake.load([file], folder / "store").batch
    return folder / "store"


@pytest.fixture
def old(twice_loaded: Path, tmp_path: Path) -> Path:
    """A file that a later batch of the store beside it has changed."""
    shutil.copytree(twice_loaded, tmp_path / "store")
    return houses(tmp_path / "c.xlsx", {}, {}, {})


def at_terminal(file: Path, answer: str, *options: str) -> tuple[int, str, str]:
    """Exit code, stdout and what the terminal showed of a load; `answer` is typed beforehand."""
    store = str(file.parent / "store")
    person, terminal = pty.openpty()
    os.write(person, answer.encode())
    with subprocess.Popen(
        [sys.executable, "-m", "board", "load", str(file), "--store", store, *options],
        stdin=terminal, stdout=subprocess.PIPE, stderr=terminal,
        env=os.environ | {"BOARD_LANG": "zh", "LANG": "zh_CN.UTF-8"},
    ) as run, ThreadPoolExecutor(1) as beside:  # fmt: skip
        os.close(terminal)
        shown = beside.submit(all_of, person)
        assert run.stdout is not None
        out = run.stdout.read().decode()
        code = run.wait(60)
    os.close(person)
    return code, out, shown.result()


def all_of(person: int) -> str:
    """What a terminal shows until its program ends."""
    shown = b""
    while True:
        try:
            shown += os.read(person, 65536)
        except OSError:  # The other end is closed and all is read.
            return shown.decode()


def batches(file: Path) -> int:
    """How many batches of ledgers the store beside a file has."""
    return sum(not batch.plan for batch in Journal(file.parent / "store").batches())


@pytest.mark.parametrize(
    ("answer", "stored"),
    [
        ("y\n", True),
        ("YES\n", True),
        ("是\n", True),
        ("n\n", False),
        ("\n", False),
        ("\x04", False),
    ],
)
def test_a_person_at_a_terminal_is_asked_and_only_a_yes_stores_an_older_file(
    answer: str, stored: bool, old: Path
) -> None:
    code, out, shown = at_terminal(old, answer)
    assert shown.count(QUESTION) == 1
    assert out.count("这份文件可能是旧的") == 1
    assert (code, batches(old)) == ((0, 3) if stored else (1, 2))
    assert ("已入库，第" in out, "没有入库：文件比库里的旧。" in out) == (stored, not stored)


@pytest.mark.parametrize(("answer", "stored"), [("y\n", True), ("n\n", False)])
def test_in_json_the_question_stands_beside_the_one_document(
    answer: str, stored: bool, old: Path
) -> None:
    code, out, shown = at_terminal(old, answer, "--format", "json")
    said = json.loads(out)
    assert (said["batch"] is not None, code) == (stored, 0 if stored else 1)
    assert [f["rule"] for f in said["findings"]].count("older_than_stored") == 1
    assert shown.index("这份文件可能是旧的") < shown.index(QUESTION)


def test_who_says_yes_beforehand_is_not_asked(old: Path) -> None:
    code, out, shown = at_terminal(old, "", "--yes")
    assert (code, batches(old), QUESTION in shown) == (0, 3, False)
    assert "这份文件可能是旧的" in out


def test_a_file_that_is_not_older_goes_in_without_a_question(old: Path) -> None:
    new = houses(old.parent / "d.xlsx", {"家庭人口数": 7}, {})
    code, out, shown = at_terminal(new, "")
    assert (code, batches(new), QUESTION in shown) == (0, 3, False)
    assert "这份文件可能是旧的" not in out


def test_without_a_terminal_an_older_file_goes_in_with_its_warning(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(old), "--store", str(old.parent / "store")]) == 0
    said = capsys.readouterr()
    assert "这份文件可能是旧的" in said.out
    assert QUESTION not in said.out + said.err
    assert batches(old) == 3
