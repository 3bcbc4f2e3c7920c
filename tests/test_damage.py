"""Whatever happened to a store: what only looks changes nothing, and nothing stored is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from board.access import Role
from board.accounts import Accounts
from board.commands import app
from board.journal import AuditLog, Journal, acts, condition
from board.publish import publish, up_to_date, verify
from board.serve.sample import fill_with_sample
from board.storage import ASIDE, BATCHES, JOURNAL, KEY, RefusedError, prepare
from tests.outside.cli import call
from tests.support.answers import present
from tests.support.damages import DAMAGES, TOUCHED, contents, kept
from tests.support.rows import asset, household, worker
from tests.support.spread import spread
from tests.support.stores import batch

PROJECT = Path(__file__).resolve().parent.parent
SECOND_PLAN = PROJECT / "tests" / "support" / "second_plan"
# Of the kinds of damage and of touched stores no fewer than were promised are tried.
assert len(DAMAGES) >= 12
assert len(TOUCHED) >= 40
NOT_STORED = {"plan template", "sample"}  # They write into a folder and ask no store.
ABOUT_DAMAGE = {"verify", "repair"}


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of four batches, one withdrawn, with looks; read it, copy it, never write to it."""
    root = tmp_path_factory.mktemp("whole") / "store"
    batch(root, "2024-01-05T00:00:00", "一月", households=[household("H1"), household("H2")])
    batch(
        root, "2024-02-05T00:00:00", households=[household("H3")], assets=[asset("A1")],
        labour=[worker(1, "H1")],
    )  # fmt: skip
    batch(root, "2024-03-05T00:00:00", households=[household("H1", room="0202")])
    batch(root, "2024-04-05T00:00:00", households=[household("H9")])
    Accounts(root).create("覃主任", Role.ADMIN, "test")
    AuditLog(root).record("甲", "leader", acts.Look("H1"))
    Journal(root).withdraw(4, "录错了", "2024-04-06T00:00:00")
    AuditLog(root).record("甲", "leader", acts.Look("H2"))
    publish(root)
    assert verify(root) == []
    return root


@pytest.fixture
def store(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "store"))


def commands(tmp_path: Path) -> dict[str, list[str]]:
    """Every command with words it takes."""
    file = tmp_path / "one.csv"
    file.write_text("a,b\n1,2\n")
    plan = PROJECT / "data" / "reference" / "site.geojson"
    return {
        "sample": [
            "sample",
            "--out",
            str(tmp_path / "sample"),
            "--households",
            "1",
            "--months",
            "1",
        ],
        "template": ["template", "--out", str(tmp_path / "templates"), "assets"],
        "check": ["check", str(file)],
        "load": ["load", str(file)],
        "withdraw": ["withdraw", "1", "--reason", "录错了"],
        "batches": ["batches"],
        "publish": ["publish"],
        "verify": ["verify"],
        "repair": ["repair"],
        "retain": ["retain", "--before", "2024-02-01", "--reason", "保存期满"],
        "backup": ["backup", str(tmp_path / "backup.tar")],
        "restore": ["restore", str(file)],
        "metrics": ["metrics", "--period", "2024-03"],
        "rows": ["rows", "asset_occupancy", "--period", "2024-03", "--part", "numerator"],
        "measures": ["measures", "--period", "2024-03"],
        "plan check": ["plan", "check", str(SECOND_PLAN)],
        "plan load": ["plan", "load", str(SECOND_PLAN)],
        "plan list": ["plan", "list"],
        "plan template": ["plan", "template", "--out", str(tmp_path / "plans")],
        "export": ["export", "assets"],
        "looks": ["looks"],
        "site": ["site", str(plan)],
        "accounts list": ["accounts", "list"],
        "accounts first": ["accounts", "first"],
        "accounts add": ["accounts", "add", "乙", "--role", "admin"],
        "accounts change": ["accounts", "change", "乙", "--role", "leader"],
        "accounts reset": ["accounts", "reset", "乙"],
        "accounts unlock": ["accounts", "unlock", "乙"],
        "accounts disable": ["accounts", "disable", "乙"],
        "accounts enable": ["accounts", "enable", "乙"],
    }


def test_every_command_is_tried_over_a_damaged_store(tmp_path: Path) -> None:
    tried = commands(tmp_path)
    named = {str(command.name) for command in app.registered_commands}
    for group in app.registered_groups:
        inside = present(group.typer_instance).registered_commands
        named |= {f"{group.name} {command.name}" for command in inside}
    assert set(tried) == named


