"""What answers named queries: a whole snapshot, or as much of one as a reader may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import polars as pl

Result = TypeVar("Result")


class Queries(Protocol):
    """Named queries over one snapshot. A reader's answers lack what the reader may not see."""

    name: str
    known_at: str | None
    derived: dict[Any, Any]

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of queries/<query>.sql, cached."""

    def fresh(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer, not cached."""

    def summed(
        self,
        query: str,
        by: Sequence[str],
        of: Sequence[str],
        spread: Sequence[str] = (),
        median: str = "",
        **params: Any,
    ) -> pl.DataFrame:
        """Sums over the rows of the answer, one row a group of `by`."""


def derived(queries: Queries, key: Any, make: Callable[[], Result]) -> Result:
    """What `make` works out from a snapshot: made at the first call, then kept as long as it lives."""
    if key not in queries.derived:
        queries.derived[key] = make()
    result: Result = queries.derived[key]
    return result
