"""What publishing spends on deciding which figures a viewer doesn't see, and what a reader waits for it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from bench._row import Row, say
from board.store import open_store
from board.suppression import decisions
from board.suppression.decide import decision, plan_families
from tests.support.stores import town

HOUSEHOLDS = 1000


def measure() -> Iterator[Row]:
    """Seconds of processor time, for the settlement's buildings and for twice as many."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        say("making the settlement, and one with every building in two")
        usual = open_store(town(Path(folder) / "usual", HOUSEHOLDS)).snapshot()
        doubled = open_store(town(Path(folder) / "doubled", HOUSEHOLDS, of=in_two)).snapshot()
        count = len(buildings(usual.frame("places"))), len(buildings(doubled.frame("places")))
        first = processor(lambda: dict(decisions(usual)))
        second = processor(lambda: dict(decisions(doubled)))
        families = plan_families(usual).values()
        kept = processor(lambda: [decision(usual, family) for family in families])
        people = f"{HOUSEHOLDS:,} households × 36 months"
        yield Row(f"what to hide, {people}", first, "s CPU", aim=4)
        yield Row(f"… in {count[1]} buildings", second, "s CPU", f"in {count[0]}", first, 2 * first)
        yield Row("… as kept with the snapshot", kept, "s CPU", "worked out", first, 0.5)


def in_two(ledger: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The households with every building in two: all units but the first are another one."""
    if ledger != "households":
        return rows
    other = pl.col("unit") != "1单元"
    return rows.with_columns(
        building=pl.when(other).then(pl.col("building") + "乙").otherwise("building")
    )


def buildings(places: pl.DataFrame) -> set[str]:
    """The names of all buildings."""
    return set(places["building"])


def processor(work: Callable[[], object]) -> float:
    """The processor time of a call in seconds."""
    before = time.process_time()
    work()
    return time.process_time() - before
