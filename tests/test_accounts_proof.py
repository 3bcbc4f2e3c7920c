"""The accounts are proven: what is changed past the program is found, what was done is never half told."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from board import backup, storage
from board.access import Role
from board.accounts import Accounts, PendingLogins, Sessions, differences
from board.export.audit_log import subject
from board.journal import AuditLog, act_of, fields_of, phrases
from board.journal.acts import AccountsBegun, AccountState
from board.publish import faults
from board.storage import JOURNAL, steps
from tests.support.answers import present
from tests.support.looks import earlier_row
from tests.support.stores import batch

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

PASSWORD = "a long enough sentence"
OLD = """
create table accounts (
    name text primary key, password text, role text not null, department text not null,
    places text not null, enabled integer not null, created_at text not null
) strict;
create table sessions (
    hash text primary key, name text not null, role text not null, department text not null,
    places text not null, via text not null, opened_at text not null, seen_at text not null,
    revoked_at text
) strict;
insert into accounts values ('覃主任', 'argon', 'admin', '', '', 1, '2026-01-05T08:00:00');
insert into accounts values ('韦网格', null, 'task_force', '', '3栋\n5栋/2单元', 1, '2026-01-05T08:00:00');
insert into sessions values ('h', '韦网格', 'task_force', '', '', 'local', '2999-01-05', '2999-01-05', null);
insert into sessions values ('p', '王科长', 'keeper', '组织人社局', '', 'county', '2999-01-05', '2999-01-05', null);
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an administrator and a keeper that is of the task force, too."""
    accounts = Accounts(tmp_path)
    accounts.enter(accounts.first_token(), PASSWORD, "覃主任")
    token = accounts.create(
        "何填报", [Role.KEEPER, Role.TASK_FORCE], "覃主任", "社会事务局", ["3栋"]
    )
    accounts.enter(token, PASSWORD)
    return tmp_path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store whose accounts an earlier program made."""
    root = tmp_path / "old"
    storage.prepare(root)
    earlier_row(root, "account", "create 韦网格 task_force 3栋 5栋/2单元", "覃主任")
    run(root, OLD)
    return root


def run(root: Path, statements: str) -> None:
    """What somebody does who has the file and no need of the program."""
    with closing(sqlite3.connect(root / JOURNAL)) as connection:
        connection.executescript(statements)


