"""The server's processor time for a rerun of each page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import islice

from bench._load import board, development, process, processor, queries
from bench._row import Row, say
from tests.support.viewer import Viewer

TIMES = 26


def measure() -> list[Row]:
    """Milliseconds for a rerun of each page, against the same app under `streamlit run`."""
    ours, theirs = costs(board), costs(development)
    return [
        Row(f"rerun, {page or 'overview'}: {when}", ours[page, when], "ms CPU", "streamlit run",
            theirs.get((page, when)), aim=30 if when == "seen" else None)
        for page, when in ours
    ]  # fmt: skip


def costs(server: Callable[[], AbstractContextManager[str]]) -> dict[tuple[str, str], float]:
    """(page, "new" or "seen") → processor time of a rerun in milliseconds."""

    async def measured(address: str) -> dict[tuple[str, str], float]:
        milliseconds: dict[tuple[str, str], float] = {}
        pid = process(address)
        async with Viewer(address) as viewer:
            await viewer.ask("", "lang=zh")
            for page in viewer.pages:
                say(f"reruns of {page or 'overview'}")
                for when in ("new", "seen"):
                    before = processor(pid)
                    for query in islice(queries(), TIMES):
                        await viewer.ask(page, query)
                    milliseconds[page, when] = (processor(pid) - before) / TIMES * 1000
            if viewer.failed:
                raise RuntimeError(f"{viewer.failed} pages failed")
        return milliseconds

    with server() as address:
        return asyncio.run(measured(address))
