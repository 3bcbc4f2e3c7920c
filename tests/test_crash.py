"""Killed at any instruction, a load has happened wholly or not at all, and can be tried again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from board.storage import prepare
from tests.support.answers import present

PROJECT = Path(__file__).resolve().parent.parent
STEPS = (
    "workbooks read", "rows checked", "rows written", "manifest written", "batch synced",
    "ledgers built", "views built", "snapshot built", "snapshot synced", "batch renamed",
    "batch in place", "journal row written", "journal row committed", "snapshot renamed",
    "snapshot in place", "current swapped",
)  # fmt: skip


class Victims:
    """Children of one warm process: ordered, killed or left to finish."""

    def __init__(self, folder: Path) -> None:
        self.root, self.folder = folder / "store", folder
        prepare(self.root)
        self.tried: list[str] = []
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "POLARS_MAX_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crashing", str(folder / "answer")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=PROJECT,
        )

    def order(self, do: str, kill_after: float | None = None, **given: Any) -> dict[str, Any]:
        """Give an order; kill its child after so many seconds. Returns its status and answer."""
        order = {"do": do, "root": str(self.root), **given}
        orders, answers = present(self.process.stdin), present(self.process.stdout)
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        pid = json.loads(answers.readline())["pid"]
        if kill_after is not None:
            time.sleep(kill_after)
            # Unreaped until its parent has read the status: the pid is still the child's.
            kill(pid)
        ended: dict[str, Any] = json.loads(answers.readline())
        return ended

    def load(self, name: str, **given: Any) -> dict[str, Any]:
        """Order the load of a file of one household of that name."""
        file = self.folder / f"{name}.json"
        file.write_text(json.dumps([name]))
        if name not in self.tried:
            self.tried.append(name)
        return self.order("load", file=str(file), **given)

    def seconds(self) -> float:
        """How long a whole load takes here and now."""
        began = time.monotonic()
        assert self.load("warm", publish=True)["status"] == 0
        return time.monotonic() - began

    def end(self) -> None:
        """Let the warm process go."""
        present(self.process.stdin).close()
        self.process.wait(timeout=60)
        present(self.process.stdout).close()


def kill(pid: int) -> None:
    """Kill a child that may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def victims(tmp_path: Path) -> Iterator[Victims]:
    made = Victims(tmp_path)
    yield made
    made.end()


def kept_whole(victims: Victims, name: str, publish: bool) -> str | None:
    """What is wrong after a load of `name` was killed and tried again; null when nothing is."""
    before = victims.order("audit")
    if before["status"]:
        return "the store does not open"
    again = victims.load(name, publish=publish)
    if again["status"]:
        return "the load can't be tried again"
    after = victims.order("audit", rebuild=True)
    if after["status"]:
        return "the store does not open after the second try"
    was, now = before["said"], after["said"]
    wrong = {
        # A batch's folder without its row is kept aside and named; its file is loaded anew below.
        "verify before": set(was["problems"]) - {"set_aside"},
        "verify after": set(now["problems"]) - {"set_aside"},
        "left in staging": was["staged"] + now["staged"],
        "folders": was["folders"] != was["batches"] or now["folders"] != now["batches"],
        "files": sorted(now["files"]) != sorted(f"{one}.json" for one in victims.tried),
        "houses": now["houses"] != sorted(victims.tried),
        "told": (f"{name}.json" in was["files"]) != bool(again["said"]["already"]),
    }
    return next((f"{what}: {found}" for what, found in wrong.items() if found), None)


def kill_at_random(victims: Victims, kills: int, seed: int) -> None:
    """Kill so many loads at random moments; after each one the store is whole."""
    chance = random.Random(seed)
    whole = victims.seconds()
    for number in range(kills * 5):
        publish = chance.random() < 0.5
        moment = chance.uniform(0, whole if publish else whole / 3)
        killed = victims.load(f"k{number}", publish=publish, kill_after=moment)
        if killed["status"] != -signal.SIGKILL:
            whole *= 0.9
            continue
        assert kept_whole(victims, f"k{number}", publish) is None, f"load {number}"
        kills -= 1
        if not kills:
            return
    pytest.fail("too few loads died")


