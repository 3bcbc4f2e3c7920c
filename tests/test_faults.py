"""Every file operation of every command fails once in each way: nothing stored is lost, and it says so."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import present
from tests.support.command_words import every_command, filled, made_ready, typed, words
from tests.support.damages import CUT_ROW, flipped, sql
from tests.support.file_faults import GROWING, WAYS, WRITES, possible
from tests.support.spread import spread

PROJECT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(words(Path("place")))
DEADLY = ("kill", "torn")
KILLED = -9
# What may be found after a command was broken off: named, and nothing of it is lost.
NAMED = {"set_aside", "interrupted_load", "removal_unfinished"}
CODE = re.compile(r"\[(\w+)\]")
NOTHING_DONE = (
    "没有写入任何内容",
    "没有改动任何内容",
    "没有恢复任何内容",
    "没有清除任何内容",
    "没有入库",
)
Found = dict[str, Any]

pytestmark = pytest.mark.skipif(not possible(), reason="this system hands no system calls over")


@dataclass(frozen=True)
class Expected:
    """A place before a command, right after it, and after a start; the operations of the command."""

    before: Found
    after: Found
    started: Found
    operations: list[str]


class Board:
    """Command lines in a place, run by one warm process that may make their operations fail."""

    def __init__(self, folder: Path) -> None:
        self.base, self.place = filled(folder / "base"), folder / "place"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.commanding", str(folder / "answer")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "POLARS_MAX_THREADS": "1"},
            cwd=PROJECT,
        )
        self.known: dict[str, Expected] = {}

    def order(self, **given: Any) -> dict[str, Any]:
        orders, answers = present(self.process.stdin), present(self.process.stdout)
        orders.write(json.dumps(given) + "\n")
        orders.flush()
        said: dict[str, Any] = json.loads(answers.readline())
        return said

    def ready(self, name: str) -> None:
        """The place as it was before the command."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)
        made_ready(self.place, name)

    def run(self, name: str, way: str | None = None, at: int = 0, **more: Any) -> dict[str, Any]:
        """Run a command, with its operation of that number failing in a way."""
        line = typed(self.place, name)
        return self.order(words=line, place=str(self.place), way=way, at=at, **more)

    def start(self) -> None:
        """Publish what is not published, and start the board over each store, as a server does."""
        assert self.order(start=str(self.place))["status"] == 0, "the board does not start"

    def look(self, rebuild: bool = False) -> Found:
        """What is in the place now."""
        said = self.order(look=str(self.place), rebuild=rebuild)
        assert "found" in said, "the place can't be looked at"
        found: Found = said["found"]
        return found

    def expected(self, name: str) -> Expected:
        """What there is before and after a command that is left alone."""
        if name not in self.known:
            self.ready(name)
            before = self.look()
            done = self.run(name)
            assert done["code"] in OUTCOME.get(name, (0,)), (name, done)
            after = self.look()
            self.start()
            self.known[name] = Expected(before, after, self.look(), done["done"])
        return self.known[name]

    def end(self) -> None:
        present(self.process.stdin).close()
        self.process.wait(timeout=60)
        present(self.process.stdout).close()


# Commands that answer with another code than 0 by what they are there for.
OUTCOME = {"repair: nothing done": (1,)}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    made = Board(tmp_path_factory.mktemp("commands"))
    yield made
    made.end()


@dataclass(frozen=True)
class Trial:
    """A command whose operation `at` fails in a way; or that is killed after so many seconds."""

    name: str
    way: str | None = None
    at: int = 0
    seconds: float | None = None


