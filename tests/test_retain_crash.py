"""Killed at any instruction, a removal has happened wholly or not at all, and can be tried again."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from board import publish
from board.journal import Journal
from tests.support.retained import DAY, GONE, KEPT, NEW, OLD, job, left, old_rows, tables
from tests.support.spread import spread
from tests.support.stores import batch, batch_of
from tests.test_crash import Victims

COMMITTED = "journal row committed"
STEPS = (
    "removal written", "removal in place", "journal row written", COMMITTED,
    "removal committed", "batch cut",
    "removal done", "ledgers built", "views built", "snapshot built", "snapshot synced",
    "snapshot renamed", "snapshot in place", "current swapped", "old persons removed",
    "removal ended",
)  # fmt: skip


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    """A warm process, and a store of an old batch, a withdrawn one and a new one."""
    made = Victims(tmp_path_factory.mktemp("retain"))
    batch_of(made.root, old_rows(), OLD)
    wrong = batch(made.root, at=OLD, employment=[job(1, DAY.replace(month=2))])
    Journal(made.root).withdraw(wrong, "报错了月份", OLD)
    batch(made.root, at=NEW, employment=[job(3, DAY.replace(year=2024))])
    publish.publish(made.root)
    yield made
    made.end()


def copied(victims: Victims) -> Path:
    """The store anew, to be killed in."""
    place = victims.folder / "victim"
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(victims.root, place))


def retained(victims: Victims, root: Path, **given: Any) -> dict[str, Any]:
    return victims.order("retain", root=str(root), before=DAY.isoformat(), **given)


def named(victims: Victims, root: Path, before: dict[str, pl.DataFrame]) -> bool:
    """After a kill, whether the persons are still named; a store that is torn fails."""
    assert publish.faults(root) == []
    settled = victims.order("settle", root=str(root))
    assert settled["status"] == 0
    said = settled["said"]
    assert (said["problems"], said["left"]) == ([], [])
    found = set(left(root, GONE))
    assert found == (set(GONE) if said["named"] else set())
    after = tables(root)
    assert [name for name in before if not before[name].equals(after[name])] == []
    assert set(left(root, KEPT)) == set(KEPT)
    return bool(said["named"])


# Each side of what decides, and one step of each part after it; the others in the long runs.
SOME_STEPS = ("journal row written", COMMITTED, "batch cut", "snapshot renamed")


@pytest.mark.parametrize(
    "steps", [SOME_STEPS, pytest.param(STEPS, marks=pytest.mark.soak)], ids=["some", "every"]
)
def test_a_removal_killed_at_any_named_step_has_happened_or_not(
    victims: Victims, tmp_path: Path, steps: tuple[str, ...]
) -> None:
    log, before = tmp_path / "steps", tables(victims.root)
    assert retained(victims, copied(victims), log=str(log))["status"] == 0
    assert tuple(dict.fromkeys(log.read_text().splitlines())) == STEPS
    for step in steps:
        root = copied(victims)
        assert retained(victims, root, stop_at=step)["status"] == -signal.SIGKILL, step
        assert named(victims, root, before) == (STEPS.index(step) < STEPS.index(COMMITTED)), step


# Before it is decided, and half of it moved; the others in the long runs.
BROKEN_OFF = ("removal in place", "batch cut")


@pytest.mark.parametrize("step", spread(STEPS[: STEPS.index("snapshot built")], BROKEN_OFF))
def test_a_removal_cut_short_is_finished_by_whoever_removes_next(
    victims: Victims, step: str
) -> None:
    root = copied(victims)
    assert retained(victims, root, stop_at=step)["status"] == -signal.SIGKILL
    assert retained(victims, root)["status"] == 0
    assert left(root, GONE) == {}
    assert publish.faults(root) == []
    assert not (root / "retaining").exists()


def test_verify_says_that_a_removal_was_cut_short(victims: Victims) -> None:
    root = copied(victims)
    assert retained(victims, root, stop_at="removal done")["status"] == -signal.SIGKILL
    assert [(one.severity, one.code) for one in publish.verify(root)] == [
        ("notice", "removal_unfinished")
    ]


def kill_at_random(victims: Victims, kills: int, seed: int) -> None:
    """Kill so many removals at random moments; after each one the store is whole."""
    chance, before = random.Random(seed), tables(victims.root)
    root, began = copied(victims), time.monotonic()
    assert retained(victims, root)["status"] == 0
    lasted = time.monotonic() - began
    for number in range(kills * 5):
        root = copied(victims)
        killed = retained(victims, root, kill_after=chance.uniform(0, lasted))
        if killed["status"] != -signal.SIGKILL:
            lasted *= 0.9
            continue
        named(victims, root, before)
        assert retained(victims, root)["status"] == 0, f"removal {number}"
        assert left(root, GONE) == {}, f"removal {number}"
        kills -= 1
        if not kills:
            return
    pytest.fail("too few removals died")


def test_a_removal_killed_at_any_moment_has_happened_or_not(victims: Victims) -> None:
    kill_at_random(victims, 1, 1)


SEEDS, A_SEED = range(10, 14), 100
REMOVALS_KILLED = len(SEEDS) * A_SEED


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundred_removals_killed_at_any_moment(victims: Victims, seed: int) -> None:
    kill_at_random(victims, A_SEED, seed)