def test_a_load_killed_at_any_moment_has_happened_or_not(victims: Victims) -> None:
    kill_at_random(victims, 1, 1)


SEEDS, A_SEED = range(10, 22), 100
LOADS_KILLED = len(SEEDS) * A_SEED


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_a_thousand_loads_killed_at_any_moment(victims: Victims, seed: int) -> None:
    kill_at_random(victims, A_SEED, seed)


# Everything in staging, the batch without its row, its row without the snapshot, the snapshot
# without its name in CURRENT. The steps between these are tried in the long runs.
SOME_STEPS = ("snapshot built", "batch renamed", "journal row committed", "snapshot renamed")


@pytest.mark.parametrize(
    "steps", [SOME_STEPS, pytest.param(STEPS, marks=pytest.mark.soak)], ids=["some", "every"]
)
def test_a_load_killed_at_any_named_step_has_happened_or_not(
    victims: Victims, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    log = tmp_path / "steps"
    # The first load takes over the shipped plan, as a batch of its own.
    assert victims.load("first", publish=True)["status"] == 0
    assert victims.load("whole", publish=True, log=str(log))["status"] == 0
    assert list(dict.fromkeys(log.read_text().split("\n")))[:-1] == list(STEPS)
    for number, step in enumerate(steps):
        killed = victims.load(f"s{number}", publish=True, stop_at=step)
        assert killed["status"] == -signal.SIGKILL, step
        assert kept_whole(victims, f"s{number}", True) is None, step


def test_the_same_trial_catches_a_twin_that_writes_the_row_before_the_batch(
    victims: Victims,
) -> None:
    killed = victims.load("twin", publish=True, twin=True, stop_at="row before its batch")
    assert killed["status"] == -signal.SIGKILL
    assert kept_whole(victims, "twin", True) is not None


RESTORING = (
    "placing begun", "batches restored", "journal restored", "ledgers built", "snapshot in place",
)  # fmt: skip


# Before the register is in place, and after.
SOME_RESTORING = ("batches restored", "journal restored")


@pytest.mark.parametrize(
    "steps",
    [SOME_RESTORING, pytest.param(RESTORING, marks=pytest.mark.soak)],
    ids=["some", "every"],
)
def test_a_restore_killed_at_any_named_step_can_be_tried_again(
    victims: Victims, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    assert victims.load("one", publish=True)["status"] == 0
    assert victims.load("two", publish=True)["status"] == 0
    file = str(tmp_path / "backup.tar")
    assert victims.order("take_backup", file=file)["status"] == 0
    for step in steps:
        into = str(tmp_path / step.replace(" ", "-"))
        killed = victims.order("restore", file=file, into=into, stop_at=step)
        assert killed["status"] == -signal.SIGKILL, step
        again = victims.order("restore", file=file, into=into)
        # Once its register is in place a restore has happened.
        there = step not in ("placing begun", "batches restored")
        assert again["said"] == {"refused": "store_not_empty" if there else ""}, step
        found = victims.order("audit", root=into, rebuild=True)["said"]
        assert found["houses"] == ["one", "two"], step
        assert set(found["problems"]) <= {"set_aside"}, step
        assert found["staged"] == [], step


MENDING = ("set aside", "journal row written", "journal row committed")


@pytest.mark.parametrize(
    "steps", [MENDING[:1], pytest.param(MENDING, marks=pytest.mark.soak)], ids=["some", "every"]
)
def test_a_repair_killed_at_any_named_step_can_be_tried_again(
    victims: Victims, steps: tuple[str, ...]
) -> None:
    assert victims.load("one", publish=True)["status"] == 0
    for number, step in enumerate(steps):
        for surplus in ("50", "51"):
            folder = victims.root / "batches" / surplus
            folder.mkdir()
            (folder / "manifest.json").write_text(f"{number} {surplus}")
        killed = victims.order("mend", stop_at=step)
        assert killed["status"] == -signal.SIGKILL, step
        assert victims.order("mend")["status"] == 0, step
        found = victims.order("audit", rebuild=True)["said"]
        assert found["houses"] == ["one"], step
        texts = [path.read_text() for path in (victims.root / "aside").glob("*/manifest.json")]
        assert {f"{number} 50", f"{number} 51"} <= set(texts), step