def what_is_wrong(board: Board, trial: Trial) -> str:
    """What a command whose operation failed did wrong, or the ones after it; "" if all is well."""
    expected = board.expected(trial.name)
    before, after = expected.before, expected.after
    fine = OUTCOME.get(trial.name, (0,))
    board.ready(trial.name)
    said = board.run(trial.name, trial.way, trial.at, seconds=trial.seconds)
    first = board.look()
    again = board.run(trial.name)
    last = board.look()
    happened = not _stored_otherwise(first, after)
    if _stored_otherwise(last, after) or _left_over(last, after):
        board.start()
        last, after = board.look(), expected.started
    wrong = {
        "its words": _of_words(said, before, first, fine),
        "acknowledged": said["code"] == 0
        and (_stored_otherwise(first, after) or _files(first, after)),
        "the same again": _of_words(again, first, last, fine),
        "at the end": _stored_otherwise(last, after, more=happened) or _files(last, after),
        "left over": _left_over(last, after),
    }
    for when, found in (("at first", first), ("at last", last)):
        wrong |= {
            f"lost {when}": _lost(before, found, after),
            f"halves {when}": _halves(before, found, after),
            f"problems {when}": _problems(found),
            f"record {when}": _not_on_record(found, after),
        }
    told = [f"{what}: {found}" for what, found in wrong.items() if found]
    where = f"{trial} at {said['struck']!r} ended with {said['code']} {said['err'][-300:]!r}"
    return "\n    ".join([where, *told]) if told else ""


def _of_words(said: Found, before: Found, now: Found, fine: Sequence[int]) -> str:
    """What is wrong with how a command ended: a refusal is one line with its code, and true."""
    text = said["err"] + said["out"]
    if "Traceback" in text or "意外" in text:
        return f"ended with {said['code']}: {text[-300:]}"
    if said["code"] in (*fine, KILLED):
        return ""
    if said["code"] != 1 or not text.strip():
        return f"ended with {said['code']}: {text[-300:]}"
    if any(one in text for one in NOTHING_DONE) and (moved := _stored_otherwise(before, now)):
        return f"says that nothing was done: {moved}"
    return ""


def _lost(before: Found, now: Found, after: Found) -> str:
    """How many batches and workbooks are gone that the command is not there to remove."""
    lost = set(before["kept"]) & set(after["kept"]) - set(now["kept"])
    return f"{len(lost)} files" if lost else ""


NOTHING: Found = {"events": [], "batches": [], "accounts": [], "published": None}


def _halves(before: Found, now: Found, after: Found) -> str:
    """What of a command is there without the rest that belongs to it."""
    for name, wanted in after["stores"].items():
        was, store = before["stores"].get(name, NOTHING), now["stores"].get(name, NOTHING)
        if was.get("state") == "damaged":
            continue
        if store.get("state") == "damaged":
            return f"{name} is damaged: {store['damages']}"
        shorter = min(len(store["events"]), len(wanted["events"]))
        if store["events"][:shorter] != wanted["events"][:shorter]:
            return f"{name} has the rows {store['events']}"
        if len(store["events"]) < len(was["events"]):
            return f"{name} lost rows"
        if store["accounts"] not in (was["accounts"], wanted["accounts"]):
            return f"{name} has the accounts {store['accounts']}"
        if store.get("forged"):
            return f"{name} has accounts that its record does not have"
    return ""


def _stored_otherwise(now: Found, wanted: Found, more: bool = False) -> str:
    """Where rows, batches, accounts or what is published differ; `more` rows may have come after."""
    for name, store in wanted["stores"].items():
        have = now["stores"].get(name, NOTHING)
        if more and len(have.get("events", ())) > len(store.get("events", ())):
            return ""
        for what in NOTHING:
            if have.get(what) != store.get(what):
                return f"{name}: {what} {have.get(what)} instead of {store.get(what)}"
    return ""


def _files(now: Found, wanted: Found) -> str:
    if now["out"] == wanted["out"]:
        return ""
    return f"wrote {now['out']} instead of {wanted['out']}"


def _left_over(now: Found, wanted: Found) -> str:
    """What a start of the board leaves of interrupted work."""
    for name, store in wanted["stores"].items():
        have = now["stores"].get(name, {})
        if more := set(have.get("names", ())) - {*store.get("names", ()), *USUAL}:
            return f"{name}: {sorted(more)}"
        if have.get("staged"):
            return f"{name}: staging/{have['staged']}"
    return ""


USUAL = {"aside", "heads", "CURRENT", "register.sqlite-wal", "register.sqlite-shm"}


def _problems(found: Found) -> str:
    for name, store in found["stores"].items():
        named = NAMED | ({"changed"} if store["state"] == "interrupted" else set())
        wrong = {code for _severity, code in store.get("problems", ())} - named
        if wrong:
            return f"{name}: {wrong}"
    return ""


