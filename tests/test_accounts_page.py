"""The administrator's page: the first token, new accounts, other roles, sessions cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from board.access import Role
from board.accounts import Accounts, Sessions
from board.storage import RefusedError

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

APP = str(Path(__file__).resolve().parent.parent / "app.py")
PASSWORD = "a long enough sentence"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    monkeypatch.setenv("BOARD_ROLE", "admin")
    return tmp_path


@pytest.fixture
def accounts(store: Path) -> Accounts:
    made = Accounts(store)
    made.enter(made.first_token(), PASSWORD, "admin")
    return made


def page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/accounts.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def pressed(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_before_there_is_an_account_the_page_gives_the_first_token(store: Path) -> None:
    at = pressed(page(), "给出第一个管理员的口令")
    token = at.code[0].value
    assert Accounts(store).enter(token, PASSWORD, "admin").role is Role.ADMIN


def test_a_new_account_comes_with_a_token_shown_once(accounts: Accounts) -> None:
    at = page()
    at.text_input(key="account.name").input("韦网格")
    at.multiselect(key="roles new").set_value([Role.TASK_FORCE])
    at = pressed(at.run(), "建立账号")
    token = at.code[0].value
    assert accounts.enter(token, PASSWORD).role is Role.TASK_FORCE
    assert not at.run().code


def test_a_refusal_is_said_in_words(accounts: Accounts) -> None:
    at = page()
    at.text_input(key="account.name").input("admin")
    at = pressed(at.run(), "建立账号")
    assert "已经有账号" in at.error[0].value


def test_the_last_administrator_can_not_be_disabled_here_either(accounts: Accounts) -> None:
    at = pressed(page(), "停用")
    assert "最后一个管理员" in at.error[0].value


def test_a_session_is_cut_off_from_the_page(accounts: Accounts, store: Path) -> None:
    token = Sessions(store).open(accounts.sign_in("admin", PASSWORD))
    pressed(page(), "断开")
    assert Sessions(store).of_token(token) is None


def test_a_locked_account_is_said_to_be_and_let_free(accounts: Accounts) -> None:
    for _ in range(5):
        with pytest.raises(RefusedError):
            accounts.sign_in("admin", "wrong")
    at = page()
    assert "锁到" in str(at.dataframe[0].value.to_dict())
    pressed(at, "解锁")
    assert accounts.sign_in("admin", PASSWORD).name == "admin"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_administrator_sees_an_account(
    role: Role, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", role)
    at = page()
    assert "不对" in at.title[0].value
    assert not at.button
    assert not at.dataframe
