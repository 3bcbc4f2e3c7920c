"""The ASGI app: Streamlit's script behind gate, documents and compressed files, warm at its start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from board.serve.document import Documents
from board.serve.gate import Gate
from board.serve.static import Compressed
from board.serve.warm import warm

SCRIPT = Path(__file__).resolve().parent.parent.parent / "app.py"


def application(script: Path = SCRIPT) -> st.App:
    """The app that `python -m board.serve` serves; another script in its place for tests."""
    return st.App(
        script,
        lifespan=started,
        middleware=[Middleware(Gate), Middleware(Compressed), Middleware(Documents)],
    )


@asynccontextmanager
async def started(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first reader; let the rest of the warming go with the server."""
    rest = await warm(app)
    yield {}
    rest.cancel()
