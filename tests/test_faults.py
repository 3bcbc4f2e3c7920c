"""Every file operation of every command fails once in each way: nothing stored is lost, and it says so."""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import present
from tests.support.command_words import every_command, filled, made_ready, typed, words
from tests.support.damages import CUT_ROW, contents, flipped, sql
from tests.support.fault_kinds import Operation, kinds, operations, tried
from tests.support.file_faults import WAYS, Way, possible
from tests.support.spread import share, spread
from tests.test_crash import LOADS_KILLED
from tests.test_retain_crash import REMOVALS_KILLED

PROJECT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(words(Path("place")))
DEADLY: tuple[Way, ...] = ("kill", "torn")
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
    """A place before a command, right after it, and after a start; the bytes before it."""

    before: Found
    bytes_before: dict[str, str]
    after: Found
    started: Found


class Board:
    """Command lines in a place, run by one warm process that may make their operations fail."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.folder, self.shared = folder, shared
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
        self.killed = 0

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
        said = self.order(words=line, place=str(self.place), way=way, at=at, **more)
        self.killed += said["code"] == KILLED
        return said

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
            bytes_before, before = self.bytes(), self.look()
            done = self.run(name)
            assert done["code"] in OUTCOME.get(name, (0,)), (name, done)
            after = self.look()
            self.start()
            self.known[name] = Expected(before, bytes_before, after, self.look())
        return self.known[name]

    def bytes(self) -> dict[str, str]:
        """Every file and folder of the place, but the file that says who writes."""
        folders = {str(path): "" for path in self.place.rglob("*") if path.is_dir()}
        files = contents(self.place)
        return folders | {name: files[name] for name in files if not name.endswith("/lock")}

    def operations(self, name: str, way: Way) -> list[Operation]:
        """What a command does that can fail in a way."""
        self.ready(name)
        said = self.run(name, "unread" if way == "unread" else None, where=True)
        done = operations(name, said["done"], said["done_from"])
        return [one for one in done if one.can_fail(way)]

    def every_operation(self, way: Way) -> list[Operation]:
        """What all commands do, told once for all workers of a run of the tests."""
        reading = way == "unread"
        file = self.shared / f"operations-{'read' if reading else 'written'}.json"
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                done = [one for name in COMMANDS for one in self.operations(name, ALL[reading])]
                file.write_text(json.dumps([astuple(one) for one in done]))
        return [
            Operation(name, like, at, tuple(lines))
            for name, like, at, lines in json.loads(file.read_text())
        ]

    def end(self) -> None:
        present(self.process.stdin).close()
        self.process.wait(timeout=60)
        present(self.process.stdout).close()
        shutil.rmtree(self.folder)


# A way in which all operations can fail: those that read, or those that change a file.
ALL: dict[bool, Way] = {True: "unread", False: "kill"}
# Memory where there is enough of it, else a folder on the disk.
QUICK = Path("/dev/shm")
A_GIGABYTE = 1 << 30


# Commands that answer with another code than 0 by what they are there for.
OUTCOME = {"repair: nothing done": (1,)}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    quick = QUICK.is_dir() and shutil.disk_usage(QUICK).free > A_GIGABYTE
    base = tmp_path_factory.getbasetemp()
    # Each of several workers has a folder in the one of the run.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = Board(
        Path(tempfile.mkdtemp(prefix="board-faults-", dir=QUICK if quick else None)), shared
    )
    yield made
    made.end()


@dataclass(frozen=True)
class Trial:
    """A command whose `at`-th operation like one fails in a way; or that is killed after a time.

    `again`: it is typed once more even where everything is as before it, or as it should be after.
    """

    name: str
    way: Way | None = None
    at: int = 0
    like: str = ""
    seconds: float | None = None
    again: bool = False


def what_is_wrong(board: Board, trial: Trial) -> str:
    """What a command whose operation failed did wrong, or the ones after it; "" if all is well."""
    expected = board.expected(trial.name)
    before, after = expected.before, expected.after
    fine = OUTCOME.get(trial.name, (0,))
    board.ready(trial.name)
    said = board.run(trial.name, trial.way, trial.at, like=trial.like, seconds=trial.seconds)
    first = last = board.look()
    again: Found = {"code": fine[0], "err": "", "out": ""}
    settled = first == after or board.bytes() == expected.bytes_before
    if trial.again or not settled:
        again = board.run(trial.name)
        last = board.look()
    happened = not _stored_otherwise(first, after)
    if settled and not trial.again:
        last = after
    elif _stored_otherwise(last, after) or _left_over(last, after):
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


def faults(board: Board, trials: Iterable[Trial]) -> list[str]:
    """What went wrong in these trials."""
    return [wrong for trial in trials if (wrong := what_is_wrong(board, trial))]


# What changes batches in every run, and a share of the other ways of writing.
OFTEN = {
    "load", "repair", "retain", "restore",
    *share(["withdraw", "publish", "backup", "plan load", "export", "accounts add",
            "accounts first", "site", "verify"], 3),
}  # fmt: skip


@pytest.mark.parametrize("name", spread(COMMANDS, OFTEN))
def test_an_operation_that_fails_costs_nothing_that_was_stored(board: Board, name: str) -> None:
    chance = random.Random(name)
    way = chance.choice(WAYS)
    possible_here = board.operations(name, way)
    assert possible_here, "it changes no file at all"
    one = chance.choice(possible_here)
    assert faults(board, [Trial(name, way, one.at, one.like)]) == []


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
    assert told in what_is_wrong(board, Trial("batches", again=True))


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_left_alone_leaves_a_store_that_equals_a_rebuild(
    board: Board, name: str
) -> None:
    board.ready(name)
    board.run(name)
    assert _problems(board.look(rebuild=True)) == ""
    assert faults(board, [Trial(name, again=True)]) == []


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_kind_of_operation_failed_in_each_way_costs_nothing_that_was_stored(
    board: Board, name: str, way: Way
) -> None:
    chosen = [one for one in tried(board.every_operation(way), way) if one.command == name]
    assert faults(board, (Trial(name, way, one.at, one.like) for one in chosen)) == []


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_each_operation_of_each_command_is_of_a_kind_that_is_tried(board: Board, way: Way) -> None:
    every = [one for one in board.every_operation(way) if one.can_fail(way)]
    chosen = tried(every, way)
    print(f"{way}: {len(every)} operations, {len(kinds(every))} kinds, {len(chosen)} tried")
    assert kinds(every).keys() == kinds(chosen).keys()
    assert {one.command for one in every} == {one.command for one in chosen}


AT_ANY_MOMENT = 150  # Kills a command beside those at its operations.


@pytest.mark.soak
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_at_any_moment_has_happened_or_not(board: Board, name: str) -> None:
    board.expected(name)
    board.ready(name)
    began = time.monotonic()
    board.run(name)
    lasted, chance = time.monotonic() - began, random.Random(name)
    wanted = board.killed + AT_ANY_MOMENT
    for _ in range(AT_ANY_MOMENT * 5):
        assert faults(board, [Trial(name, seconds=chance.uniform(0, lasted))]) == []
        if board.killed == wanted:
            return
    pytest.fail("too few died")


@pytest.mark.soak
def test_the_kills_of_all_commands_are_more_than_ten_thousand(board: Board) -> None:
    """Before operations, in the middle of writes and at any moment, loads and removals of others."""
    at_operations = sum(len(tried(board.every_operation(way), way)) for way in DEADLY)
    at_moments = AT_ANY_MOMENT * len(COMMANDS) + LOADS_KILLED + REMOVALS_KILLED
    print(f"{at_operations} kills at operations, {at_moments} at any moment")
    assert at_operations + at_moments >= 10_000
