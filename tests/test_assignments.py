"""Several roles an account: its owner chooses one, for one session, at once, on record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from board.__main__ import main
from board.access import Action, Reader, Role
from board.accounts import (
    HEADER,
    Account,
    Accounts,
    Assignment,
    OpenPage,
    Sessions,
    differences,
)
from board.export import looks_table
from board.journal import AuditLog, acts
from board.storage import JOURNAL, RefusedError
from board.ui import recheck
from board.ui.forms.accounts import backup_bytes
from tests.support.answers import present

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

APP = str(Path(__file__).resolve().parent.parent / "app.py")
PASSWORD = "a long enough sentence"
KEEPER, FORCE = Assignment(Role.KEEPER, "社会事务局"), Assignment(Role.TASK_FORCE)


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """An administrator, and 何: a keeper of 社会事务局 that is of the task force, too."""
    made = Accounts(tmp_path)
    made.enter(made.first_token(), PASSWORD, "覃主任")
    made.enter(made.create("何", [Role.KEEPER, Role.TASK_FORCE], "覃主任", "社会事务局"), PASSWORD)
    return made


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path)


def opened(sessions: Sessions, account: Account) -> str:
    """The hash of a new session."""
    found = sessions.of_token(sessions.open(account))
    assert found
    return found.hash


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.code


def test_a_session_begins_with_the_first_role_and_knows_the_others(
    accounts: Accounts, sessions: Sessions
) -> None:
    session = present(sessions.session(opened(sessions, present(accounts.account("何")))))
    assert session.chosen == KEEPER
    assert session.assignments == (KEEPER, FORCE)
    assert (session.role, session.reader.department) == (Role.KEEPER, "社会事务局")


def test_another_role_holds_at_once_for_the_session_that_chose_it(
    accounts: Accounts, sessions: Sessions
) -> None:
    here, there = (opened(sessions, present(accounts.account("何"))) for _ in range(2))
    sessions.choose(here, FORCE)
    reader = present(sessions.session(here)).reader
    assert (reader.name, reader.role, reader.department) == ("何", Role.TASK_FORCE, "")
    assert present(sessions.session(there)).role is Role.KEEPER
    assert {session.hash: session.role for session in sessions.all()} == {
        here: Role.TASK_FORCE, there: Role.KEEPER,
    }  # fmt: skip


def test_a_choice_is_on_record_with_the_role_left_and_the_role_taken(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    here = opened(sessions, present(accounts.account("何")))
    told_before = len(AuditLog(tmp_path).all())
    sessions.choose(here, KEEPER)  # It holds already.
    assert len(AuditLog(tmp_path).all()) == told_before
    sessions.choose(here, FORCE)
    sessions.choose(here, KEEPER)
    there, back = AuditLog(tmp_path).all()[-2:]
    assert (there.who, there.role, there.kind, there.phrase) == (
        "何",
        "keeper",
        "role",
        "task_force",
    )
    assert (back.role, back.phrase) == ("task_force", "keeper 社会事务局")
    said = looks_table([there]).frame.row(0)
    assert said[4:6] == ("换身份", "专班人员")


def test_a_role_of_somebody_else_can_not_be_chosen(accounts: Accounts, sessions: Sessions) -> None:
    here = opened(sessions, present(accounts.account("何")))
    for other in (Assignment(Role.ADMIN), Assignment(Role.KEEPER, "组织人社局"),
                  Assignment(Role.TASK_FORCE, "", ("3栋",))):  # fmt: skip
        assert refused(partial(sessions.choose, here, other)) == "not_your_role"
    sessions.revoke(here)
    assert refused(lambda: sessions.choose(here, FORCE)) == "not_your_role"


def test_a_role_taken_away_while_it_is_chosen_ends_at_the_next_look(
    accounts: Accounts, sessions: Sessions
) -> None:
    here = opened(sessions, present(accounts.account("何")))
    sessions.choose(here, FORCE)
    accounts.change("何", "覃主任", [Role.LEADER, Role.KEEPER], "社会事务局")
    assert present(sessions.session(here)).role is Role.LEADER
    assert refused(lambda: sessions.choose(here, FORCE)) == "not_your_role"
    accounts.change("何", "覃主任", Role.VIEWER)
    assert present(sessions.session(here)).assignments == (Assignment(Role.VIEWER),)


def test_a_department_counts_for_the_roles_that_are_bound_to_one(
    accounts: Accounts, sessions: Sessions
) -> None:
    accounts.change("何", "覃主任", [Role.ADMIN, Role.DEPARTMENT], "社会事务局", ["3栋"])
    assert present(accounts.account("何")).assignments == (
        Assignment(Role.ADMIN, "", ("3栋",)), Assignment(Role.DEPARTMENT, "社会事务局", ("3栋",)),
    )  # fmt: skip


def test_a_role_is_given_once_and_one_at_least(accounts: Accounts) -> None:
    accounts.change("何", "覃主任", [Role.VIEWER, Role.VIEWER])
    assert present(accounts.account("何")).roles == (Role.VIEWER,)
    assert refused(lambda: accounts.change("何", "覃主任", [])) == "no_role"
    assert refused(lambda: accounts.create("甲", [], "覃主任")) == "no_role"
    several = [Role.LEADER, Role.DEPARTMENT]
    assert refused(lambda: accounts.create("甲", several, "覃主任")) == "bad_department"


def test_the_last_administrator_stays_one_whatever_else_it_is(accounts: Accounts) -> None:
    accounts.change("覃主任", "覃主任", [Role.LEADER, Role.ADMIN])
    assert present(accounts.account("覃主任")).role is Role.LEADER
    assert refused(lambda: accounts.change("覃主任", "覃主任", Role.LEADER)) == "last_admin"
    assert refused(lambda: accounts.enable("覃主任", "覃主任", False)) == "last_admin"
    accounts.change("何", "覃主任", [Role.KEEPER, Role.ADMIN], "社会事务局")
    accounts.change("覃主任", "何", Role.LEADER)
    assert refused(lambda: accounts.enable("何", "何", False)) == "last_admin"


def test_who_came_by_a_provider_chooses_among_what_the_groups_give(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    two = Assignment(Role.KEEPER, "组织人社局")
    token = sessions.open_for("王科长", Role.KEEPER, "社会事务局", (), "county", [two, FORCE])
    session = present(sessions.of_token(token))
    assert session.assignments == (KEEPER, two, FORCE)
    sessions.choose(session.hash, two)
    assert present(sessions.of_token(token)).reader.department == "组织人社局"
    sessions.choose(session.hash, FORCE)
    reader = present(sessions.of_token(token)).reader
    assert (reader.name, reader.role, reader.department) == ("王科长", Role.TASK_FORCE, "")
    assert refused(lambda: sessions.choose(session.hash, Assignment(Role.ADMIN))) == "not_your_role"
    assert present(sessions.of_token(token)).assignments == (KEEPER, two, FORCE)


def test_what_a_session_may_choose_goes_with_it(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    sessions.open_for("王科长", Role.KEEPER, "社会事务局", (), "county", [FORCE])
    with sqlite3.connect(tmp_path / JOURNAL) as register:
        register.execute("update sessions set opened_at = '2020-01-01T00:00:00'")
    opened(sessions, present(accounts.account("何")))
    with sqlite3.connect(tmp_path / JOURNAL) as register:
        assert register.execute("select count(*) from assignments").fetchone() == (0,)


def test_who_has_what_is_no_role_has_the_least(
    accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    here = opened(sessions, present(accounts.account("何")))
    with sqlite3.connect(tmp_path / JOURNAL) as register:
        register.execute("update accounts set role = 'owner' where name = '何'")
    assert present(sessions.session(here)).role is Role.VIEWER
    assert [one.name for one in differences(tmp_path)] == ["何"]


@pytest.fixture
def browser(
    accounts: Accounts, sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """A browser with a session of an account: the hash that the gate tells the board."""
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))

    def use(name: str) -> str:
        hashed = opened(sessions, present(accounts.account(name)))
        monkeypatch.setattr(type(st.context), "headers", property(lambda _: {HEADER: hashed}))
        return hashed

    return use


def beside() -> None:
    """What stands behind the reader's role alone: AppTest draws the frame of a page only once."""
    from board.ui import address, identity
    from board.ui.reader import reader

    address.begin()
    identity.offer(reader())


