"""One published snapshot: its named queries, with their latest answers cached."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from board.storage import SNAPSHOTS
from board.store.connection import QUERIES, connect, connect_with_persons, persons_file, statement
from board.store.only import Only
from board.store.withheld import WithheldError

CACHE_BYTES = 64 * 1024 * 1024


class _Files:
    """The files of a snapshot, and the snapshots that read them, one for each schema."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.path = path
        self.connection = connection or connect(path)
        self.siblings: dict[str, Snapshot] = {}
        self._persons: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def with_persons(self, query: str) -> duckdb.DuckDBPyConnection:
        """The connection to both files; WithheldError without a persons file."""
        if not persons_file(self.path).exists():
            raise WithheldError(query)
        with self._lock:
            if self._persons is None:
                self._persons = connect_with_persons(self.path)
            return self._persons

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()
        if self._persons is not None:
            self._persons.close()


class Snapshot:
    """One immutable snapshot, which answers every query.

    `name` is its name, `events` the number of journal rows it was built from, and `known_at` when
    the latest was recorded (naive UTC). Pages don't use it, but an `access.ReaderSnapshot`.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        queries: Path = QUERIES,
        *,
        files: _Files | None = None,
        schema: str | None = None,
    ) -> None:
        self._root = root
        self.name = name
        self.queries = queries
        self._files = files or _Files(root / SNAPSHOTS / f"{name}.duckdb")
        self.schema = self._latest_schema() if schema is None else schema
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[Any, ...], pl.DataFrame] = OrderedDict()
        self._bytes = 0.0
        self.derived: dict[Any, Any] = {}
        facts = self.frame("snapshot").row(0, named=True)
        self.events: int = facts["events"]
        self.known_at: str | None = facts["known_at"]
        self.at: str | None = facts["asked_at"]
        self.build_version: str = facts["house"]
        self._files.siblings.setdefault(self.schema, self)

    @classmethod
    def being_built(
        cls, connection: duckdb.DuckDBPyConnection, path: Path, queries: Path = QUERIES
    ) -> Snapshot:
        """A snapshot that is not published yet, read through the connection that writes it."""
        return cls(path.parent, path.stem, queries, files=_Files(path, connection))

    def _latest_schema(self) -> str:
        text = statement(self.queries, "plan/plans")
        schemas = self._files.connection.cursor().sql(text).fetchall()
        return str(schemas[-1][-1])

    def in_schema(self, schema: str) -> Snapshot:
        """The same snapshot, with the tables of a schema before those of `main`.

        A schema holds what depends on a plan, for all its places or for one settlement; a snapshot
        is opened with that of the latest plan. The answers of each have a cache of their own.
        """
        siblings = self._files.siblings
        if schema not in siblings:
            other = Snapshot(self._root, self.name, self.queries, files=self._files, schema=schema)
            siblings.setdefault(schema, other)
        return siblings[schema]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._files.connection.cursor()
        cursor.execute(f"use {self.schema}")
        return cursor

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of queries/<query>.sql, cached; a missing or unused parameter is an error."""
        return self._cached((query, *_listed(params)), lambda: self._rows(query, params))

    def _cached(self, key: tuple[Any, ...], make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """The answer of `make`; the latest answers are kept up to CACHE_BYTES."""
        with self._lock:
            if (cached := self._answers.get(key)) is not None:
                self._answers.move_to_end(key)
                return cached
        answer = make()
        with self._lock:
            if key not in self._answers:
                self._answers[key] = answer
                self._bytes += answer.estimated_size()
                while self._bytes > CACHE_BYTES and len(self._answers) > 1:
                    self._bytes -= self._answers.popitem(last=False)[1].estimated_size()
        return answer

    def _rows(self, query: str, params: dict[str, Any]) -> pl.DataFrame:
        text = statement(self.queries, query)
        return _polars(self._cursor().sql(text, params=params or None))

    def summed(
        self,
        query: str,
        by: Sequence[str],
        of: Sequence[str],
        spread: Sequence[str] = (),
        median: str = "",
        only: Sequence[Only] = (),
        **params: Any,
    ) -> pl.DataFrame:
        """Sums over a query's rows, one row for each group of `by`, cached.

        The columns are `by`, the sums of those columns `of` that the query has (Float64; of a
        Boolean the number of true values; compensated, so that their order makes next to no
        difference), `rows` (the number of rows) and, where `median` names a
        column, its `median`. A column in `spread` holds lists; a row counts once for each value.
        Only rows that fulfil every condition of `only` are summed.
        """
        key = ("sums", query, *map(tuple, (by, of, spread, only)), median, *_listed(params))
        return self._cached(key, lambda: self._summed(query, by, of, spread, median, only, params))

    def _summed(
        self,
        query: str,
        by: Sequence[str],
        of: Sequence[str],
        spread: Sequence[str],
        median: str,
        only: Sequence[Only],
        params: dict[str, Any],
    ) -> pl.DataFrame:
        # Sorting is most of the work and makes no difference to sums.
        text = statement(self.queries, query).rpartition("\norder by ")[0]
        rows = self._cursor().sql(text, params=params or None)
        for condition in only:
            rows = condition.of(rows)
        columns = list(rows.columns)
        if spread:
            rows = rows.select(*(_unnested(name, name in spread) for name in columns))
        aggregates = [
            duckdb.FunctionExpression("fsum", _number(name)).alias(name)
            for name in of
            if name in columns
        ]
        aggregates.append(duckdb.FunctionExpression("count").cast("BIGINT").alias("rows"))
        if median:
            middle = duckdb.FunctionExpression("median", duckdb.ColumnExpression(median))
            aggregates.append(middle.alias("median"))
        keys = [duckdb.ColumnExpression(name) for name in by]
        return _polars(rows.aggregate([*keys, *aggregates])).sort(list(by), nulls_last=True)

    def columns(self, query: str, names: Sequence[str], **params: Any) -> pl.DataFrame:
        """The rows of a query with those columns `names` that it has; unordered and not cached."""
        # Sorting is most of the work and makes no difference to counts.
        text = statement(self.queries, query).rpartition("\norder by ")[0]
        rows = self._cursor().sql(text, params=params or None)
        kept = [duckdb.ColumnExpression(name) for name in names if name in rows.columns]
        return _polars(rows.select(*kept))

    def personal(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of a query that also reads personal columns (the schema `persons`).

        It is never cached, so that names stay on the page that asked for them, and has a
        connection of its own. WithheldError where the snapshot has no persons file; snapshots of
        an earlier time have none.
        """
        text = statement(self.queries, query)
        cursor = self._files.with_persons(query).cursor()
        cursor.execute(f"use board.{self.schema}")
        return _polars(cursor.sql(text, params=params or None))

    def close(self) -> None:
        """Close the connections to the files."""
        self._files.close()


def _unnested(name: str, spread: bool) -> duckdb.Expression:
    column = duckdb.ColumnExpression(name)
    return duckdb.FunctionExpression("unnest", column).alias(name) if spread else column


def _number(name: str) -> duckdb.Expression:
    """A column as a Float64."""
    return duckdb.ColumnExpression(name).cast("DOUBLE")


def _listed(params: dict[str, Any]) -> list[tuple[str, Any]]:
    """Parameters as a part of a key of the cache."""
    return sorted((name, _frozen(value)) for name, value in params.items())


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _polars(rows: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """The rows as a frame; DuckDB does not declare its type."""
    frame: pl.DataFrame = rows.pl()
    return frame
