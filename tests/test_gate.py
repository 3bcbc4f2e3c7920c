"""The gate once readers sign in: nothing without a session, nothing of another's, nothing after the end."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from board.access import Reader, Role
from board.accounts import (
    HEADER,
    PAGE_HEADER,
    WARMING,
    Accounts,
    OpenPage,
    Sessions,
    register_page,
    signed_in,
)
from board.journal import AuditLog
from board.serve import signin
from board.serve.auth_state import AuthState
from board.serve.gate import Gate
from board.serve.login_request import source
from board.serve.settings import unsafe_options
from tests.support.damages import DAMAGES
from tests.support.rows import household
from tests.support.stores import batch

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly")

PASSWORD = "a long enough sentence"
MEDIA = "/media/" + "0a" * 16
UPLOAD = "/_stcore/upload_file/6f1c2a34-1111-4222-8333-abcdefabcdef/" + "-".join(
    ("00000000", "0000", "4000", "8000", "000000000001")
)
FORM = "application/x-www-form-urlencoded"
HOME = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
PATHS = (
    "/", "/employment", "/household?household=H0001", "/static/js/index.js", "/_stcore/health",
    "/_stcore/metrics", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/abc.xlsx",
    "/component/x/index.html", "/app/static/x", "/favicon.png", "/script-health-check",
)  # fmt: skip


async def told(request: Request) -> JSONResponse:
    """Stands where Streamlit stands: says which headers reached it."""
    return JSONResponse({k: v for k, v in request.headers.items() if k.startswith(("x-", "re"))})


_seats: list[OpenPage] = []  # As long as a page can be taken up again, its state is held.


async def stream(socket: WebSocket) -> None:
    """Answers each frame with the private addresses of a page, as Streamlit would."""
    await socket.accept("streamlit")
    # As every page does: whom it is made for can be found by the name the gate gave it.
    hashed = socket.headers.get(HEADER, "")
    who = signed_in(Path(os.environ["BOARD_STORE"]), hashed, False) if hashed else Reader()
    _seats.append(OpenPage(who, who))
    register_page(socket.headers[PAGE_HEADER], _seats[-1])
    page = b"6f1c2a34-1111-4222-8333-abcdefabcdef"
    with suppress(WebSocketDisconnect):
        while True:
            asked = await socket.receive_bytes()
            # What follows an address in a frame may be a letter of it as well.
            await socket.send_bytes(b"\x0a" + asked + b".xlsxJ\x12" + page)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an administrator and a leader: making a password's hash takes its time."""
    root = tmp_path_factory.mktemp("made")
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), PASSWORD, "admin")
    accounts.enter(accounts.create("leader", Role.LEADER, "admin"), PASSWORD)
    return root


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "store"
    shutil.copytree(made, root)
    monkeypatch.setenv("BOARD_STORE", str(root))
    return root


def reader(store: Path) -> TestClient:
    """A browser of its own before one and the same gate."""
    doors = gate_of(store)
    return TestClient(doors, HOME, follow_redirects=False, client=("127.0.0.1", 50000))


_gates: dict[Path, Starlette] = {}


def gate_of(store: Path) -> Starlette:
    if store not in _gates:
        doors = AuthState()
        every = [Route("/{path:path}", told, methods=["GET", "POST", "PUT"])]
        routes = [*signin.routes(doors), WebSocketRoute("/_stcore/stream", stream), *every]
        _gates[store] = Starlette(routes=routes, middleware=[Middleware(Gate, auth=doors)])
    return _gates[store]


def be_in(web: TestClient, name: str = "leader") -> None:
    """Signed in already, without the half second that a password takes."""
    root = Path(os.environ["BOARD_STORE"])
    account = Accounts(root).account(name)
    assert account
    web.cookies.set("board", Sessions(root).open(account))


def come_in(
    web: TestClient, name: str = "leader", password: str = PASSWORD, **query: str
) -> Response:
    form = {"name": name, "password": password}
    return web.post("/signin", data=form, headers={"origin": HOME}, params=query)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_answered_without_a_session(store: Path, path: str) -> None:
    answer = reader(store).get(path)
    assert answer.status_code in (303, 401)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/signin?next=%2F")


def test_no_websocket_opens_without_a_session(store: Path) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        reader(store).websocket_connect(STREAM, subprotocols=["streamlit"]),
    ):
        pass
    assert closed.value.code == 1008


def test_who_signs_in_comes_to_the_page_asked_for(store: Path) -> None:
    answer = come_in(reader(store), next="/assets?scope=3")
    assert (answer.status_code, answer.headers["location"]) == (303, "/assets?scope=3")
    came = AuditLog(store).all()[-1]
    assert (came.who, came.kind, came.phrase) == ("leader", "sign_in", "local")


