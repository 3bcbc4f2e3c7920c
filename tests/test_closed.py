"""Closed before the first account: this machine alone, asked by itself, and only the first batch."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.testing.v1 import AppTest

from board.access import Action, Reader, Role, may
from board.accounts import Accounts
from board.ledgers import ledgers
from board.plan_names import shipped_by_table
from board.publish import withdraw
from board.serve.__main__ import main
from board.serve.auth_state import AuthState
from board.serve.gate import Gate
from tests.support.stores import of_ledgers
from tests.test_desk import APP, MEETING, PAGE, desk, pressed, uploaded, workbook

PROJECT = Path(__file__).resolve().parent.parent
FORWARDED = {
    "forwarded": "for=10.0.0.5", "x-forwarded-for": "10.0.0.5", "x-forwarded-proto": "https",
    "x-forwarded-host": "board.example.cn", "x-forwarded-server": "x", "X-Forwarded-Port": "443",
    "via": "1.1 proxy", "x-real-ip": "10.0.0.5", "cf-connecting-ip": "10.0.0.5",
}  # fmt: skip
PATHS = ("/", "/signin/new", "/signin", "/_stcore/health", "/media/x", "/employment")


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands where Streamlit stands and says that it was reached."""
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).accept()
    else:
        await PlainTextResponse("streamlit")(scope, receive, send)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("BOARD_ROLE")
    return tmp_path / "store"


def asked(
    path: str,
    peer: str = "127.0.0.1",
    hosts: tuple[str, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> int:
    """With what status the gate answers one request."""

    async def once() -> int:
        gate = Gate(behind, auth=AuthState(), hosts=hosts)
        transport = httpx.ASGITransport(app=gate, client=(peer, 50000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as web:
            return (await web.get(path, headers=headers)).status_code

    return anyio.run(once)


@pytest.mark.parametrize("path", PATHS)
def test_what_this_machine_asks_itself_is_answered(store: Path, path: str) -> None:
    # Of files those alone are answered that a page of the reader's own was told of.
    expected = 404 if path.startswith(("/media/", "/_stcore/upload_file")) else 200
    assert asked(path) == expected
    assert asked(path, peer="::1") == expected


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("path", PATHS)
def test_without_accounts_nothing_that_was_handed_on_is_answered(
    store: Path, path: str, header: str
) -> None:
    assert asked(path, headers={header: FORWARDED[header]}) == 403


@pytest.mark.parametrize("path", PATHS)
def test_without_accounts_no_other_machine_is_answered(store: Path, path: str) -> None:
    assert asked(path, peer="10.0.0.5") == 403
    assert asked(path, hosts=("board.example.cn",)) == 403
    assert asked(path, headers={"host": "board.example.cn"}) == 421


def test_without_accounts_no_websocket_that_was_handed_on_opens(store: Path) -> None:
    web = TestClient(Gate(behind, auth=AuthState()), client=("127.0.0.1", 50000))
    stream = "ws://127.0.0.1:8501/_stcore/stream"
    with web.websocket_connect(stream):
        pass
    with (
        pytest.raises(WebSocketDisconnect),
        web.websocket_connect(stream, headers={"x-forwarded-for": "10.0.0.5"}),
    ):
        pass


def test_with_an_account_a_proxy_may_ask_again(store: Path) -> None:
    accounts = Accounts(store)
    accounts.enter(accounts.first_token(), "a long enough sentence", "admin")
    handed_on = {"x-forwarded-for": "10.0.0.5"}
    assert asked("/signin", hosts=("board.example.cn",), headers=handed_on) == 200
    assert asked("/", headers=handed_on) == 303


@pytest.fixture
def busy() -> Iterator[str]:
    """A port that is taken, so that no board starts there whatever becomes of the guard."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.fixture
def named(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that name a host for a proxy."""
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[board]\nhosts = ["board.example.cn"]\n')
    monkeypatch.setenv("BOARD_SECRETS", str(secrets))
    return store


@pytest.mark.parametrize("more", [[], ["--role", "leader"], ["--sample"], ["--accounts"]])
def test_a_name_for_a_proxy_without_an_account_keeps_the_board_from_starting(
    named: Path, capsys: pytest.CaptureFixture[str], busy: str, more: list[str]
) -> None:
    assert main(["--port", busy, *more]) == 2
    chinese, english = capsys.readouterr().err.strip().splitlines()
    assert "board.example.cn" in chinese
    assert "先去掉 hosts" in chinese
    assert "Take hosts out" in english
    assert not (named / "CURRENT").exists()


def test_a_role_can_not_be_given_once_a_name_for_a_proxy_is_set(
    named: Path, capsys: pytest.CaptureFixture[str], busy: str
) -> None:
    accounts = Accounts(named)
    accounts.enter(accounts.first_token(), "a long enough sentence", "admin")
    assert main(["--port", busy, "--role", "leader"]) == 2
    assert "ROLE" in capsys.readouterr().err


def test_on_an_empty_store_the_reader_loads_the_first_batch_and_no_more(store: Path) -> None:
    at = desk()
    assert at.file_uploader
    at = pressed(uploaded(at, workbook(MEETING)), "入库")
    assert not at.exception
    assert [one.rows for one in of_ledgers(store)] == [{"meetings": 1}]
    assert "这是第一批" in at.success[0].value
    assert not at.file_uploader
    assert not desk().file_uploader
    withdraw(store, 1, "填错了")
    assert not desk().file_uploader, "a batch that was taken out was the first all the same"


def test_on_a_shared_screen_and_for_who_was_given_a_role_nothing_begins(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not desk(present="1").file_uploader
    monkeypatch.setenv("BOARD_ROLE", "viewer")
    assert not desk().file_uploader
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    assert pressed(uploaded(desk(), workbook(MEETING)), "入库").success
    assert desk().file_uploader, "who was given the role goes on"


@pytest.mark.parametrize("role", Role)
def test_only_who_begins_or_keeps_loads_any_ledger(role: Role) -> None:
    for ledger in ledgers():
        assert may(Reader(begins=True), Action.LOAD, ledger.name)
        assert not may(Reader(begins=True, presenting=True), Action.LOAD, ledger.name)
    assert may(Reader(role=role, keepers=shipped_by_table()), Action.LOAD) is (
        role in (Role.KEEPER, Role.TASK_FORCE)
    )


def test_the_invented_settlement_is_left_out_when_asked(tmp_path: Path) -> None:
    def run(**settings: str) -> str:
        done = subprocess.run(
            ["make", "-n", "run"], cwd=PROJECT, env={**os.environ, **settings}, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        return next(line for line in done.stdout.splitlines() if "board.serve" in line)

    assert "--sample" not in run(SAMPLE="0")
    assert "--sample" in run()
    assert "--sample" in run(SAMPLE="1")


def test_the_empty_store_opens_on_every_page_for_who_begins(store: Path) -> None:
    for page in ("overview", "ledgers", "employment"):
        at = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py").run()
        assert not at.exception
    assert PAGE == "pages/ledgers.py"
