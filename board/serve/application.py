"""The ASGI app: Streamlit's script behind gate, documents and compressed files, warm at its start."""

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
from board.serve.auth_state import Doors
from board.serve.document import Documents
from board.serve.gate import Gate
from board.serve.login_pages import Provider
from board.serve.providers import weed
from board.serve.settings import Settings, settings
from board.serve.static import Compressed
from board.serve.warm import warm

log = logging.getLogger(__name__)
SCRIPT = Path(__file__).resolve().parent.parent.parent / "app.py"


def application(script: Path = SCRIPT) -> st.App:
    """The app that `python -m board.serve` serves; another script in its place for tests."""
    # Streamlit would write the whole error, with what a cell held; `apologised` says enough.
    logging.getLogger("streamlit.error_util").addFilter(lambda record: not record.exc_info)
    said = settings()
    named(said.hosts)
    doors = Doors(providers=bool(said.providers))
    weed(doors.sessions, said.providers)
    return st.App(
        script,
        lifespan=started,
        on_script_error=apologised,
        routes=ways_in(doors, said),
        middleware=[
            Middleware(Gate, doors=doors, hosts=said.hosts),
            Middleware(Compressed),
            Middleware(Documents, watched=doors.closed),
        ],
    )


def named(hosts: tuple[str, ...]) -> None:
    """Have Streamlit answer to the names that the gate lets through; it looks at them once more."""
    known = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", [*known, *(one for one in hosts if one not in known)])


def ways_in(doors: Doors, said: Settings) -> list[BaseRoute]:
    """The routes by which readers come in: the board's own accounts, and the providers there are."""
    if not said.providers:
        return signin.routes(doors)
    from board.serve import oidc

    journeys = oidc.Journeys(doors, said.providers)
    buttons = tuple(Provider(key, one.title) for key, one in said.providers.items())
    return [*signin.routes(doors, buttons, journeys.farewell), *journeys.routes()]


def apologised(error: Exception) -> bool:
    """Tell the reader calmly, and the log where it was: never the text, which may hold a cell's."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(frame.filename)]
    at = (own or frames)[-1]
    log.error("%s at %s:%s", type(error).__name__, Path(at.filename).name, at.lineno)
    st.error(_("这一页暂时打不开。请刷新;仍然不行,请联系管理员查看运行日志。"))
    return True


def is_own(file: str) -> bool:
    """Is it the project's own file, and none of a library installed inside the project?"""
    return file.startswith(str(SCRIPT.parent)) and "site-packages" not in file


@asynccontextmanager
async def started(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first reader; let the rest of the warming go with the server."""
    rest = await warm(app)
    yield {}
    rest.cancel()
