"""The server's processor time for opening a building of two hundred households."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from bench._load import DEVELOPMENT, as_task_force, process, processor
from bench._row import Row, say
from board.access import Reader, Role, for_reader
from board.store import open_store
from tests.support.running import served
from tests.support.settlement import made
from tests.support.viewer import Viewer

LEAST = 200
MONTHS = tuple(f"2025-{n:02}" for n in range(1, 13))
LENSES = ("income", "risk", "reports", "work")


def measure() -> list[Row]:
    """Milliseconds to open a building for a new month, with a new lens, and for a month again.

    The server is warm and has shown the building before; the reader may see households.
    """
    store = made(LEAST * 10)
    building, size = large(store)
    say(f"{building}: {size} households")
    ours = costs(partial(served, store), building)
    theirs = costs(partial(served, store, *DEVELOPMENT), building)
    aims = {"new": 300.0, "lens": 300.0, "seen": 30.0}
    return [
        Row(f"building of {size} households: {when}", ours[when], "ms CPU", "streamlit run",
            theirs[when], aims[when])
        for when in ours
    ]  # fmt: skip


def large(store: Path) -> tuple[str, int]:
    """A building with at least LEAST households, and its number of households."""
    snapshot = for_reader(open_store(store).snapshot(), Reader(role=Role.TASK_FORCE).permissions)
    for building in (f"{n}栋" for n in range(1, 13)):
        month, quarter = date(2025, 12, 1), date(2025, 10, 1)
        households = snapshot.frame(
            "building_households", building=building, month=month, quarter=quarter
        )
        if households.height >= LEAST:
            return building, households.height
    raise RuntimeError(f"no building has {LEAST} households")


def costs(server: Callable[[], AbstractContextManager[str]], building: str) -> dict[str, float]:
    """Processor time of one run of the page in ms, by kind of request: new, lens, seen."""

    async def measured(address: str) -> dict[str, float]:
        pid = process(address)

        async def spent(queries: list[str]) -> float:
            before = processor(pid)
            for query in queries:
                await viewer.ask("units", query)
            return (processor(pid) - before) / len(queries) * 1000

        async with Viewer(address) as viewer:
            await viewer.ask("", "lang=zh")
            await spent([query(building, MONTHS[-1], lens) for lens in LENSES])
            milliseconds = {
                "new": await spent([query(building, month) for month in MONTHS[:-1]]),
                "lens": await spent(
                    [query(building, m, lens) for m in MONTHS[:-1] for lens in LENSES[:-1]]
                ),
                "seen": await spent([query(building, month) for month in MONTHS]),
            }
            if viewer.failed:
                raise RuntimeError(f"{viewer.failed} pages failed")
            return milliseconds

    with as_task_force(), server() as address:
        return asyncio.run(measured(address))


def query(building: str, month: str, lens: str = LENSES[-1]) -> str:
    """The query string of the page for a building, a month and a lens."""
    scope = f"幸福小镇/{building}"
    return urlencode({"lang": "zh", "scope": scope, "period": month, "lens": lens})
