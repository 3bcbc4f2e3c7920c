"""Create a table of a snapshot from a frame."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

# DuckDB's types of the columns that a frame may have.
TYPES: dict[pl.DataType, str] = {
    pl.String(): "varchar",
    pl.Int64(): "bigint",
    pl.Float64(): "double",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.List(pl.String()): "varchar[]",
}


def fill(
    connection: duckdb.DuckDBPyConnection, work: Path, table: str, frame: pl.DataFrame
) -> None:
    """Create a table with the frame's columns, types and rows, in order."""
    # Most tables of a small store are empty, and creating one without a file takes a fifth.
    if frame.is_empty() and set(frame.dtypes) <= TYPES.keys():
        columns = ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in frame.schema.items())
        connection.execute(f"create table {table} ({columns})")
        return
    path = work / f"{table}.parquet"
    frame.write_parquet(path, compression="lz4", statistics=False)
    connection.read_parquet(str(path)).create(table)
    path.unlink()
