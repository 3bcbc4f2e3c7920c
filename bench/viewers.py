"""A hundred readers at once, each with about ten seconds between two clicks.

`streamlit run` does not keep up with so many: its answers come ever later and its memory grows.
The baseline is a tenth of the readers.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice

from bench._load import board, development, process, processor, queries
from bench._row import Row, say
from tests.support.viewer import Viewer, percentile

READERS, FEWER = 100, 10
THINKING = 10.0
SECONDS, SHORTER = 20.0, 10.0


def measure() -> Iterator[Row]:
    """Median and 95th percentile of the time of an answer, and the share of a core used."""
    say(f"{FEWER} readers of streamlit run for {SHORTER:.0f} s")
    theirs = crowd(development, FEWER, SHORTER)
    say(f"{READERS} readers for {SECONDS:.0f} s")
    ours = crowd(board, READERS, SECONDS)
    names = ("median", "95 % within", "of a core")
    units = ("ms", "ms", "%")
    aims = (None, 200, None)
    for name, unit, aim, mine, other in zip(names, units, aims, ours, theirs, strict=True):
        against = f"streamlit run, {FEWER} readers"
        yield Row(f"{READERS} readers: {name}", mine, unit, against, other, aim)


def crowd(
    server: Callable[[], AbstractContextManager[str]], count: int, seconds: float
) -> tuple[float, float, float]:
    """Median and 95th percentile in ms, and percent of a core, after all readers have connected."""
    chance = random.Random(1)

    async def reader(address: str, until: float, offset: float, waits: list[float]) -> None:
        choices = list(islice(queries(), chance.randrange(100), 200))
        async with Viewer(address) as viewer:
            await asyncio.sleep(offset)
            await viewer.ask("", "lang=zh")
            while time.perf_counter() < until:
                await asyncio.sleep(THINKING * chance.uniform(0.5, 1.5))
                page = chance.choice(list(viewer.pages))
                waits.append(await viewer.ask(page, chance.choice(choices)))
            if viewer.failed:
                raise RuntimeError(f"{viewer.failed} pages failed")

    async def measured_crowd(address: str) -> tuple[float, float, float]:
        waits: list[float] = []
        pid, before, began = process(address), 0.0, time.perf_counter()
        until = began + THINKING + seconds
        readers = [
            asyncio.create_task(reader(address, until, THINKING * n / count, waits))
            for n in range(count)
        ]
        await asyncio.sleep(THINKING)
        before, began = processor(pid), time.perf_counter()
        waits.clear()
        await asyncio.sleep(seconds)
        share = (processor(pid) - before) / (time.perf_counter() - began) * 100
        measured = list(waits)
        await asyncio.gather(*readers)
        return percentile(measured, 0.5) * 1000, percentile(measured, 0.95) * 1000, share

    with server() as address:
        return asyncio.run(measured_crowd(address))
