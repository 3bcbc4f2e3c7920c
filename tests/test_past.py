"""The board as it was known at an earlier load: same link, same figures, nobody else disturbed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from board.access import Role
from board.accounts import HEADER, Accounts, Sessions
from board.accounts.register import digest
from board.journal import HIDINGS, Journal
from board.publish import as_known, publish
from board.storage import CURRENT
from tests.support.answers import present
from tests.support.rows import Row
from tests.support.stores import batch

APP = str(Path(__file__).resolve().parent.parent / "app.py")
FIRST, SECOND = "2024-04-05T00:00:00", "2024-05-05T00:00:00"


def meeting(number: int, settled: int) -> Row:
    return {
        "meeting_id": f"H{number}",
        "kind": "季度工作会议",
        "held_on": date(2024, 3, 20),
        "rank": "管委领导",
        "issues_raised": 4,
        "issues_settled": settled,
    }


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose only meeting was corrected a month later."""
    batch(tmp_path, FIRST, meetings=[meeting(1, settled=1)])
    batch(tmp_path, SECOND, meetings=[meeting(1, settled=3)])
    publish(tmp_path)
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    return tmp_path


def test_the_past_knows_nothing_of_a_later_correction(corrected: Path) -> None:
    before = as_known(corrected, FIRST)
    assert before.known_at == FIRST
    assert before.events == 1


def test_looking_back_leaves_what_others_see_alone(corrected: Path) -> None:
    current = (corrected / CURRENT).read_bytes()
    as_known(corrected, FIRST)
    assert (corrected / CURRENT).read_bytes() == current


def test_the_same_moment_is_built_once(corrected: Path) -> None:
    assert as_known(corrected, FIRST).name == as_known(corrected, FIRST).name
    assert len(list((corrected / "past" / "snapshots").iterdir())) == 1


def test_no_persons_file_is_kept_of_the_past(corrected: Path) -> None:
    as_known(corrected, FIRST)
    assert not list((corrected / "past").rglob("*persons*"))


def test_only_the_newest_few_are_kept(tmp_path: Path) -> None:
    moments = [f"2024-{month:02}-05T00:00:00" for month in range(1, 8)]
    for number, moment in enumerate(moments):
        batch(tmp_path, moment, meetings=[meeting(number, settled=1)])
    for moment in moments:
        as_known(tmp_path, moment)
    assert len(list((tmp_path / "past" / "snapshots").iterdir())) == 6


def board(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def test_a_link_to_the_past_says_so_and_has_a_way_back(corrected: Path) -> None:
    at = board(at=FIRST)
    assert len(at.warning) == 1
    at.button[0].click().run()
    assert not at.warning
    assert "at" not in at.query_params


def test_a_link_to_a_moment_without_a_load_shows_the_present(corrected: Path) -> None:
    at = board(at="1999-01-01T00:00:00")
    assert len(at.info) == 1
    assert not at.warning
    assert "at" not in at.query_params


def test_who_may_not_see_few_sees_one_edition_alone(
    corrected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one edition hides another shows."""
    monkeypatch.setenv("BOARD_ROLE", "viewer")
    at = board(at=FIRST)
    assert len(at.info) == 1
    assert not at.warning
    assert "at" not in at.query_params


def test_a_shared_screen_shows_one_edition_alone(
    corrected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    assert "at" in board(at=FIRST).query_params
    assert "at" not in board(at=FIRST, present="1").query_params


@pytest.mark.parametrize("places", [(), ("3栋",)])
def test_who_sees_few_in_some_places_alone_sees_one_edition_alone(
    places: tuple[str, ...], corrected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the other places it sees what a viewer sees."""
    accounts = Accounts(corrected)
    accounts.enter(accounts.first_token(), "a long enough sentence", "first")
    accounts.create("韦网格", Role.LEADER, "first", places=places)
    account = present(accounts.account("韦网格"))
    monkeypatch.setattr(
        ContextProxy, "headers", {HEADER: digest(Sessions(corrected).open(account))}
    )
    at = board(at=FIRST)
    assert not at.exception
    assert ("at" in at.query_params) is not bool(places)


def test_what_a_later_edition_hides_is_hidden_in_one_that_was_looked_at_before(
    corrected: Path,
) -> None:
    before = as_known(corrected, FIRST)
    Journal(corrected).append(HIDINGS, {"edition": 2, "stays": []})
    after = as_known(corrected, FIRST)
    assert after.events == before.events
    assert after.name != before.name


def test_what_waits_to_be_published_is_said_on_the_page(corrected: Path) -> None:
    batch(corrected, "2024-06-05T00:00:00", meetings=[meeting(2, settled=1)])
    assert len(board().warning) == 1
