"""The ASGI app: Streamlit behind the access check, the HTML document and the compressed files."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import config

from board.i18n import _
from board.serve import signin
from board.serve.auth_state import AuthState
from board.serve.document import Documents
from board.serve.gate import Gate
from board.serve.providers import end_outdated_sessions
from board.serve.settings import Settings, settings
from board.serve.static import Compressed
from board.serve.warm import warm

log = logging.getLogger(__name__)
SCRIPT = Path(__file__).resolve().parent.parent.parent / "app.py"


def application(script: Path = SCRIPT) -> st.App:
    """The app that `python -m board.serve` serves; tests pass another `script`."""
    # Streamlit would log the whole error, with a cell's content in it; `show_error` logs enough.
    logging.getLogger("streamlit.error_util").addFilter(lambda record: not record.exc_info)
    configured = settings()
    allow_hosts(configured.hosts)
    auth = AuthState(bool(configured.providers), bool(configured.hosts), configured.proxy)
    end_outdated_sessions(auth.sessions, configured.providers)
    return st.App(
        script,
        lifespan=lifespan,
        on_script_error=show_error,
        routes=login_routes(auth, configured),
        middleware=[
            Middleware(Gate, auth=auth, hosts=configured.hosts, proxy=configured.proxy),
            Middleware(Compressed),
            Middleware(Documents, requires_sign_in=auth.requires_sign_in),
        ],
    )


def allow_hosts(hosts: tuple[str, ...]) -> None:
    """Have Streamlit accept the host names that the gate accepts: it checks them a second time."""
    allowed = config.get_option("server.allowedHosts")
    config.set_option(
        "server.allowedHosts", [*allowed, *(host for host in hosts if host not in allowed)]
    )


def login_routes(auth: AuthState, configured: Settings) -> list[BaseRoute]:
    """The routes for signing in: with an account of the board, or with a configured provider."""
    if not configured.providers:
        return signin.routes(auth)
    from board.serve import oidc

    sign_in = oidc.ProviderSignIn(auth, configured.providers)
    buttons = tuple(configured.providers.values())
    return [*signin.routes(auth, buttons, sign_in.sign_out), *sign_in.routes()]


def show_error(error: Exception) -> bool:
    """Show the reader a plain message and log where the error was.

    The error's text is not logged: it may contain the content of a cell.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(frame.filename)]
    at = (own or frames)[-1]
    log.error("%s at %s:%s", type(error).__name__, Path(at.filename).name, at.lineno)
    st.error(_("这一页暂时打不开。请刷新;仍然不行,请联系管理员查看运行日志。"))
    return True


def is_own(file: str) -> bool:
    """Whether a file belongs to the project, and not to a library installed inside it."""
    return file.startswith(str(SCRIPT.parent)) and "site-packages" not in file


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the overview before the first reader comes; stop warming up when the server stops."""
    rest = await warm(app)
    yield {}
    rest.cancel()
