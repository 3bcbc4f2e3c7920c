"""Many readers while publishing runs: every answer is of one snapshot, none fails, none goes back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from board.publish import publish
from board.store import open_store
from tests.support.answers import present
from tests.support.rows import asset, household, worker
from tests.support.stores import batch

PROJECT = Path(__file__).resolve().parent.parent
# One process reads as a server does: many threads share one store. A publish adds one row to each
# of three ledgers, so that what belongs together has the same number of rows.
READING = """
import sys, threading, time
from pathlib import Path
from board.store import open_store

root, many = Path(sys.argv[1]), int(sys.argv[2])
store, seen, wrong, answers = open_store(root), set(), [], []

def look(last):
    snapshot = store.snapshot()
    time.sleep(0.05)
    held = {name: rows for name, rows, *_rest in snapshot.frame("ledgers_held").rows()}
    counts = {held[name] for name in ("households", "assets", "labour")}
    assert len(counts) == 1, f"of two snapshots: {held}"
    number = counts.pop()
    assert number >= last, f"back from {last} to {number}"
    heads = [snapshot.personal("persons/heads", household=f"H{n}").height for n in (number, number + 1)]
    assert heads == [1, 0], f"persons of another snapshot: {heads}"
    seen.add(number)
    return number

def read():
    last = 0
    try:
        while not (root / "stop").exists():
            last = look(last)
            answers.append(last)
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {error}")

threads = [threading.Thread(target=read) for _ in range(many)]
for thread in threads:
    thread.start()
print("ready", flush=True)
for thread in threads:
    thread.join()
print(len(seen), max(seen, default=0), len(answers), wrong[:3])
"""


def one_more(root: Path, number: int) -> None:
    """A batch of one household, one person and one asset, published."""
    batch(
        root,
        households=[household(f"H{number}", room=f"{number:04}")],
        labour=[worker(number, f"H{number}")],
        assets=[asset(f"A{number}")],
    )
    publish(root)


def read_while_publishing(root: Path, processes: int, threads: int, publishes: int) -> None:
    script = root.parent / "reading.py"
    script.write_text(READING)
    one_more(root, 1)
    readers = [
        subprocess.Popen(
            [sys.executable, str(script), str(root), str(threads)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "POLARS_MAX_THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for reader in readers:
        assert present(reader.stdout).readline() == "ready\n"
    for number in range(2, publishes + 2):
        one_more(root, number)
    (root / "stop").touch()
    for reader in readers:
        said, _nothing = reader.communicate(timeout=120)
        versions, newest, answers, wrong = said.split(maxsplit=3)
        assert wrong == "[]\n"
        assert int(newest) >= publishes
        assert int(versions) > 1
        assert int(answers) >= threads


def test_a_page_that_still_asks_a_snapshot_that_was_deleted_is_answered(tmp_path: Path) -> None:
    one_more(tmp_path, 1)
    slow = open_store(tmp_path).snapshot()
    for number in (2, 3, 4):
        one_more(tmp_path, number)
    assert not (tmp_path / "snapshots" / f"{slow.name}.duckdb").exists()
    assert slow.personal("persons/heads", household="H1").height == 1
    assert slow.personal("persons/heads", household="H2").height == 0
    assert slow.frame("ledgers_held").filter(ledger="households")["rows"].to_list() == [1]


def test_readers_see_one_snapshot_at_a_time_and_never_an_older_one(tmp_path: Path) -> None:
    read_while_publishing(tmp_path / "store", processes=1, threads=5, publishes=3)


@pytest.mark.soak
def test_a_hundred_readers_see_one_snapshot_at_a_time_while_ten_publishes_run(
    tmp_path: Path,
) -> None:
    read_while_publishing(tmp_path / "store", processes=4, threads=25, publishes=10)