@pytest.mark.parametrize("path", [
    "https://else.where/", "//else.where", "/\\else.where", "javascript:alert(1)", "/signin/out", "http://[",
])  # fmt: skip
def test_signing_in_leads_to_no_other_host(store: Path, path: str) -> None:
    assert come_in(reader(store), next=path).headers["location"] == "/"


def test_the_cookie_is_unread_by_scripts_and_stays_on_this_site(store: Path) -> None:
    cookie, known = come_in(reader(store)).headers.get_list("set-cookie")
    assert "httponly" in known.lower()
    cookie = cookie.lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert "max-age" not in cookie


def test_away_from_loopback_the_cookie_wants_tls(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = AuthState()
    app = Starlette(
        routes=signin.routes(doors),
        middleware=[Middleware(Gate, auth=doors, hosts=("board.example",))],
    )
    web = TestClient(app, "https://board.example", follow_redirects=False)
    form = {"name": "leader", "password": PASSWORD}
    answer = web.post("/signin", data=form, headers={"origin": "https://board.example"})
    assert answer.headers["set-cookie"].startswith("__Host-board=")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_form_from_elsewhere_signs_nobody_in(store: Path) -> None:
    form = {"name": "leader", "password": PASSWORD}
    for headers in ({}, {"origin": "http://else.where"}, {"origin": "null"}):
        answer = reader(store).post("/signin", data=form, headers=headers)
        assert answer.status_code == 421
        assert "set-cookie" not in answer.headers


def test_a_wrong_password_and_a_wrong_name_are_told_alike(store: Path) -> None:
    one, two = come_in(reader(store), password="wrong"), come_in(reader(store), name="nobody")
    assert one.status_code == two.status_code == 403
    assert one.text.replace("leader", "") == two.text.replace("nobody", "")


@pytest.mark.parametrize("header", [
    "x-board-session", "x-board-role", "X-Forwarded-User", "x-forwarded-email", "Remote-User",
    "x-remote-user", "X-Auth-Request-User", "x-webauth-user",
])  # fmt: skip
def test_a_header_that_claims_who_somebody_is_never_reaches_a_page(
    store: Path, header: str
) -> None:
    web = reader(store)
    be_in(web)
    hashed = Sessions(store).all()[0].hash
    reached = web.get("/_stcore/health", headers={header: "admin"}).json()
    assert "admin" not in reached.values()
    assert reached[HEADER] == hashed


def test_before_there_is_an_account_a_forged_session_does_not_pass_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    reached = reader(tmp_path).get("/_stcore/health", headers={HEADER: "forged"})
    assert reached.json() == {}


def test_the_word_of_the_first_reader_is_the_servers_alone(store: Path) -> None:
    web = reader(store)
    assert web.get("/_stcore/health", headers={HEADER: WARMING[:-1]}).status_code == 401


def test_a_copied_cookie_is_worth_nothing_after_signing_out(store: Path) -> None:
    web, thief = reader(store), reader(store)
    be_in(web)
    thief.cookies = dict(web.cookies)
    assert thief.get("/_stcore/health").status_code == 200
    left = web.post("/signin/out", headers={"origin": HOME})
    assert left.status_code == 303
    assert thief.get("/_stcore/health").status_code == 401


@pytest.mark.parametrize("damage", ["register gone", "register garbage", "key gone"])
def test_over_a_damaged_store_signing_in_says_what_is_wrong(store: Path, damage: str) -> None:
    web = reader(store)
    be_in(web)
    batch(store, households=[household("H1")])
    DAMAGES[damage](store)
    answer = web.get("/signin", params={"lang": "en"})
    if damage == "key gone":
        assert answer.status_code == 303  # The session holds, and every page says it.
    else:
        assert web.get("/", headers={"accept": "text/html"}).status_code == 303
        assert (answer.status_code, "The store is damaged" in answer.text) == (503, True)
    assert "损坏" in web.get("/signin/new").text
    refused = come_in(reader(store))
    assert (refused.status_code, "损坏" in refused.text) == (503, True)


def test_a_link_alone_signs_nobody_out(store: Path) -> None:
    web = reader(store)
    be_in(web)
    assert web.get("/signin/out").status_code == 200
    assert web.get("/_stcore/health").status_code == 200


@pytest.mark.parametrize(("told_of", "asked"), [
    (MEDIA, f"{MEDIA}.xlsx"), (MEDIA, f"{MEDIA}.png"), (UPLOAD, UPLOAD),
])  # fmt: skip
def test_a_private_address_answers_only_who_was_told_of_it(
    store: Path, told_of: str, asked: str
) -> None:
    web, other = reader(store), reader(store)
    be_in(web)
    be_in(other, "admin")
    assert web.put(asked).status_code == web.get(asked).status_code == 404
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(told_of.encode())
        line.receive_bytes()
    mine = web.get(asked)
    assert mine.status_code == web.put(asked).status_code == 200
    assert mine.headers["cache-control"] == "no-store"
    assert other.put(asked).status_code == other.get(asked).status_code == 404
    assert web.get(asked.replace("0", "1")).status_code == 404
    assert web.get("/media/..%2f").status_code == 404


def told_of(web: TestClient, *more: str) -> None:
    """A page open for a moment that tells its reader a file's address."""
    with web.websocket_connect(STREAM, subprotocols=["streamlit", *more]) as line:
        line.send_bytes(MEDIA.encode())
        line.receive_bytes()


@pytest.mark.parametrize("rights", [
    (Role.VIEWER, "", ()), (Role.LEADER, "", ("1栋",)), (Role.DEPARTMENT, "组织人社局", ()),
])  # fmt: skip
def test_a_file_is_for_the_sight_that_was_told_of_it(
    store: Path, rights: tuple[Role, str, tuple[str, ...]]
) -> None:
    web = reader(store)
    be_in(web)
    told_of(web)
    assert web.get(MEDIA).status_code == 200
    Accounts(store).change("leader", "admin", *rights)
    assert web.get(MEDIA).status_code == 404
    told_of(web)
    assert web.get(MEDIA).status_code == 200


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_file_told_before_the_screen_was_shared_is_not_answered_then(
    signed_in: bool, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not signed_in:
        monkeypatch.setenv("BOARD_STORE", str(tmp_path / "open"))
    web = reader(store if signed_in else tmp_path / "open")
    if signed_in:
        be_in(web)
    assert web.get(MEDIA).status_code == 404
    told_of(web)
    assert web.get(MEDIA).status_code == 200
    seat = _seats[-1]
    seat.asked = replace(seat.asked, presenting=True)
    assert web.get(MEDIA).status_code == 404


def test_a_page_taken_up_again_keeps_its_name(store: Path) -> None:
    """Or what it told before the line broke would be asked for as a page nobody presents on."""
    web = reader(store)
    be_in(web)
    told_of(web)
    told_of(web, "token", "6f1c2a34-1111-4222-8333-abcdefabcdef")
    seat = _seats[-1]
    seat.asked = replace(seat.asked, presenting=True)
    assert web.get(MEDIA).status_code == 404


def test_a_revoked_reader_is_cut_off_at_the_next_frame(store: Path) -> None:
    web = reader(store)
    be_in(web)
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(b"one")
        assert b"one" in line.receive_bytes()
        Sessions(store).revoke(Sessions(store).all()[0].hash)
        line.send_bytes(b"two")
        with pytest.raises(WebSocketDisconnect) as closed:
            line.receive_bytes()
    assert closed.value.code == 1008


def test_a_page_open_since_before_the_first_account_must_sign_in_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    with reader(tmp_path).websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        line.send_bytes(b"one")
        line.receive_bytes()
        accounts = Accounts(tmp_path)
        accounts.enter(accounts.first_token(), PASSWORD, "admin")
        line.send_bytes(b"two")
        with pytest.raises(WebSocketDisconnect) as closed:
            line.receive_bytes()
    assert closed.value.code == 1008


def test_a_disabled_account_is_cut_off_at_the_next_frame(store: Path) -> None:
    web = reader(store)
    be_in(web)
    with web.websocket_connect(STREAM, subprotocols=["streamlit"]) as line:
        Accounts(store).enable("leader", "admin", False)
        line.send_bytes(b"one")
        with pytest.raises(WebSocketDisconnect):
            line.receive_bytes()


def test_a_page_of_another_reader_can_not_be_taken_up_again(store: Path) -> None:
    web, other = reader(store), reader(store)
    be_in(web)
    be_in(other, "admin")
    page = "6f1c2a34-1111-4222-8333-abcdefabcdef"
    asked = ["streamlit", "token", page]
    with web.websocket_connect(STREAM, subprotocols=asked) as line:
        assert page not in line.scope["subprotocols"]
        line.send_bytes(b"one")
        line.receive_bytes()
    with web.websocket_connect(STREAM, subprotocols=asked) as line:
        assert page in line.scope["subprotocols"]
    with other.websocket_connect(STREAM, subprotocols=asked) as line:
        assert page not in line.scope["subprotocols"]


def test_signing_in_again_ends_the_session_this_browser_had(store: Path) -> None:
    web = reader(store)
    come_in(web)
    come_in(web, "admin")
    assert [one.name for one in Sessions(store).all()] == ["admin"]


def test_a_reader_gives_themselves_another_password_and_is_out_everywhere_else(store: Path) -> None:
    web, other = reader(store), reader(store)
    assert web.get("/signin/password").headers["location"] == "/"
    be_in(web)
    be_in(other)
    assert web.get("/signin/password").status_code == 200
    form = {"held": "wrong", "password": PASSWORD + "!", "again": PASSWORD + "!"}
    wanted = [({}, 403), ({"held": PASSWORD, "again": "x"}, 403), ({"again": PASSWORD + "!"}, 303)]
    for more, status in wanted:
        form |= more
        answer = web.post("/signin/password", data=form, headers={"origin": HOME})
        assert answer.status_code == status
    assert web.get("/_stcore/health").status_code == 200
    assert other.get("/_stcore/health").status_code == 401
    assert come_in(other).status_code == 403
    assert come_in(other, password=PASSWORD + "!").status_code == 303


def test_a_form_that_is_too_long_is_not_read(store: Path) -> None:
    long = {"name": "leader", "password": "x" * 20_000}
    answer = reader(store).post("/signin", data=long, headers={"origin": HOME})
    assert answer.status_code == 413
    endless = reader(store).post(
        "/signin", content=iter([b"name=x"]), headers={"origin": HOME, "content-type": FORM}
    )
    assert endless.status_code == 413


@pytest.mark.parametrize("header", ["host", "origin"])
def test_a_name_that_is_none_is_misdirected(store: Path, header: str) -> None:
    assert reader(store).get("/", headers={header: "http://["}).status_code == 421


def test_asking_whether_one_is_signed_in_says_so(store: Path) -> None:
    web = reader(store)
    assert web.get("/signin/alive").status_code == 401
    be_in(web)
    assert web.get("/signin/alive").status_code == 204


def test_the_first_administrator_comes_in_with_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    web, token = reader(tmp_path), Accounts(tmp_path).first_token()
    form = {"token": token, "name": "admin", "password": PASSWORD, "again": PASSWORD + "x"}
    assert web.post("/signin/new", data=form, headers={"origin": HOME}).status_code == 403
    form["again"] = PASSWORD
    assert web.post("/signin/new", data=form, headers={"origin": HOME}).status_code == 303
    assert Accounts(tmp_path).all()[0].role is Role.ADMIN
    assert reader(tmp_path).get("/").status_code == 303


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/signin", "/signin/new", "/signin/out", "/signin/password"])
def test_a_page_of_signing_in_is_in_one_language_and_runs_no_script(
    store: Path, path: str, language: str
) -> None:
    web = reader(store)
    if path == "/signin/password":
        be_in(web)
    answer = web.get(path, params={"lang": language})
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    if language == "en":
        assert [c for c in answer.text.replace("中文", "").split("<style>")[1].split("</style>")[1]
                if 0x4E00 <= ord(c) < 0xA000] == []  # fmt: skip


def test_every_setting_is_as_it_must_be() -> None:
    assert unsafe_options() == []


def test_an_unsafe_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    held = st.get_option("client.showErrorDetails")
    st.set_option("client.showErrorDetails", "full")
    try:
        assert [option for option, _why in unsafe_options()] == ["client.showErrorDetails"]
    finally:
        st.set_option("client.showErrorDetails", held)


def test_a_browser_that_has_signed_in_is_not_locked_out_by_strangers(store: Path) -> None:
    own, stranger = reader(store), reader(store)
    assert come_in(own, "leader").status_code == 303
    own.get("/signin/out")
    own.cookies.delete("board")
    for _ in range(6):
        come_in(stranger, "leader", "wrong")
    assert come_in(stranger, "leader").status_code == 403
    assert come_in(own, "leader").status_code == 303


@pytest.mark.parametrize(
    ("hosts", "proxy", "told", "counted"),
    [
        (False, False, "9.9.9.9", "127.0.0.1"), (True, False, "9.9.9.9", ""),
        (True, True, "1.1.1.1, 9.9.9.9", "9.9.9.9"), (True, True, "2001:db8::7", "2001:db8::/64"),
        (True, True, "", ""),
    ],
)  # fmt: skip
def test_an_address_is_believed_from_the_last_proxy_alone(
    hosts: bool, proxy: bool, told: str, counted: str
) -> None:
    auth = AuthState(hosts=hosts, proxy=proxy)
    headers = [(b"x-forwarded-for", told.encode())] if told else []
    scope = {"type": "http", "headers": headers, "client": ("127.0.0.1", 1)}
    assert source(Request(scope), auth) == counted
    far = Request(scope | {"client": ("10.1.1.1", 1)})
    assert source(far, auth) == ("" if hosts else "10.1.1.1")
