"""Work out what readers may not see who may see no small counts, and keep it with the snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from board.plans import plans
from board.publish.filling import fill
from board.store import Snapshot
from board.suppression import SCHEMA, decisions, rows_of

# Of a store with fewer rows it is worked out when somebody asks: that takes less than opening a
# page, and every load of a small store would wait for it.
WORTH_KEEPING = 5_000


def keep_hidings(
    connection: duckdb.DuckDBPyConnection, work: Path, queries: Path, held: int
) -> None:
    """Create the table `hidings` from the tables and views of a snapshot with `held` rows.

    Of a family that can't be decided on nothing is kept, so that what is stored can be published.
    """
    # A folder of other queries may hold views alone.
    known = held >= WORTH_KEEPING and (queries / "hidings.sql").is_file()
    rows = _rows(connection, work, queries) if known else []
    fill(connection, work, "hidings", pl.DataFrame(rows, schema=SCHEMA))


def _rows(connection: duckdb.DuckDBPyConnection, work: Path, queries: Path) -> list[dict[str, Any]]:
    snapshot = Snapshot.being_built(connection, work / "snapshot.duckdb", queries)
    listed = plans(snapshot)
    schemas = [schema for plan in listed for schema in (plan.schema, *plan.schemas.values())]
    return [
        row
        for schema in dict.fromkeys(schemas)
        for family, decision in decisions(snapshot.in_schema(schema))
        for row in rows_of(schema, family, decision)
    ]
