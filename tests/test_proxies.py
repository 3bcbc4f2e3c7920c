"""The samples for nginx and Caddy, run as they stand but for names of files and ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from board.access import Role
from board.accounts import Accounts, Sessions
from board.serve.settings import LARGEST_UPLOAD
from deploy.bundle import DEPLOY
from tests.support.running import answers, free_port, served
from tests.support.settlement import copied
from tests.support.tls import certificate

NAME = "board.example.cn"
CERTIFICATE = re.compile(r"/etc/board/tls/board\.(?:pem|key)")
AROUND = """
pid {place}/pid; error_log {place}/errors; {user} events {{}} daemon off;
http {{ access_log off; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
fastcgi_temp_path {place}/1; uwsgi_temp_path {place}/2; scgi_temp_path {place}/3;
include {place}/sample; }}
"""


def nginx(place: Path, sample: str, port: int) -> list[str]:
    """How nginx is started over its sample."""
    sample = sample.replace("listen 443", f"listen 127.0.0.1:{port}")
    (place / "sample").write_text(sample.replace("listen 80;", f"listen 127.0.0.1:{free_port()};"))
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    (place / "conf").write_text(AROUND.format(place=place, user=user))
    return ["nginx", "-c", str(place / "conf"), "-p", str(place), "-e", str(place / "errors")]


def caddy(place: Path, sample: str, port: int) -> list[str]:
    """How Caddy is started over its sample; it keeps to one port and has nobody to be told by."""
    alone = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttps_port {port}\n}}\n"
    (place / "sample").write_text(alone + sample)
    return ["caddy", "run", "--config", str(place / "sample"), "--adapter", "caddyfile"]


STARTS = {"nginx": (nginx, "nginx.conf"), "caddy": (caddy, "Caddyfile")}


@contextmanager
def proxied(program: str, place: Path, board: str) -> Iterator[int]:
    """The port at which a proxy serves the board over TLS."""
    place.mkdir()
    pem, port = certificate(place, NAME), free_port()
    start, name = STARTS[program]
    sample = CERTIFICATE.sub(str(pem), (DEPLOY / "samples" / name).read_text("utf-8"))
    words = start(place, sample.replace("127.0.0.1:8501", board.removeprefix("http://")), port)
    proxy = subprocess.Popen(words, env={"HOME": str(place), "PATH": os.environ["PATH"]})
    try:
        answers(proxy, port)
        yield port
    finally:
        proxy.terminate()
        proxy.wait(15)


@pytest.mark.soak
@pytest.mark.parametrize("program", STARTS)
def test_the_board_is_reached_over_tls_through_the_sample(program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"no {program} on this machine")
    root = copied(tmp_path / "town")
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", Role.ADMIN)
    account = accounts.all()[0]
    cookie = {"Cookie": f"__Host-board={Sessions(root).open(account)}"}
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[board]\nhosts = ["{NAME}"]\nproxy = true\n')
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with (
        served(root, secrets=secrets) as board,
        proxied(program, tmp_path / "proxy", board) as port,
        httpx.Client(
            base_url=f"https://127.0.0.1:{port}",
            headers={"Host": NAME},
            verify=trusting,
            timeout=60,
        ) as web,
    ):
        named = {"sni_hostname": NAME}
        page = web.get("/", headers=cookie, extensions=named)
        assert (page.status_code, "max-age" in page.headers["strict-transport-security"]) == (
            200,
            True,
        )
        assert web.get("/", extensions=named).status_code == 303
        large = b"0" * (LARGEST_UPLOAD + 2) * 2**20
        put = web.put("/_stcore/upload_file/a/b", headers=cookie, content=large, extensions=named)
        assert put.status_code in {404, 413}
        with connect(
            f"wss://{NAME}/_stcore/stream", sock=socket.create_connection(("127.0.0.1", port)), ssl=trusting, origin=Origin(f"https://{NAME}"),
            additional_headers=cookie, subprotocols=[Subprotocol("streamlit")],
        ) as stream:  # fmt: skip
            assert stream.subprotocol == "streamlit"
