"""The time from `python -m board.serve` to a reader's first complete page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from bench._load import board, development
from bench._row import Row, say
from tests.support.viewer import Viewer


def measure() -> list[Row]:
    """Seconds from start to first answer, against `streamlit run`."""
    ours, theirs = first_answer(board), first_answer(development)
    return [Row("start to first answer", ours, "s", "streamlit run", theirs, aim=4)]


def first_answer(server: Callable[[], AbstractContextManager[str]]) -> float:
    """Seconds from starting a server until its first page is answered."""

    async def open_page(address: str) -> None:
        async with Viewer(address) as viewer:
            await viewer.ask("", "lang=zh")

    say("starting a server")
    began = time.perf_counter()
    with server() as address:
        asyncio.run(open_page(address))
        return time.perf_counter() - began
