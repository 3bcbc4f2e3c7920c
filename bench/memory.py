"""Whether the server's memory stays constant over a thousand reruns."""

from __future__ import annotations

import asyncio
from itertools import islice

from bench._load import board, memory, process, queries
from bench._row import Row, say
from tests.support.viewer import Viewer

RERUNS = 1000
AFTER = 250


def measure() -> list[Row]:
    """Megabytes after all reruns, against those after the first quarter."""
    early, late = asyncio.run(memory_used())
    return [Row(f"memory after {RERUNS:,} reruns", late, "MB", f"after {AFTER}", early, aim=600)]


async def memory_used() -> tuple[float, float]:
    """Megabytes after the first quarter and after all reruns, with changing pages and choices."""
    with board() as address:
        pid, early = process(address), 0.0
        async with Viewer(address) as viewer:
            await viewer.ask("", "lang=zh")
            say(f"{RERUNS} reruns")
            pages = list(viewer.pages)
            for n, query in enumerate(islice(queries(), RERUNS)):
                if n == AFTER:
                    early = memory(pid)
                await viewer.ask(pages[n % len(pages)], query)
        return early, memory(pid)
