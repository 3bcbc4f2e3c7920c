"""The record of looks: nobody takes a row out, changes one or puts one between, unnoticed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from board import backup, storage
from board.journal import GENESIS, AuditLog, Journal, acts
from board.publish import faults, verify
from board.storage import steps
from tests.support.stores import batch

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    storage.prepare(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def three(root: Path) -> Path:
    """A store with three looks on record."""
    for household in ("H0001", "H0002", "H0003"):
        AuditLog(root).record("王", "task_force", acts.Unmasking(household), "入户核实")
    return root


def tampered(root: Path, *statements: str) -> None:
    """What somebody with the file and no respect for its triggers would do."""
    connection = sqlite3.connect(root / storage.JOURNAL)
    for name in ("rows", "words", "order"):
        connection.execute(f"drop trigger looks_keep_{name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_look_says_who_when_what_and_why(three: Path) -> None:
    first, second, third = AuditLog(three).all()
    assert (first.seq, first.previous, third.previous) == (1, GENESIS, second.hash)
    assert (first.who, first.role, first.kind) == ("王", "task_force", "unmask")
    assert (first.phrase, first.why) == ("H0001", "入户核实")
    assert first.at <= storage.now()
    assert AuditLog(three).verify() is None


def test_the_record_of_a_new_store_is_empty_and_whole(root: Path) -> None:
    assert AuditLog(root).all() == []
    assert AuditLog(root).verify() is None
    assert AuditLog(root).head() == {"looks": 0, "head": GENESIS}


@pytest.mark.parametrize(
    "statement",
    [
        "delete from looks where seq = 2",
        "update looks set why = '' where seq = 2",
        "insert or replace into looks select * from looks where seq = 2",
        "insert or replace into looks values (3, '', '', '', '', '', '', '', '')",
    ],
)
def test_a_row_can_be_neither_changed_nor_taken_out(three: Path, statement: str) -> None:
    connection = sqlite3.connect(three / storage.JOURNAL)
    with pytest.raises(sqlite3.IntegrityError, match="every look is kept"):
        connection.execute(statement)
    connection.close()
    assert len(AuditLog(three).all()) == 3


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("update looks set who = '李' where seq = 1", "looks 1"),
        ("update looks set why = '别的' where seq = 2", "looks 2"),
        ("update looks set at = '2020-01-01T00:00:00' where seq = 3", "looks 3"),
        ("delete from looks where seq = 1", "looks 2"),
        ("delete from looks where seq = 2", "looks 3"),
        ("delete from looks where seq = 3", "looks 3"),
        ("delete from looks", "looks 1"),
        ("insert into looks select 9, at, who, role, kind, what, why, previous, hash from looks"
         " where seq = 3", "looks 9"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_said(three: Path, statement: str, where: str) -> None:
    tampered(three, statement)
    assert AuditLog(three).verify() == where
    (problem,) = [p for p in faults(three) if p.code == "broken_record"]
    assert (problem.severity, problem.where) == ("error", where)
    assert any(p.code == "broken_record" for p in verify(three))


def test_numbers_of_a_person_never_enter_the_record(root: Path) -> None:
    search = acts.Search(("id 990000199001011232",))
    why = "电话 13800000000\n核实，户 101，99000019900101123X"
    look = AuditLog(root).record("王", "task_force", search, why)
    assert (look.phrase, look.why) == ("by id ×", "电话 × 核实，户 101，×")


def test_looks_written_before_they_were_chained_are_taken_in(root: Path) -> None:
    connection = sqlite3.connect(root / storage.JOURNAL)
    connection.executescript(
        "create table looks (at text not null, who text not null, what text not null) strict;"
        "create trigger looks_keep_rows before delete on looks"
        " begin select raise(abort, 'every look is kept'); end;"
        "insert into looks values ('2024-01-01T00:00:00', '王', 'export labour');"
        "insert into looks values ('2024-02-01T00:00:00', '李', 'export households');"
    )
    connection.close()
    AuditLog(root).record("赵", "admin", acts.LedgerExport(("labour",), "json"))
    told = [(look.at[:7], look.who, look.phrase) for look in AuditLog(root).all()][:2]
    assert told == [("2024-01", "王", "export labour"), ("2024-02", "李", "export households")]
    assert [look.seq for look in AuditLog(root).all()] == [1, 2, 3]
    assert AuditLog(root).verify() is None


def test_a_backup_carries_the_record_and_a_broken_one_is_refused(
    three: Path, tmp_path: Path
) -> None:
    batch(three, meetings=[{"meeting_id": "H1"}])
    about = backup.backup(three, tmp_path / "b.tar")
    assert about["looks"] == 3
    assert about["head"] == AuditLog(three).all()[-1].hash
    backup.restore(tmp_path / "again", tmp_path / "b.tar")
    assert AuditLog(tmp_path / "again").all() == AuditLog(three).all()
    tampered(three, "update looks set who = '李' where seq = 1")
    backup.backup(three, tmp_path / "c.tar")
    with pytest.raises(storage.RefusedError):
        backup.restore(tmp_path / "third", tmp_path / "c.tar")


def test_what_was_seen_in_a_place_before_a_restore_stays_on_record(
    three: Path, tmp_path: Path
) -> None:
    backup.backup(three, tmp_path / "b.tar")
    again = tmp_path / "again"
    storage.prepare(again)
    AuditLog(again).record("赵", "admin", acts.Lockout())
    backup.restore(again, tmp_path / "b.tar")
    assert [look.who for look in AuditLog(again).all()] == ["王", "王", "王", "赵"]
    assert AuditLog(again).verify() is None


def test_a_look_does_not_wait_for_the_stores_writer(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "held\n"
        AuditLog(root).record("王", "leader", acts.Look("H0001"))
        assert writer.poll() is None
        writer.kill()
    assert len(AuditLog(root).all()) == 1


HOLD = """
import sys, time
from pathlib import Path
from board import storage
with storage.writing(Path(sys.argv[1]), "load"):
    print("held", flush=True)
    time.sleep(60)
