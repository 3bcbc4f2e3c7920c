"""A link reopens exactly what was seen: scope, period and language live in the URL."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import settlement
from tests.support.apptest import Opened

APP = str(Path(__file__).resolve().parent.parent / "app.py")


@pytest.fixture(scope="module")
def root() -> Path:
    return settlement.looked_at()


@pytest.fixture
def board(root: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The overview opened by a link with these parameters."""
    monkeypatch.setenv("BOARD_STORE", str(root))

    def opened(**query: str) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return opened


def address(at: AppTest) -> dict[str, str]:
    given = at.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in given}


def test_a_first_visit_names_what_it_shows_in_the_url(board: Opened) -> None:
    at = board()
    assert address(at) == {"lang": "zh", "scope": "幸福小镇", "period": "2023-Q4"}


def test_a_link_opens_what_it_names(board: Opened) -> None:
    at = board(scope="幸福小镇/3栋", period="2023-09", lang="en")
    assert at.selectbox(key="choose_scope").value == "幸福小镇/3栋"
    assert at.selectbox(key="choose_period").value == "2023-09"
    assert not at.info
    assert at.title[0].value.isascii()


def test_what_a_reader_chooses_goes_into_the_url(board: Opened) -> None:
    at = board()
    at.selectbox(key="choose_scope").set_value("幸福小镇/2栋").run()
    at.selectbox(key="choose_period").set_value("2023-H2").run()
    assert address(at) == {"lang": "zh", "scope": "幸福小镇/2栋", "period": "2023-H2"}


def test_the_other_language_keeps_scope_and_period(board: Opened) -> None:
    at = board(scope="幸福小镇/2栋", period="2023-11")
    at.segmented_control(key="choose_lang").set_value("en").run()
    assert address(at) == {"lang": "en", "scope": "幸福小镇/2栋", "period": "2023-11"}
    assert at.title[0].value.isascii()


def test_another_page_keeps_what_was_chosen(board: Opened) -> None:
    at = board(scope="幸福小镇/2栋", period="2023-11", lang="en")
    at.switch_page("pages/ledgers.py").run()
    assert address(at) == {"lang": "en", "scope": "幸福小镇/2栋", "period": "2023-11"}


def test_a_new_link_in_an_open_session_wins_over_what_was_chosen(board: Opened) -> None:
    at = board(period="2023-11")
    at.query_params["period"] = "2023-10"
    at.run()
    assert at.selectbox(key="choose_period").value == "2023-10"


@pytest.mark.parametrize(
    ("name", "value"), [("scope", "幸福小镇/99栋"), ("period", "1999-Q1"), ("period", "<b>x</b>")]
)
def test_a_link_to_nothing_says_so_and_shows_the_usual(
    board: Opened, name: str, value: str
) -> None:
    at = board(**{name: value})
    assert len(at.info) == 1
    assert address(at) == {"lang": "zh", "scope": "幸福小镇", "period": "2023-Q4"}


def test_an_unknown_language_is_chinese(board: Opened) -> None:
    assert address(board(lang="xx"))["lang"] == "zh"


def test_two_readers_do_not_change_each_others_choice(board: Opened) -> None:
    one, other = board(scope="幸福小镇/2栋"), board()
    one.run()
    assert address(one)["scope"] == "幸福小镇/2栋"
    assert address(other)["scope"] == "幸福小镇"