def tried(damage: str, words: dict[str, list[str]]) -> dict[str, list[str]]:
    """A third of the commands, and those about damage: each command meets every third damage.

    `make soak` tries every command over every damage. Whether a store is damaged is worked out in one place for all of them. A register that is
    gone, the damage at which a command would most easily begin a new one, meets them all.
    """
    stored = [name for name in words if name not in NOT_STORED]
    if damage != "register gone":
        turn = list(DAMAGES).index(damage) % 3
        stored = [n for at, n in enumerate(stored) if at % 3 == turn or n in ABOUT_DAMAGE]
    return {name: words[name] for name in stored}


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_command_changes_a_damaged_store_and_every_one_says_so(
    store: Path, tmp_path: Path, damage: str
) -> None:
    changes_nothing(store, damage, tried(damage, commands(tmp_path)))


@pytest.mark.soak
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_of_at_least_twelve_damages_is_named_by_every_command_and_nothing_changes(
    store: Path, tmp_path: Path, damage: str
) -> None:
    every = commands(tmp_path)
    changes_nothing(store, damage, {n: every[n] for n in every if n not in NOT_STORED})


def changes_nothing(store: Path, damage: str, words_of: dict[str, list[str]]) -> None:
    """Each command says that the store is damaged, and the same bytes are there before and after."""
    DAMAGES[damage](store)
    before = contents(store, below=BATCHES)
    register = contents(store).get(JOURNAL)
    for name, words in words_of.items():
        answer = call(*words, store=store)
        if name in ABOUT_DAMAGE:
            assert answer.code == 1, name
        else:
            assert (answer.code, "damaged_store" in answer.err) == (1, True), (name, answer)
        assert "意外" not in answer.err, (name, answer.err)
        assert contents(store, below=BATCHES) == before, name
        assert contents(store).get(JOURNAL) == register, name
        assert not (store / ASIDE).exists(), name
    with pytest.raises(RefusedError):
        publish(store)
    assert condition(store).state == "damaged"
    with pytest.raises(RefusedError, match="损坏"):
        fill_with_sample(store)
    assert contents(store, below=BATCHES) == before


@pytest.mark.parametrize("name", sorted(NOT_STORED))
def test_what_asks_no_store_is_done_beside_a_damaged_one_too(
    store: Path, tmp_path: Path, name: str
) -> None:
    DAMAGES["register gone"](store)
    before = contents(store)
    assert call(*commands(tmp_path)[name], store=store, fresh=True).code == 0
    assert contents(store) == before


# The register missing, unreadable or too short; folders too many; a head that knows more. The
# others are repaired in the long runs.
REPAIRED = {
    "register gone", "register cut", "register older by two rows", "two batches too many",
    "a head that knows more",
}  # fmt: skip


@pytest.mark.parametrize(
    "damage", spread([name for name in DAMAGES if name != "key gone"], REPAIRED)
)
def test_after_a_repair_the_store_takes_batches_again_and_nothing_is_lost(
    store: Path, tmp_path: Path, damage: str
) -> None:
    DAMAGES[damage](store)
    before = kept(store)
    listed = call("repair", "--format", "json", store=store)
    assert kept(store) == before
    assert not (store / ASIDE).exists()
    assert call("repair", "--do", store=store).code == 2
    done = call("repair", "--do", "--reason", "漏拷了日志", "--format", "json", store=store)
    assert done.code == 0, done.err
    assert [one["what"] for one in done.json["steps"]] == [
        one["what"] for one in listed.json["steps"]
    ]
    assert set(before) <= set(kept(store))
    event = Journal(store).events()[-1]
    assert (event.kind, event.payload["reason"]) == ("repair", "漏拷了日志")
    assert call("publish", store=store).code == 0
    assert [problem for problem in verify(store) if problem.severity == "error"] == []
    batch(store, households=[household("H7")])
    publish(store)
    assert set(before) <= set(kept(store))
    assert call("repair", "--format", "json", store=store).json == {"done": False, "steps": []}


# `verify` is asked about each of the damages above too; of the others about every second, about
# all in the long runs.
ASKED = [touch for touch in TOUCHED if touch not in DAMAGES][::2]


