"""Work out what readers may not see who may see no small counts, and keep it with the snapshot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from board import storage
from board.journal import HIDINGS, REMARKS, Event, Journal
from board.plans import plans
from board.publish.filling import fill
from board.store import Snapshot, connect
from board.suppression import (
    COUNTED,
    SCHEMA,
    Earlier,
    Stay,
    decisions,
    edition,
    gone,
    plan_families,
    rows_of,
)

# Of a store with fewer rows it is worked out when somebody asks: that takes less than opening a
# page, and every load of a small store would wait for it.
WORTH_KEEPING = 5_000
# The file of a new snapshot's folder with what has newly to stay hidden.
STAYS = "stays.json"


@dataclass(frozen=True)
class Shown:
    """The tables of the snapshot in use so far: what it hides, and the sums that was decided from."""

    hidings: pl.DataFrame
    counted: pl.DataFrame

    @classmethod
    def of(cls, path: Path) -> Shown | None:
        """The tables of a snapshot's file; None of one from before there were such tables."""
        if not path.exists():
            return None
        with closing(connect(path)) as connection:
            try:
                tables = [connection.table(name).pl() for name in ("hidings", "hidings_counted")]
            except duckdb.CatalogException:
                return None
        return cls(*tables)


def stays_of(events: Iterable[Event]) -> frozenset[Stay]:
    """What the journal says has to stay hidden."""
    return frozenset(
        Stay.read(fields)
        for event in events
        if event.kind == HIDINGS
        for fields in event.payload["stays"]
    )


def keep_hidings(
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    queries: Path,
    held: int,
    stays: frozenset[Stay],
    used: Path | None = None,
) -> None:
    """Create the tables `hidings` and `hidings_counted` of a snapshot with `held` rows.

    `used` is the file of the snapshot in use so far. What has newly to stay hidden beside it is
    written to the folder `work`, for `note_stays`. Of a family that can't be decided on nothing is
    kept, so that what is stored can be published.
    """
    # A folder of other queries may hold views alone.
    shown = Shown.of(used) if used else None
    many = held >= WORTH_KEEPING or bool(shown and shown.counted.height)
    known = many and (queries / "hidings.sql").is_file()
    rows: list[dict[str, Any]] = []
    counted = [pl.DataFrame(schema=COUNTED)]
    if known:
        snapshot = Snapshot.being_built(connection, work / "snapshot.duckdb", queries)
        new = frozenset(_decided(snapshot, stays, shown, rows.extend, counted.append))
        if new:
            text = json.dumps([stay.as_json() for stay in sorted(new)], ensure_ascii=False)
            (work / STAYS).write_text(text, "utf-8")
    fill(connection, work, "hidings", pl.DataFrame(rows, schema=SCHEMA))
    fill(connection, work, "hidings_counted", pl.concat(counted))


def _decided(
    snapshot: Snapshot,
    stays: frozenset[Stay],
    shown: Shown | None,
    hide: Callable[[list[dict[str, Any]]], None],
    count: Callable[[pl.DataFrame], None],
) -> Iterator[Stay]:
    """Decide on every family, and hand over its rows; gives what has newly to stay hidden."""
    names = _places(snapshot)

    def before(place: str, family: str) -> Any:
        return edition(shown.hidings, shown.counted, place, family) if shown else None

    earlier = Earlier(names, stays, before)
    for schema, place in names.items():
        inside = snapshot.in_schema(schema)
        left = dict(plan_families(inside))
        for family, decided in decisions(inside, earlier):
            left.pop(family)
            yield from decided.stays
            hide(rows_of(schema, family, decided.edition.decision))
            own = {"schema": schema, "place": place, "family": family}
            columns = [pl.lit(value).alias(name) for name, value in own.items()]
            count(decided.edition.counted.with_columns(columns))
        for name, absent in left.items():
            if known := before(place, name):
                own_stays = earlier.of(schema, name)
                yield from gone(absent, place, known, own_stays) - own_stays.rows


def _places(snapshot: Snapshot) -> dict[str, str]:
    """The name of the plan, or of one of its settlements, that each schema stands for."""
    names: dict[str, str] = {}
    for plan in plans(snapshot):
        names.setdefault(plan.schema, plan.id)
        for settlement, schema in plan.schemas.items():
            names.setdefault(schema, f"{plan.id}/{settlement}")
    return names


def note_stays(root: Path, work: Path, number: int) -> None:
    """Write into the journal what has newly to stay hidden for a snapshot, before it is in use.

    `number` is the snapshot's, `work` the folder where it was built. No row where it is nothing.
    """
    stays = storage.read_json(work / STAYS)
    if stays:
        with storage.refusing_disk_faults():
            Journal(root).append(HIDINGS, {"edition": number, "stays": stays})


def of_rows(events: Sequence[Event]) -> list[Event]:
    """The journal's rows that bring figures: not those that keep hidings or mark a month as checked."""
    return [event for event in events if event.kind not in REMARKS]
