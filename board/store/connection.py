"""Read-only connections to published files, without access to other files or to settings."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import duckdb

QUERIES = Path(__file__).resolve().parent.parent.parent / "queries"
HARDENED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "2GB",
    "memory_limit": "1GB",
    "max_execution_time": "60000",
    "lock_configuration": "true",
}
CLOSING = ("enable_external_access", "lock_configuration")


@cache
def statement(queries: Path, query: str) -> str:
    """The SQL of the query queries/<query>.sql; KeyError where there is none."""
    path = queries / f"{query}.sql"
    if not path.is_file() or not path.resolve().is_relative_to(queries.resolve()):
        raise KeyError(query)
    return path.read_text("utf-8")


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can't open other files, not even by a changed setting."""
    spill = path.parent.parent / "spill"
    threads = str(min(4, os.cpu_count() or 1))
    # DuckDB 2.0 refuses a temp_directory that is set before external access is closed.
    settings = HARDENED | {"threads": threads, "temp_directory": str(spill)}
    return duckdb.connect(str(path), read_only=True, config=settings)


def persons_file(path: Path) -> Path:
    """The path of the persons file (personal columns) that belongs to a snapshot's file."""
    return path.with_name(f"{path.stem}.persons.duckdb")


def connect_with_persons(path: Path, snapshot: Path, persons: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a snapshot (`board`) and its persons file (`persons`) alone.

    `path` is where the snapshot lies, or lay; the two files may be read by other paths.
    """
    settings = {key: value for key, value in HARDENED.items() if key not in CLOSING}
    spill = {"threads": "1", "temp_directory": str(path.parent.parent / "spill")}
    connection = duckdb.connect(":memory:", config=settings | spill)
    connection.execute("attach $file as board (read_only)", {"file": str(snapshot)})
    connection.execute("attach $file as persons (read_only)", {"file": str(persons)})
    # These settings forbid attaching files, so they come after it; the lock comes last.
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