def files(root: Path) -> dict[str, str]:
    """Every file of a store and the hash of its bytes."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def acts(root: Path) -> list[tuple[str, str]]:
    """What the record says was done to which account."""
    proven = [look.act for look in AuditLog(root).all()]
    return [
        (act.act, getattr(act, "name", ""))
        for act in proven
        if isinstance(act, AccountsBegun | AccountState)
    ]


def test_accounts_that_the_program_alone_changed_are_as_the_record_says(store: Path) -> None:
    accounts = Accounts(store)
    accounts.change("何填报", "覃主任", [Role.LEADER, Role.ADMIN], places=["3栋", "5栋/2单元"])
    accounts.enable("何填报", "覃主任", False)
    accounts.enable("何填报", "覃主任", True)
    accounts.unlock("何填报", "覃主任")
    accounts.renew("覃主任", PASSWORD, PASSWORD + "!")
    accounts.enter(accounts.reset("何填报", "覃主任"), PASSWORD)
    assert differences(store) == []
    assert [act for act, _name in acts(store)] == [
        "begun", "create", "password", "create", "password", "change", "disable", "enable",
        "unlock", "password", "reset", "password",
    ]  # fmt: skip
    assert AuditLog(store).verify() is None


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("update accounts set role = 'admin' where name = '何填报'", ["何填报"]),
        ("update accounts set role = 'task_force\nkeeper' where name = '何填报'", ["何填报"]),
        ("update accounts set role = role || '\nadmin' where name = '何填报'", ["何填报"]),
        ("update accounts set department = '' where name = '何填报'", ["何填报"]),
        ("update accounts set places = '' where name = '何填报'", ["何填报"]),
        ("update accounts set enabled = 0 where name = '何填报'", ["何填报"]),
        ("update accounts set password = null where name = '何填报'", ["何填报"]),
        ("update accounts set password = (select password from accounts where name = '覃主任')"
         " where name = '何填报'", ["何填报"]),
        ("update accounts set name = '黄填报' where name = '何填报'", ["何填报", "黄填报"]),
        ("delete from accounts where name = '何填报'", ["何填报"]),
        ("delete from accounts", ["何填报", "覃主任"]),
        ("drop table accounts", ["何填报", "覃主任"]),
        ("drop table accounts; create table accounts (name text)", ["何填报", "覃主任"]),
        ("insert into accounts values ('黄', 'argon', 'admin', '', '', 1, '')", ["黄"]),
        ("drop table assignments; update accounts set role = 'admin' where name = '何填报'",
         ["何填报"]),
        ("drop table looks", ["何填报", "覃主任"]),
    ],
)  # fmt: skip
def test_what_is_changed_past_the_program_is_found(
    store: Path, statement: str, names: list[str]
) -> None:
    run(store, statement)
    assert sorted(one.name for one in differences(store)) == sorted(names)


def test_a_difference_says_what_the_record_and_the_row_say(store: Path) -> None:
    run(store, "update accounts set role = 'admin' where name = '何填报'")
    (found,) = differences(store)
    assert found.recorded is not None
    assert found.recorded["roles"] == ["keeper", "task_force"]
    assert found.held == found.recorded | {"roles": ["admin"]}
    run(store, "delete from accounts where name = '何填报'")
    assert differences(store)[0].held is None
    run(store, "insert into accounts values ('黄', null, 'owner', '', '', 1, '')")
    assert differences(store)[1].recorded is None


def test_a_change_past_the_program_stays_found_after_the_program_wrote_again(store: Path) -> None:
    run(store, "drop table assignments; update accounts set role = 'admin' where name = '何填报'")
    Accounts(store).create("甲", Role.VIEWER, "覃主任")
    assert [one.name for one in differences(store)] == ["何填报"]


def test_rows_in_the_form_of_an_earlier_program_prove_accounts_too(store: Path) -> None:
    run(store, "drop trigger looks_keep_words")
    with closing(sqlite3.connect(store / JOURNAL)) as connection:
        for look in AuditLog(store).all():
            change = "update looks set what = ? where seq = ?"
            connection.execute(change, (phrases.phrase(look.act), look.seq))
        connection.commit()
    assert '"act": "create", "name"' in AuditLog(store).all()[1].what
    assert differences(store) == []
    Accounts(store).change("何填报", "覃主任", Role.LEADER)
    assert differences(store) == []
    run(store, "update accounts set role = 'admin' where name = '何填报'")
    assert [one.name for one in differences(store)] == ["何填报"]


def test_an_emptied_record_proves_no_account(store: Path) -> None:
    for name in ("rows", "words", "order"):
        run(store, f"drop trigger looks_keep_{name}")
    run(store, "delete from looks; delete from sqlite_sequence")
    assert sorted(one.name for one in differences(store)) == ["何填报", "覃主任"]
    Accounts(store).sign_in("覃主任", PASSWORD)
    assert sorted(one.name for one in differences(store)) == ["何填报", "覃主任"]


def test_an_account_put_in_before_the_first_one_is_found(tmp_path: Path) -> None:
    Accounts(tmp_path).first_token()
    run(tmp_path, "insert into accounts values ('黄', 'argon', 'admin', '', '', 1, '')")
    run(tmp_path, "drop table assignments")
    assert [one.name for one in differences(tmp_path)] == ["黄"]


@pytest.mark.parametrize(
    "name", ["13812345678", "990000199001011232", "李  干事", 'a"b\\c', "李 干事", "{}", "1 38"]
)
def test_every_name_is_proven_and_no_number_of_a_person_is_in_the_record(
    store: Path, name: str
) -> None:
    accounts = Accounts(store)
    accounts.create(name, Role.VIEWER, "覃主任")
    assert differences(store) == []
    accounts.change(name, "覃主任", Role.LEADER)
    assert differences(store) == []
    with closing(sqlite3.connect(store / JOURNAL)) as connection:
        connection.execute("update accounts set role = 'admin' where name = ?", (name,))
        connection.commit()
    assert len(differences(store)) == 1
    said = [look.what for look in AuditLog(store).all()]
    assert "13812345678" not in "".join(said)
    assert "990000199001011232" not in "".join(said)
    assert fields_of(act_of("account", said[-1]))["roles"] == ["leader"]


def test_no_secret_is_in_the_record(store: Path) -> None:
    with closing(sqlite3.connect(store / JOURNAL)) as connection:
        kept = [row[0] for row in connection.execute("select password from accounts")]
    said = "".join(look.what for look in AuditLog(store).all())
    for password in kept:
        assert password not in said
        assert password.rpartition("$")[2] not in said
        assert hashlib.sha256(password.encode()).hexdigest() not in said  # Its letters are others.
    assert PASSWORD not in said


def test_an_old_store_is_read_as_it_is_and_taken_over_when_it_is_written(old: Path) -> None:
    before = files(old)
    accounts, sessions = Accounts(old), Sessions(old)
    assert [(one.name, one.roles) for one in accounts.all()] == [
        ("覃主任", (Role.ADMIN,)), ("韦网格", (Role.TASK_FORCE,)),
    ]  # fmt: skip
    assert accounts.any()
    assert accounts.locked() == {}
    assert present(sessions.session("h", touch=False)).reader.places == ("3栋", "5栋/2单元")
    assert present(sessions.session("p", touch=False)).reader.department == "组织人社局"
    assert differences(old) == []
    assert files(old) == before
    accounts.create("甲", Role.VIEWER, "覃主任")
    assert acts(old) == [
        ("begun", ""), ("taken over", "覃主任"), ("taken over", "韦网格"), ("create", "甲"),
    ]  # fmt: skip
    assert differences(old) == []
    run(old, "update accounts set role = 'admin' where name = '韦网格'")
    assert [one.name for one in differences(old)] == ["韦网格"]


def test_an_old_store_is_taken_over_once(old: Path) -> None:
    PendingLogins(old).take("nothing")
    Accounts(old).unlock("韦网格", "覃主任")
    assert [act for act, _name in acts(old)] == ["begun", "taken over", "taken over", "unlock"]


def test_who_only_reads_makes_neither_store_nor_tables(tmp_path: Path) -> None:
    root = tmp_path / "nowhere"
    assert not Accounts(root).any()
    assert Accounts(root).all() == []
    assert Accounts(root).account("甲") is None
    assert Sessions(root).all() == []
    assert Sessions(root).of_token("x") is None
    assert differences(root) == []
    assert not root.exists()
    batch(root, meetings=[{"meeting_id": "H1"}])
    before = files(root)
    assert not Accounts(root).any()
    assert Sessions(root).of_token("x") is None
    assert differences(root) == []
    assert files(root) == before


def test_comparing_changes_not_a_byte_of_a_store_that_a_kill_left_with_its_log(
    store: Path, tmp_path: Path
) -> None:
    place = tmp_path / "killed"
    with closing(sqlite3.connect(store / JOURNAL)) as connection:
        connection.execute("update accounts set role = 'admin' where name = '何填报'")
        connection.commit()  # In the log alone, which the last connection to close would fold in.
        storage.prepare(place)
        for name in (JOURNAL, f"{JOURNAL}-wal"):
            (place / name).write_bytes((store / name).read_bytes())
    before = files(place)
    assert [one.name for one in differences(place)] == ["何填报"]
    assert files(place) == before


CHANGES = {
    "create": lambda accounts: accounts.create("甲", Role.VIEWER, "覃主任"),
    "change": lambda accounts: accounts.change("何填报", "覃主任", Role.LEADER),
    "disable": lambda accounts: accounts.enable("何填报", "覃主任", False),
    "reset": lambda accounts: accounts.reset("何填报", "覃主任"),
    "unlock": lambda accounts: accounts.unlock("何填报", "覃主任"),
    "password": lambda accounts: accounts.renew("何填报", PASSWORD, PASSWORD + "!"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_killed_in_a_change_neither_the_account_nor_its_row_is_there(
    store: Path, change: str
) -> None:
    held, recorded = Accounts(store).all(), acts(store)
    pid = os.fork()
    if pid == 0:
        steps.step = lambda _name: os.kill(os.getpid(), signal.SIGKILL)
        CHANGES[change](Accounts(store))
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
    assert Accounts(store).all() == held
    assert acts(store) == recorded
    assert differences(store) == []
    CHANGES[change](Accounts(store))
    assert acts(store)[-1][0] == change
    assert differences(store) == []


def test_killed_while_an_old_store_is_taken_over_it_is_old_still(old: Path) -> None:
    pid = os.fork()
    if pid == 0:
        seen: list[str] = []

        def die_at_the_second(name: str) -> None:
            seen.append(name)
            if len(seen) == 2:
                os.kill(os.getpid(), signal.SIGKILL)

        steps.step = die_at_the_second
        Accounts(old).unlock("韦网格", "覃主任")
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
    assert acts(old) == []
    Accounts(old).unlock("韦网格", "覃主任")
    assert [act for act, _name in acts(old)] == ["begun", "taken over", "taken over", "unlock"]


def test_a_backup_restored_is_as_its_record_says(store: Path, tmp_path: Path) -> None:
    file, place = tmp_path / "b.tar", tmp_path / "again"
    backup.backup(store, file)
    backup.restore(place, file)
    assert differences(place) == []
    assert faults(place) == []
    run(place, "update accounts set role = 'admin' where name = '何填报'")
    assert [one.name for one in differences(place)] == ["何填报"]


def test_the_record_says_in_words_what_was_done(store: Path) -> None:
    accounts = Accounts(store)
    accounts.create("13812345678", Role.VIEWER, "覃主任")
    accounts.reset("何填报", "覃主任")
    said = [subject(look.act) for look in AuditLog(store).all() if look.kind == "account"]
    assert said[0] == "从这里起逐次核对账号，原有 0 个"
    assert "新建账号 何填报（台账填报人、专班人员、社会事务局、3栋）" in said
    assert said[-2].startswith("新建账号 ×")
    assert said[-1] == "重置密码 何填报"
    assert subject(act_of("account", "create 王 leader")) == "新建账号 王（管委领导）"