def role_named(at: AppTest) -> str:
    """The role that stands in the bar."""
    (button,) = at.get("popover")
    return str(cast("Any", button).proto.popover.label)


def page(key: str) -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{key}.py").run()


def test_the_bar_lets_its_reader_choose(
    browser: Callable[[str], str], accounts: Accounts, sessions: Sessions, tmp_path: Path
) -> None:
    accounts.change("何", "覃主任", [Role.LEADER, Role.TASK_FORCE], places=["3栋"])
    hashed = browser("何")
    at = AppTest.from_function(beside).run()
    radio = at.radio(key="role_chosen")
    assert (radio.options, radio.value) == (["管委领导 · 3栋", "专班人员 · 3栋"], "管委领导 · 3栋")
    radio.set_value("专班人员 · 3栋")
    at.run()
    assert not at.exception
    assert present(sessions.session(hashed)).chosen == Assignment(Role.TASK_FORCE, "", ("3栋",))
    said = [text.value for text in at.markdown]
    assert role_named(at) == "身份：专班人员"
    assert "**何**" in said
    last = AuditLog(tmp_path).all()[-1]
    assert (last.kind, last.phrase) == ("role", "task_force 3栋")


def test_a_role_taken_away_between_two_clicks_is_not_taken(
    browser: Callable[[str], str], accounts: Accounts, sessions: Sessions
) -> None:
    accounts.change("何", "覃主任", [Role.LEADER, Role.TASK_FORCE])
    hashed = browser("何")
    at = AppTest.from_function(beside).run()
    accounts.change("何", "覃主任", [Role.LEADER, Role.VIEWER])
    at.radio(key="role_chosen").set_value("专班人员")
    at.run()
    assert not at.exception
    assert present(sessions.session(hashed)).chosen == Assignment(Role.LEADER)
    assert at.radio(key="role_chosen").options == ["管委领导", "一般用户"]


