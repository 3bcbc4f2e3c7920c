"""The interface of whatever answers named queries: a whole snapshot or a reader's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import polars as pl

from board.store.only import Only

Result = TypeVar("Result")


class Queries(Protocol):
    """Answers named queries over one snapshot; for a reader, only with what the reader may see."""

    name: str
    schema: str
    queries: Path
    build_version: str
    known_at: str | None
    derived: dict[Any, Any]

    def in_schema(self, schema: str) -> Self:
        """The same answers, by the tables of another plan or for one of its settlements."""

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of queries/<query>.sql, cached."""

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
        """Sums over the rows of the answer, one row for each group of `by`."""


def derived(queries: Queries, key: Any, make: Callable[[], Result]) -> Result:
    """The result of `make`, cached under `key` as long as the snapshot lives."""
    if key not in queries.derived:
        queries.derived[key] = make()
    result: Result = queries.derived[key]
    return result
