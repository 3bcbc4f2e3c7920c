"""Create a table of a snapshot from a frame."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl


def fill(
    connection: duckdb.DuckDBPyConnection, work: Path, table: str, frame: pl.DataFrame
) -> None:
    """Create a table with the frame's columns, types and rows, in order."""
    path = work / f"{table}.parquet"
    frame.write_parquet(path, compression="lz4", statistics=False)
    connection.read_parquet(str(path)).create(table)
    path.unlink()