@pytest.mark.parametrize("touch", spread(TOUCHED, ASKED))
def test_verify_names_what_was_touched_and_changes_not_a_byte(store: Path, touch: str) -> None:
    TOUCHED[touch](store)
    before = contents(store)
    problems = verify(store)
    assert [problem for problem in problems if problem.severity == "error"], touch
    assert contents(store) == before


def test_looks_emptied_with_their_head_are_missed_by_the_journal(store: Path) -> None:
    TOUCHED["looks emptied, their head too"](store)
    assert "broken_record" in {problem.code for problem in verify(store)}


def test_a_check_that_cannot_be_done_is_a_problem_and_the_next_one_is_done(store: Path) -> None:
    TOUCHED["the snapshot forged"](store)
    (store / "aside").mkdir()
    (store / "aside" / "batch-9-2024").mkdir()
    codes = [problem.code for problem in verify(store)]
    assert codes == ["unreadable", "set_aside"]


@pytest.mark.parametrize("damage", ["register gone", "register without tables"])
def test_no_register_is_begun_in_place_of_one_that_was_lost(store: Path, damage: str) -> None:
    DAMAGES[damage](store)
    before = contents(store)
    writers = (
        lambda: AuditLog(store).record("甲", "leader", acts.Look("H1")),
        lambda: Accounts(store).create("乙", Role.ADMIN, "甲"),
        lambda: Journal(store).append("note", {}),
        lambda: batch(store, households=[household("H8")]),
    )
    for write in writers:
        with pytest.raises(RefusedError) as refused:
            write()
        assert refused.value.code == "damaged_store"
    after = contents(store)
    assert {name: after[name] for name in before if "staging" not in name and name != "lock"} == {
        name: sha for name, sha in before.items() if "staging" not in name and name != "lock"
    }
    assert (store / JOURNAL).exists() is (damage != "register gone")


def test_verify_changes_not_a_byte_while_the_log_has_not_been_folded_in(
    store: Path, tmp_path: Path
) -> None:
    import sqlite3

    held = sqlite3.connect(store / JOURNAL)
    held.execute("select count(*) from journal").fetchone()
    AuditLog(store).record("甲", "leader", acts.Look("H3"))
    torn = Path(shutil.copytree(store, tmp_path / "torn"))
    held.close()
    (torn / f"{JOURNAL}-shm").unlink()
    assert (torn / f"{JOURNAL}-wal").stat().st_size
    before = contents(torn)
    assert verify(torn) == []
    assert contents(torn) == before
    # A copy without the log lacks that look, and is found out.
    (torn / f"{JOURNAL}-wal").unlink()
    assert [problem.code for problem in verify(torn)] == ["head_differs"]


