"""The server's gate, documents and compressed files; that it starts, says where, and stops."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from board.sections import sections
from board.serve.__main__ import main, serve
from board.serve.bounds import LARGEST_FRAME
from board.serve.document import FIRST_PAGE, PAGES, Documents, source
from board.serve.gate import Gate
from board.serve.idle import Impatient
from board.serve.static import Compressed, folder
from tests.support.answers import present
from tests.support.spread import spread

PROJECT = Path(__file__).resolve().parent.parent
PLOTLY = next(path.name for path in (folder() / "js").glob("PlotlyChart.*.js"))


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands where Streamlit stands and says that it was reached."""
    await PlainTextResponse("streamlit")(scope, receive, send)


def asked(path: str, **headers: str) -> httpx.Response:
    """What the gate answers to one request for a path."""
    import anyio

    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(app=Gate(Compressed(Documents(behind))))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501") as web:
            return await web.get(path, headers=headers)

    return anyio.run(once)


@pytest.mark.parametrize("path", ["/", "/employment", "/?scope=B3", "/?lang=zh", "/?lang=xx"])
def test_a_page_is_chinese_unless_asked_otherwise(path: str) -> None:
    assert '<html lang="zh-CN">' in asked(path).text
    assert "<title>幸福小镇后续扶持督导</title>" in asked(path).text


@pytest.mark.parametrize("path", ["/overview", "/no_such_page", "/员工"])
def test_an_address_that_no_page_has_leads_to_the_first_page(path: str) -> None:
    answer = asked(f"{path}?lang=en&period=2025-Q4")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/?lang=en&period=2025-Q4"
    assert asked(path).headers["location"] == "/"


def test_every_page_but_the_first_has_an_address_of_its_own() -> None:
    first, *others = (section.key for section in sections())
    assert (first, set(others)) == (FIRST_PAGE, PAGES)


def test_a_page_asked_for_in_english_says_so() -> None:
    answer = asked("/assets?lang=en")
    assert '<html lang="en">' in answer.text
    assert answer.headers["content-language"] == "en"


def test_a_page_names_the_scripts_it_will_need_and_they_are_there() -> None:
    named = re.findall(r'href="\./static/js/([^"]+)"', asked("/").text)
    assert len(named) == len(set(named))
    assert [name for name in named if not (folder() / "js" / name).exists()] == []
    assert any(name.startswith("Metric.") for name in named)
    assert any(name.startswith("PlotlyChart.") for name in named)


@pytest.mark.parametrize("path", ["/_stcore/health", "/favicon.png", "//else.where/"])
def test_what_is_no_page_goes_to_streamlit(path: str) -> None:
    assert asked(f"http://127.0.0.1:8501{path}").text == "streamlit"


def test_a_page_is_never_kept_by_the_browser() -> None:
    assert asked("/").headers["cache-control"] == "no-cache"


def test_the_policy_lets_the_documents_own_scripts_run_and_no_others() -> None:
    assert len(re.findall(r"<script>", source())) == 1
    page = asked("/")
    scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert f"script-src 'self' {allowed};" in page.headers["content-security-policy"]


def test_streamlits_services_are_at_the_root_and_not_below_a_page() -> None:
    assert asked("/assets").headers["content-type"].startswith("text/html")
    assert asked("/assets/_stcore/health").text == "streamlit"


def test_the_policy_names_no_other_host() -> None:
    policy = asked("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/", f"/static/js/{PLOTLY}", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = asked(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "content-security-policy" in headers


def test_a_script_comes_compressed_for_good_and_whole() -> None:
    answer = asked(f"/static/js/{PLOTLY}", **{"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.content == (folder() / "js" / PLOTLY).read_bytes()
    assert int(answer.headers["content-length"]) < len(answer.content) / 3


def test_who_takes_no_gzip_gets_none() -> None:
    assert asked(f"/static/js/{PLOTLY}", **{"accept-encoding": "identity"}).text == "streamlit"


def test_compressing_twice_gives_the_same_bytes() -> None:
    from board.serve.static import gzipped

    path = folder() / "js" / PLOTLY
    assert gzipped(path) == gzipped(path)
    assert gzip.decompress(gzipped(path)) == path.read_bytes()


@pytest.mark.parametrize("host", ["board.example", "10.0.0.5:8501", "", "127.0.0.1.example"])
def test_a_name_that_is_not_this_machines_is_refused(host: str) -> None:
    assert asked("/", host=host).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost:8501", "[::1]:8501"])
def test_a_name_that_is_this_machines_is_served(host: str) -> None:
    assert asked("/", host=host).status_code == 200


@pytest.mark.parametrize("origin", ["http://else.where", "http://127.0.0.1:9999", "null"])
def test_a_page_from_elsewhere_is_refused(origin: str) -> None:
    assert asked("/_stcore/stream", origin=origin).status_code == 421


def test_only_this_machine_may_open_the_board(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "0.0.0.0", "--port", "8639"]) == 2
    said = capsys.readouterr().err
    assert "只能在本机" in said
    assert "no sign-in" in said


def test_a_taken_port_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    assert f"127.0.0.1:{port} 已被占用" in capsys.readouterr().err


@pytest.mark.parametrize("stop", spread([signal.SIGTERM, signal.SIGINT], [signal.SIGTERM]))
def test_the_server_says_where_it_is_and_stops_when_told(
    tmp_path: Path, free_port: int, stop: signal.Signals
) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "board.serve", "--port", str(free_port)],
        cwd=PROJECT,
        env={**os.environ, "BOARD_STORE": str(tmp_path / "store")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert f"http://127.0.0.1:{free_port}" in present(server.stdout).readline()
        assert httpx.get(f"http://127.0.0.1:{free_port}/_stcore/health").text == "ok"
        server.send_signal(stop)
        _, complaints = server.communicate(timeout=20)
        assert server.returncode in {0, -stop}
        assert "Traceback" not in complaints
    finally:
        server.kill()
        server.wait()


def test_an_error_in_a_page_tells_neither_reader_nor_log_what_a_cell_held(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text("raise ValueError('45099019800101001X')\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FAILING, str(script)],
        check=True,
        cwd=PROJECT,
        capture_output=True,
    )
    assert b"45099019800101001X" not in done.stdout + done.stderr
    assert b"ValueError at app.py:1" in done.stderr
    assert "这一页暂时打不开".encode() in done.stdout


# Runs a script that fails, and prints what its reader is sent.
FAILING = """
import asyncio, sys
from pathlib import Path
from starlette.testclient import TestClient
from board.serve.application import application
from board.serve.warm import WarmingReader

async def read(app):
    reader = WarmingReader(app)
    put = reader.outgoing.put
    async def told(message):
        sys.stdout.buffer.write(message.get("bytes") or b"")
        await put(message)
    reader.outgoing.put = told
    await reader.visit()

app = application(Path(sys.argv[1]))
with TestClient(app, base_url="http://127.0.0.1") as client:
    client.portal.call(read, app)
"""


def test_the_server_takes_no_larger_frame_and_waits_for_no_idle_request(
    free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: configured.append(server.config))
    assert not serve("127.0.0.1", free_port)
    (config,) = configured
    assert (config.ws_max_size, config.http) == (LARGEST_FRAME, Impatient)