def _not_on_record(now: Found, after: Found) -> str:
    """Files that were written and that the record of looks should have, and has not."""
    if not now["out"]:
        return ""
    for name, store in after["stores"].items():
        if now["stores"][name].get("looks", 0) < store.get("looks", 0):
            return f"{name}: {list(now['out'])} are not on record"
    return ""


def test_every_command_is_tried() -> None:
    assert {name.split(":")[0] for name in COMMANDS} == every_command()


def places(board: Board, name: str, way: str) -> list[int]:
    """The numbers of the operations of a command that can fail in a way."""
    operations = board.expected(name).operations
    if way == "unread":
        board.ready(name)
        operations = board.run(name, way)["done"]
    kinds = {"short": WRITES, "torn": WRITES, "full": GROWING}.get(way)
    return [
        number
        for number, operation in enumerate(operations, start=1)
        if kinds is None or operation.split()[0] in kinds
    ]


def faults(board: Board, trials: Iterable[Trial]) -> list[str]:
    """What went wrong in these trials."""
    return [wrong for trial in trials if (wrong := what_is_wrong(board, trial))]


# One command of each way of writing.
OFTEN = {
    "load", "withdraw", "publish", "repair", "retain", "backup", "restore", "plan load", "export",
    "accounts add", "accounts first", "site", "verify",
}  # fmt: skip


@pytest.mark.parametrize("name", spread(COMMANDS, OFTEN))
def test_an_operation_that_fails_costs_nothing_that_was_stored(board: Board, name: str) -> None:
    chance = random.Random(name)
    way = chance.choice(WAYS)
    numbers = places(board, name, way)
    assert numbers, "it changes no file at all"
    assert faults(board, [Trial(name, way, chance.choice(numbers))]) == []


# What a command might do wrong, and what the trial says of it.
WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "a batch deleted": (lambda root: shutil.rmtree(root / "batches" / "1"), "lost at first"),
    "a row too few": (sql(CUT_ROW), "halves at first"),
    "an account changed": (sql("update accounts set role = 'viewer'"), "halves at first"),
    "a snapshot not in use": (
        lambda root: (root / "CURRENT").unlink(missing_ok=True),
        "acknowledged",
    ),
    "a file left": (lambda root: (root / ".x.partial").touch(), "left over"),
    "a batch's rows changed": (flipped("batches/1/households.parquet"), "problems at first"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_same_trial_catches_a_command_that_does_wrong(
    board: Board, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.expected("batches")
    run, (hurt, told) = board.run, WRONG[wrong]

    def hurting(*given: Any, **more: Any) -> dict[str, Any]:
        said = run(*given, **more)
        if (board.place / "store" / "batches" / "1").is_dir():
            hurt(board.place / "store")
        return said

    monkeypatch.setattr(board, "run", hurting)
    assert told in what_is_wrong(board, Trial("batches"))


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_left_alone_leaves_a_store_that_equals_a_rebuild(
    board: Board, name: str
) -> None:
    board.ready(name)
    board.run(name)
    assert _problems(board.look(rebuild=True)) == ""


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_operation_failed_once_in_each_way_costs_nothing_that_was_stored(
    board: Board, name: str, way: str
) -> None:
    assert faults(board, (Trial(name, way, at) for at in places(board, name, way))) == []


AT_ANY_MOMENT = 100  # Kills a command beside those at its operations.


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_moment_has_happened_or_not(board: Board, name: str) -> None:
    board.expected(name)
    board.ready(name)
    began = time.monotonic()
    board.run(name)
    lasted, chance = time.monotonic() - began, random.Random(name)
    moments = (chance.uniform(0, lasted) for _ in range(AT_ANY_MOMENT))
    assert faults(board, (Trial(name, seconds=moment) for moment in moments)) == []


@pytest.mark.soak
def test_the_kills_of_all_commands_are_more_than_ten_thousand(board: Board) -> None:
    """Before each operation, in the middle of each write, and at any moment: in the tests above."""
    kills = sum(len(places(board, name, way)) for name in COMMANDS for way in DEADLY)
    assert kills + AT_ANY_MOMENT * len(COMMANDS) >= 10_000