def test_verify_of_a_place_without_a_store_makes_none(tmp_path: Path) -> None:
    assert verify(tmp_path / "nowhere") == []
    assert not (tmp_path / "nowhere").exists()
    assert verify(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_copy_without_the_write_ahead_log_costs_no_batch(tmp_path: Path) -> None:
    import sqlite3

    root = tmp_path / "store"
    batch(root, "2024-01-05T00:00:00", households=[household("H1")])
    held = sqlite3.connect(root / JOURNAL)
    held.execute("begin")
    held.execute("select count(*) from journal").fetchone()
    for number in (2, 3):
        batch(root, f"2024-0{number}-05T00:00:00", households=[household(f"H{number}")])
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    held.close()
    assert len(Journal(copy).events()) == 1
    before = kept(copy)
    for words in (["verify"], ["publish"], ["backup", str(tmp_path / "b.tar")]):
        assert call(*words, store=copy).code == 1
    assert kept(copy) == before
    assert len(list((copy / BATCHES).iterdir())) == 3


def test_the_next_writer_sets_a_load_that_was_broken_off_aside_and_says_so(store: Path) -> None:
    shutil.copytree(store / BATCHES / "1", store / BATCHES / "5")
    before = contents(store, below=f"{BATCHES}/5")
    assert condition(store).state == "interrupted"
    assert call("batches", store=store).code == 0
    assert (store / BATCHES / "5").is_dir()
    answer = call("publish", store=store)
    assert answer.code == 0
    assert "batches/5" in answer.err
    (moved,) = (store / ASIDE).iterdir()
    assert moved.name.startswith("batch-5-")
    assert sorted(contents(store, below=f"{ASIDE}/{moved.name}").values()) == sorted(
        before.values()
    )
    assert [(p.severity, p.code) for p in verify(store)] == [("error", "set_aside")]
    assert call("repair", "--do", "--reason", "断电", store=store).code == 0
    publish(store)
    assert [(p.severity, p.code) for p in verify(store)] == [("notice", "set_aside")]


# Of a row that is gone its batch's folder says so: damage, tried above.
CHAINS = [name for name in TOUCHED if name.startswith("a row's")]
# What a row says, and that it can't be read; every way in the long runs.
BROKEN_CHAINS = {"a row's kind", "a row's payload no JSON"}


@pytest.mark.parametrize("touch", spread(CHAINS, BROKEN_CHAINS))
def test_a_broken_chain_stops_publishing_and_backing_up_until_somebody_acknowledges_it(
    store: Path, tmp_path: Path, touch: str
) -> None:
    TOUCHED[touch](store)
    for words in (["publish"], ["backup", str(tmp_path / "b.tar")]):
        answer = call(*words, store=store)
        assert (answer.code, "broken_chain" in answer.err or "damaged" in answer.err) == (1, True)
    assert call("repair", "--do", "--reason", "查过了", store=store).code == 0
    assert call("publish", store=store).code == 0
    assert call("backup", str(tmp_path / "b.tar"), store=store).code == 0
    named = [problem for problem in verify(store) if problem.code == "broken_chain"]
    assert {problem.severity for problem in named} == {"notice"}
    other = tmp_path / "other"
    assert call("restore", str(tmp_path / "b.tar"), store=other).code == 0


SETTLE = """
import sys
from functools import partial
from pathlib import Path
from board import sample
from board.serve.sample import fill_with_sample
if __name__ == "__main__":
    sample.load_sample = partial(sample.load_sample, households=4, months=1)
    sys.exit(0 if fill_with_sample(Path(sys.argv[1])) else 3)
"""


def test_the_sample_takes_a_new_store_and_deletes_nothing_in_it(tmp_path: Path) -> None:
    root, script = tmp_path / "store", tmp_path / "settle.py"
    script.write_text(SETTLE)
    prepare(root)
    AuditLog(root).record("甲", "viewer", acts.LedgerExport(("assets",), "json"))
    up_to_date(root)
    key = (root / KEY).read_bytes()
    # Its loads run in threads of their own, as they do when the board starts.
    run = [sys.executable, str(script), str(root)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    for expected in (0, 3):
        done = subprocess.run(run, env=environment, cwd=PROJECT, timeout=200, check=False)
        assert done.returncode == expected
    assert (root / KEY).read_bytes() == key
    assert "assets (json)" in [look.phrase for look in AuditLog(root).all()]
    assert Journal(root).batches()
    assert verify(root) == []


def test_a_running_board_says_on_every_page_that_its_store_is_damaged(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(store))
    assert not opened("zh").error
    DAMAGES["a batch of another number"](store)
    for language in ("zh", "en"):
        assert any("repair" in str(one.value) for one in opened(language).error)


def opened(language: str) -> AppTest:
    """The board, opened anew; a second run of this kind of test would leave app.py out."""
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
    at.query_params["lang"] = language
    return at.run()


@pytest.mark.parametrize("damage", ["register gone", "a batch of another number", "key gone"])
def test_the_board_does_not_start_over_a_damaged_store(
    store: Path,
    damage: str,
    free_port: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from board.serve import __main__ as serving

    DAMAGES[damage](store)
    monkeypatch.setenv("BOARD_STORE", str(store))
    monkeypatch.setattr(serving, "serve", lambda *_: pytest.fail("it must not start"))
    before = contents(store)
    assert serving.main(["--port", str(free_port), "--sample"]) == 2
    assert "损坏" in capsys.readouterr().err
    assert contents(store) == before


def test_the_head_of_one_chain_leaves_that_of_the_other_whole(tmp_path: Path) -> None:
    from board.journal import heads, note_head

    note_head(tmp_path, "looks", 3, "a" * 64)
    note_head(tmp_path, "journal", 9_999_999_999, "b" * 64)
    assert {name: head.rows for name, head in heads(tmp_path).items()} == {
        "journal": 9_999_999_999, "looks": 3,
    }  # fmt: skip


def test_heads_lie_in_a_file_of_their_own_and_never_go_back(store: Path) -> None:
    from board.journal import heads, note_head

    was = heads(store)
    assert was["journal"].rows == len(Journal(store).events())
    note_head(store, "journal", 1, "0" * 64)
    assert heads(store) == was
    assert json.dumps(was["looks"].rows)