"""
RECORD = """
import sys
from pathlib import Path
from board.journal import AuditLog, acts
for n in range(int(sys.argv[3])):
    AuditLog(Path(sys.argv[1])).record(sys.argv[2], "leader", acts.Look(f"H{n:04}"))
    print(n, flush=True)
"""


def recording(root: Path, who: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RECORD, str(root), who, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)


def test_four_processes_at_once_make_one_chain_and_a_killed_one_loses_nothing_it_told(
    root: Path,
) -> None:
    writers = [recording(root, who, 40) for who in "甲乙丙"]
    victim = recording(root, "丁", 4000)
    assert victim.stdout
    told = [int(victim.stdout.readline()) for _ in range(25)]
    os.kill(victim.pid, signal.SIGKILL)
    told += [int(line) for line in victim.stdout.read().split()]
    for writer in (*writers, victim):
        writer.communicate()
    looks = AuditLog(root).all()
    assert AuditLog(root).verify() is None
    counts = {who: sum(look.who == who for look in looks) for who in "甲乙丙丁"}
    assert {counts[who] for who in "甲乙丙"} == {40}
    assert len(told) <= counts["丁"] <= len(told) + 1
    assert [look.seq for look in looks] == list(range(1, len(looks) + 1))


def test_killed_between_the_row_and_its_commit_the_chain_goes_on(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = os.fork()
    if pid == 0:
        steps.step = lambda name: os.kill(os.getpid(), signal.SIGKILL)
        AuditLog(three).record("丁", "leader", acts.Look("H0009"))
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
    assert AuditLog(three).verify() is None
    assert AuditLog(three).record("王", "leader", acts.Look("H0004")).seq == 4
    assert [look.who for look in AuditLog(three).all()] == ["王"] * 4


def test_journal_and_record_share_the_register_whichever_comes_first(root: Path) -> None:
    AuditLog(root).record("王", "leader", acts.Look("H0001"))
    assert Journal(root).events() == []
    batch(root, meetings=[{"meeting_id": "H1"}])
    assert len(Journal(root).events()) == 1
    assert faults(root) == []


def board(root: Path, *arguments: str) -> tuple[int, str]:
    """A command on the store: its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "board", *arguments, "--store", str(root)],
        check=False, cwd=PROJECT, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_the_command_line_lists_the_record_and_says_whether_it_is_whole(
    three: Path, tmp_path: Path
) -> None:
    code, said = board(three, "looks", "--format", "json")
    assert code == 0
    assert [look["what"] for look in json.loads(said)] == [
        "H0001", "H0002", "H0003",
    ]  # fmt: skip
    out = tmp_path / "looks.xlsx"
    assert board(three, "looks", "--format", "xlsx", "--out", str(out))[0] == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [4, 3, 2, 1]
    assert board(three, "looks", "--format", "xlsx")[0] == 2
    tampered(three, "update looks set who = '李' where seq = 1")
    assert board(three, "looks")[0] == 1


def test_what_is_withdrawn_at_a_terminal_is_on_record_with_its_reason(root: Path) -> None:
    batch(root, meetings=[{"meeting_id": "H1"}])
    assert board(root, "withdraw", "1", "--reason", "填错了")[0] == 0
    (look,) = AuditLog(root).all()
    assert (look.role, look.kind, look.phrase, look.why) == (
        "terminal", "withdraw", "batch 1", "填错了",
    )  # fmt: skip
