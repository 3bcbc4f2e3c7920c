"""A page whose reader changes between two runs, or within one, keeps nothing and does nothing for the old one."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from board.access import Reader, Role
from board.accounts import Accounts, OpenPage, Sessions
from board.accounts.register import digest
from board.journal import AuditLog, acts
from board.ui import recheck, state
from tests.support.settlement import copied

APP = str(Path(__file__).resolve().parent.parent / "app.py")
MARK = "held for another reader"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented town: whoever reads may choose another role."""
    return copied(tmp_path_factory.mktemp("town"))


@pytest.fixture
def page(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The definitions, as the task force reads them."""
    monkeypatch.setenv("BOARD_STORE", str(root))
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/definitions.py").run()
    assert not at.exception
    return at


def become(at: AppTest, change: str) -> None:
    if change == "presenting":
        at.query_params["present"] = "1"
    else:
        at.session_state["shown_as"] = Role(change)


@pytest.mark.parametrize("change", ["viewer", "leader", "presenting"])
def test_a_session_holds_nothing_for_another_reader(change: str, page: AppTest) -> None:
    held = ("visit", "search_text", "checked", "account_told", "anything else")
    for name in held:
        page.session_state[name] = MARK if name != "visit" else ("definitions", {"a": MARK})
    page.run()
    assert MARK in str([page.session_state[name] for name in held])
    become(page, change)
    page.run()
    assert not page.exception
    assert MARK not in str(
        [page.session_state[name] for name in held if name in page.session_state]
    )


@pytest.mark.parametrize("change", ["", "viewer"])
def test_a_callback_does_nothing_for_another_reader(change: str, page: AppTest) -> None:
    page.button(key="present").click()
    if change:
        become(page, change)
    page.run()
    assert not page.exception
    assert ("present" in page.query_params) is not bool(change)


def test_what_is_asked_just_before_an_act_starts_the_page_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script() -> None:
        import streamlit as st

        from board.access import Role
        from board.ui import recheck

        st.text(f"began as {recheck.begin().role}")
        if "shown_as" not in st.session_state:
            st.session_state["shown_as"] = Role.VIEWER
        st.text(f"acted as {recheck.now().role}")

    monkeypatch.setenv("BOARD_STORE", str(root))
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    at = AppTest.from_function(script, default_timeout=60).run()
    assert [text.value for text in at.text] == ["began as viewer", "acted as viewer"]


def test_a_file_is_not_given_when_its_reader_changes_while_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    accounts, who = signed_in(tmp_path)

    def make() -> bytes:
        accounts.change("王", "admin", Role.VIEWER)
        return b"made"

    before = len(AuditLog(tmp_path).all())
    with pytest.raises(recheck.NotMadeError):
        recheck.recorded_file(OpenPage(who, who), who, "", "zh", make, acts.FindingsExport())
    assert [look.kind for look in AuditLog(tmp_path).all()[before:]] == ["account"]


def test_the_record_names_the_role_that_the_reader_has_at_that_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    accounts, who = signed_in(tmp_path)
    accounts.change("王", "admin", Role.LEADER)
    state.on_record(who, acts.Look("H1"))
    assert AuditLog(tmp_path).all()[-1].role == "leader"


def signed_in(root: Path) -> tuple[Accounts, Reader]:
    """The store's accounts, and one of the task force who is signed in."""
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", "admin")
    accounts.create("王", Role.TASK_FORCE, "admin")
    account = accounts.account("王")
    assert account
    hashed = digest(Sessions(root).open(account))
    return accounts, Reader("王", Role.TASK_FORCE, session=hashed)
