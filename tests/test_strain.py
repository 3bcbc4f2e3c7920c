"""Nobody's strain on everybody: uploads, sockets, frames and half requests are bounded at the gate."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from board.access import Reader, Role
from board.accounts import (
    HEADER,
    PAGE_HEADER,
    Accounts,
    OpenPage,
    Sessions,
    register_page,
    signed_in,
)
from board.plan_names import keepers
from board.serve import idle
from board.serve.auth_state import AuthState
from board.serve.bounds import FRAMES, HELD, HELD_IN_ALL, MEBI, SOCKETS, Pace, Uploads
from board.serve.gate import Gate

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

HOME = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
PAGE = "6f1c2a34-1111-4222-8333-abcdefabcdef"
FILE = "/_stcore/upload_file/%s/00000000-0000-4000-8000-0000000000%02d"
ROLES = {
    Role.VIEWER: "", Role.LEADER: "", Role.TASK_FORCE: "", Role.KEEPER: "组织人社局",
    Role.DEPARTMENT: "组织人社局",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", "admin")
    for role, department in ROLES.items():
        accounts.create(role, role, "admin", department)
    return root


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "store"
    shutil.copytree(made, root)
    monkeypatch.setenv("BOARD_STORE", str(root))
    return root


_open: list[OpenPage] = []


async def stream(line: WebSocket) -> None:
    """Answers a frame as Streamlit would: with upload addresses where they are asked for."""
    await line.accept("streamlit")
    root = Path(os.environ["BOARD_STORE"])
    hashed = line.headers.get(HEADER, "")
    who = signed_in(root, hashed, False) if hashed else Reader()
    who = replace(who, keepers=keepers(root))
    _open.append(OpenPage(who, who))
    register_page(line.headers[PAGE_HEADER], _open[-1])
    with suppress(WebSocketDisconnect):
        while True:
            asked = BackMsg.FromString(await line.receive_bytes())
            kind = asked.WhichOneof("type")
            address = FILE % (PAGE, len(asked.file_urls_request.file_names))
            told = address if kind == "file_urls_request" else kind
            await line.send_bytes(f"{told} {PAGE}".encode())


async def taken(request: Request) -> PlainTextResponse:
    """Takes an upload as Streamlit does, and keeps its size only."""
    return PlainTextResponse(str(len(await request.body())))


def doors(auth: AuthState, proxy: bool = False) -> Starlette:
    """The gate before an app of two routes."""
    routes = [
        WebSocketRoute("/_stcore/stream", stream),
        Route("/{path:path}", taken, methods=["GET", "PUT", "POST"]),
    ]
    hosts = ("board.example.cn",) if proxy else ()
    return Starlette(
        routes=routes, middleware=[Middleware(Gate, auth=auth, hosts=hosts, proxy=proxy)]
    )


def signed(store: Path, app: Starlette, name: str) -> TestClient:
    """The browser of somebody who has signed in."""
    web = TestClient(app, HOME, follow_redirects=False, client=("127.0.0.1", 50000))
    account = Accounts(store).account(name)
    assert account
    web.cookies.set("board", Sessions(store).open(account))
    return web


def asking(files: int = 1) -> bytes:
    message = BackMsg()
    message.file_urls_request.file_names.extend(["a.xlsx"] * files)
    sent: bytes = message.SerializeToString()
    return sent


def rerunning() -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = ""
    sent: bytes = message.SerializeToString()
    return sent


@pytest.mark.parametrize("name", [*ROLES, "admin"])
def test_who_may_not_load_is_told_no_upload_address_and_uploads_nothing(
    name: str, store: Path
) -> None:
    web = signed(store, doors(AuthState()), name)
    loads = name in (Role.KEEPER, Role.TASK_FORCE, "admin")
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(asking())
        line.send_bytes(rerunning())
        first = line.receive_bytes().decode()
        assert first.startswith("/_stcore/upload_file/" if loads else "rerun_script")
    assert web.put(FILE % (PAGE, 1), content=b"x" * 10).status_code == (200 if loads else 404)


def test_a_keeper_who_shares_the_screen_uploads_nothing(store: Path) -> None:
    web = signed(store, doors(AuthState()), Role.KEEPER)
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(rerunning())
        line.receive_bytes()
        _open[-1].made_for = replace(_open[-1].asked, presenting=True)
        _open[-1].asked = replace(_open[-1].asked, presenting=True)
        line.send_bytes(asking())
        line.send_bytes(rerunning())
        assert line.receive_bytes().startswith(b"rerun_script")


def told(web: TestClient) -> None:
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(asking())
        line.receive_bytes()


def test_uploads_are_bounded_for_a_session_and_for_all_and_freed_with_the_session(
    store: Path,
) -> None:
    held: dict[str, int] = {}

    def free(page: str) -> None:
        held.pop(page, None)

    uploads = Uploads(held=lambda: held, free=free)
    web = signed(store, doors(AuthState(uploads=uploads)), Role.KEEPER)
    told(web)
    assert web.put(FILE % (PAGE, 1), content=b"x" * MEBI).status_code == 200
    held[PAGE] = HELD - MEBI
    assert web.put(FILE % (PAGE, 1), content=b"x" * MEBI).status_code == 200
    assert web.put(FILE % (PAGE, 1), content=b"x" * (MEBI + 1)).status_code == 413
    other = {f"page {number}": HELD for number in range(4)}
    held |= other
    assert web.put(FILE % (PAGE, 1), content=b"x" * MEBI).status_code == 200
    held["one more"] = 1
    assert sum(held.values()) + MEBI > HELD_IN_ALL
    assert web.put(FILE % (PAGE, 1), content=b"x" * MEBI).status_code == 413
    # Whoever has gone holds nothing any more.
    uploads.owners["page 0"] = "a session that has ended"
    assert web.put(FILE % (PAGE, 1), content=b"x" * MEBI).status_code == 200
    assert "page 0" not in held
    Sessions(store).revoke(Sessions(store).all()[0].hash)
    again = signed(store, web.app, Role.KEEPER)  # type: ignore[arg-type]
    told(again)
    again.put(FILE % (PAGE, 1), content=b"x")
    assert PAGE not in held


def test_an_upload_says_how_long_it_is(store: Path) -> None:
    web = signed(store, doors(AuthState()), Role.KEEPER)
    told(web)
    assert web.put(FILE % (PAGE, 1), content=iter([b"x"])).status_code == 411


def test_a_session_has_ten_sockets_and_room_again_when_one_closes(store: Path) -> None:
    app = doors(AuthState())
    web, other = signed(store, app, Role.VIEWER), signed(store, app, Role.LEADER)
    with ExitStack() as lines:
        opened = [
            lines.enter_context(web.websocket_connect(STREAM, subprotocols=["streamlit"]))
            for _ in range(SOCKETS)
        ]
        with pytest.raises(WebSocketDisconnect):
            lines.enter_context(web.websocket_connect(STREAM, subprotocols=["streamlit"]))
        with other.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
            line.send_bytes(rerunning())
            assert line.receive_bytes()
        opened[0].close()
        until = time.monotonic() + 30
        while True:
            try:
                lines.enter_context(web.websocket_connect(STREAM, subprotocols=["streamlit"]))
                break
            except WebSocketDisconnect:
                assert time.monotonic() < until, "the line that was closed is not free again"


def test_frames_come_twenty_a_second_whatever_a_browser_sends() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    passed = 0
    while now[0] <= 10 and passed < 10_000:
        now[0] += pace.delay()
        passed += 1
    assert FRAMES * 10 <= passed <= FRAMES * 11 + 2
    now[0] += 60
    assert [pace.delay() for _ in range(FRAMES)] == [0.0] * FRAMES
    assert pace.delay() > 0


def test_a_session_has_one_pace_for_all_its_sockets(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr("board.serve.watched_socket.asyncio.sleep", counted)
    web = signed(store, doors(AuthState()), Role.VIEWER)
    for _ in range(2):
        with ExitStack() as lines:
            pair = [
                lines.enter_context(web.websocket_connect(STREAM, subprotocols=["streamlit"]))
                for _ in range(2)
            ]
            for line in pair * FRAMES:
                line.send_bytes(rerunning())
                line.receive_bytes()
    assert max(waited) > 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1/a", "localhost/..", "localhost?x", "localhost#x", "user@localhost", "localhost:",
        "localhost:8501/x", "localhost, evil.example", "", "localhost:85011111", "[::1]/a", " localhost",
    ],
)  # fmt: skip
def test_a_host_with_more_than_a_name_and_a_port_is_refused(host: str, store: Path) -> None:
    web = TestClient(doors(AuthState()), HOME, follow_redirects=False, client=("127.0.0.1", 50000))
    assert web.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("proxy", "peer", "proto", "strict"),
    [
        (True, "127.0.0.1", "https", True), (True, "127.0.0.1", "http", False),
        (True, "127.0.0.1", "https, http", False), (True, "10.0.0.9", "https", False),
        (False, "127.0.0.1", "https", False), (True, "127.0.0.1", "", False),
    ],
)  # fmt: skip
def test_a_browser_is_held_to_tls_where_the_proxy_tells_of_it(
    proxy: bool, peer: str, proto: str, strict: bool, store: Path
) -> None:
    web = TestClient(doors(AuthState(), proxy), HOME, follow_redirects=False, client=(peer, 50000))
    answer = web.get("/", headers={"x-forwarded-proto": proto} if proto else {})
    assert ("strict-transport-security" in answer.headers) == strict


@contextmanager
def serving(patience: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server of the board's protocol, which waits for so many seconds."""
    monkeypatch.setattr(idle, "PATIENCE", patience)
    app = Starlette(routes=[Route("/{path:path}", taken, methods=["GET", "PUT"])])
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=idle.Impatient, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize(
    "half",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
     b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT"],
    ids=["nothing", "line", "headers", "body", "second"],
)  # fmt: skip
def test_half_a_request_ends_the_connection(half: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(0.3, monkeypatch) as address, socket.create_connection(address, 20) as line:
        line.sendall(half)
        line.settimeout(4)  # Less than uvicorn keeps an idle connection.
        with suppress(ConnectionError):
            while line.recv(1000):
                pass


def test_headers_that_drip_end_the_connection_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(0.5, monkeypatch) as address, socket.create_connection(address, 20) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        sent = 0
        with suppress(ConnectionError):
            while sent < 50:
                line.sendall(b"x: y\r\n")
                sent += 1
                time.sleep(0.1)
        assert sent < 50


def test_a_body_that_comes_slowly_but_comes_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(0.5, monkeypatch) as address, socket.create_connection(address, 20) as line:
        line.sendall(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n")
        for _ in range(6):
            time.sleep(0.2)
            line.sendall(b"x")
        assert b"200 OK" in line.recv(1000)