def test_who_has_one_role_has_no_choice(browser: Callable[[str], str]) -> None:
    browser("覃主任")
    at = AppTest.from_function(beside).run()
    assert role_named(at) == "身份：管理员"
    assert not at.radio


def test_the_page_gives_several_roles_and_shows_them(
    browser: Callable[[str], str], accounts: Accounts
) -> None:
    browser("覃主任")
    at = page("accounts")
    at.selectbox(key="account.which").select("何")
    at.run()
    at.multiselect(key="roles of 何").set_value([Role.LEADER, Role.ADMIN])
    at.run()
    next(button for button in at.button if button.label == "保存").click()
    at.run()
    assert not at.exception
    assert present(accounts.account("何")).roles == (Role.LEADER, Role.ADMIN)
    assert "管委领导、管理员" in str(at.dataframe[0].value.to_dict())
    at.multiselect(key="roles of 何").set_value([])
    at.run()
    assert next(button for button in at.button if button.label == "保存").disabled


def test_a_backup_asked_for_in_a_role_that_was_left_is_not_given(
    accounts: Accounts, sessions: Sessions, browser: Callable[[str], str]
) -> None:
    accounts.change("何", "覃主任", [Role.ADMIN, Role.VIEWER])
    hashed = browser("何")
    who = present(sessions.session(hashed)).reader
    assert given(who)
    sessions.choose(hashed, Assignment(Role.VIEWER))
    assert not given(who)
    sessions.choose(hashed, Assignment(Role.ADMIN))
    sessions.revoke(hashed)
    assert not given(who)


def given(who: Reader) -> bool:
    """Whether a button drawn for the reader gives the backup."""
    seat = OpenPage(made_for=who, asked=who)
    with suppress(recheck.NotMadeError):
        record = acts.Backup()
        return bool(recheck.recorded_file(seat, who, "", "zh", backup_bytes, record, Action.BACKUP))
    return False


def board(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str]:
    code = main([*arguments, "--store", str(root)])
    return code, capsys.readouterr().out


def test_the_command_line_gives_several_roles_and_lists_them(
    accounts: Accounts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add = ["accounts", "add", "韦 网格", "--role", "leader", "--role", "keeper"]
    assert board(capsys, tmp_path, *add, "--department", "社会事务局")[0] == 0
    code, said = board(capsys, tmp_path, "accounts", "list", "--format", "json")
    assert code == 0
    found = {one["name"]: one for one in json.loads(said)}
    assert found["韦 网格"]["role"] == "leader"
    assert found["韦 网格"]["roles"] == ["leader", "keeper"]
    assert found["覃主任"]["role"] == "admin"
    assert set(found["覃主任"]) == {
        "name", "role", "roles", "department", "places", "enabled", "ready", "created_at",
    }  # fmt: skip
    change = ["accounts", "change", "韦 网格", "--role", "viewer"]
    assert board(capsys, tmp_path, *change)[0] == 0
    assert present(accounts.account("韦 网格")).roles == (Role.VIEWER,)
    last = AuditLog(tmp_path).all()[-1]
    assert last.role == "terminal"
    assert isinstance(last.act, acts.AccountState)
    assert last.act.name == "韦 网格"
    assert "leader、keeper" not in board(capsys, tmp_path, "accounts", "list")[1]
