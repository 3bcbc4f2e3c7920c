"""A full disk takes no page away that records nothing, and one that must record says so in words."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from board.access import Reader, Role
from board.accounts import Accounts, OpenPage, Sessions
from board.accounts import sessions as kept_sessions
from board.journal import acts
from board.publish import rows_in_force
from board.sections import sections
from board.serve import signin
from board.serve.auth_state import AuthState
from board.serve.gate import Gate
from board.ui import recheck
from tests.support.settlement import copied

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

APP = str(Path(__file__).resolve().parent.parent / "app.py")
HOME = "http://127.0.0.1:8501"
ADMIN = {"accounts", "looks", "plans"}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store on a disk of its own that is full to the last byte, with accounts."""
    place = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    root = copied(place)
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", "admin")
    accounts.create("leader", Role.LEADER, "admin")
    Sessions(root).open_for("leader", Role.LEADER, "", (), "oidc")
    with suppress(OSError), (place / "ballast").open("wb") as ballast:
        while True:
            ballast.write(b"x" * 4096)
            ballast.flush()
    assert shutil.disk_usage(place).free == 0
    yield root
    subprocess.run(["umount", "-l", str(place)], check=True)


def opened(key: str, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    if key != sections()[0].key:
        at.switch_page(f"pages/{key}.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


@pytest.mark.parametrize("key", [section.key for section in sections()])
def test_no_page_that_records_nothing_is_taken_away(
    key: str,
    full: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(full))
    monkeypatch.setenv("BOARD_ROLE", "admin" if key in ADMIN else "leader")
    at = opened(key)
    assert not at.exception
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert at.title[0].value


def test_a_card_that_must_be_recorded_says_so_and_shows_nothing(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(full))
    monkeypatch.setenv("BOARD_ROLE", "leader")
    code = rows_in_force(full, "households")["household_id"][0]
    at = opened("household", household=code)
    assert not at.exception
    assert any("磁盘" in one.value for one in at.error)
    assert [one for one in at.header if one.value] == []


def test_a_download_that_must_be_recorded_is_not_given_and_its_page_says_why(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(full))
    monkeypatch.setenv("BOARD_ROLE", "leader")
    who, given = Reader(role=Role.LEADER), OpenPage(asked=Reader(role=Role.LEADER))
    look = acts.Look("H1")
    with pytest.raises(recheck.NotMadeError):
        recheck.recorded_file(given, who, "", "zh", lambda: b"a file", look)
    at = AppTest.from_file(APP, default_timeout=60)
    at.session_state[recheck.OPEN_PAGE] = given
    at.run()
    assert any("没有给出文件：磁盘" in one.value for one in at.error)
    assert not any("没有给出文件" in one.value for one in at.run().error)


async def page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


def test_the_gate_lets_a_session_pass_though_its_last_use_cannot_be_noted(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(full))
    monkeypatch.setattr(kept_sessions, "TOUCH", timedelta(seconds=-1))
    auth = AuthState()
    app = Starlette(
        routes=[*signin.routes(auth), Route("/{path:path}", page)],
        middleware=[Middleware(Gate, auth=auth)],
    )
    web = TestClient(app, HOME, follow_redirects=False, client=("127.0.0.1", 50000))
    (session,) = Sessions(full).all()
    assert Sessions(full).session(session.hash)
    answer = web.post("/signin", data={"name": "admin", "password": "x"}, headers={"origin": HOME})
    assert answer.status_code == 403
    assert "磁盘" in answer.text
