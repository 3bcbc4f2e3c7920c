"""A snapshot that answers queries within one reader's permissions; every page reads one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from board.access import texts
from board.access.guard import Guard
from board.access.roles import Permissions
from board.metrics import Scope
from board.plans import in_plan
from board.store import Only, Snapshot, derived


class ReaderSnapshot:
    """A snapshot whose answers are limited by a reader's permissions.

    A query that the reader may not run raises WithheldError; answers lack the rows of other places
    and departments. It is no subclass of `Snapshot`, so that the type check refuses a whole
    snapshot where a reader's is expected. `name`, `events`, `known_at`, `at` and `build_version`
    are the snapshot's; `derived` is the cache of results computed from the answers.
    """

    def __init__(self, whole: Snapshot, permissions: Permissions) -> None:
        self._whole = whole
        self.guard = Guard(permissions, whole.queries, in_plan(whole).keepers)
        self.permissions = permissions
        self.name, self.queries = whole.name, whole.queries
        self.events, self.known_at, self.at = whole.events, whole.known_at, whole.at
        self.build_version, self.schema = whole.build_version, whole.schema
        self.derived: dict[Any, Any] = {}

    def in_schema(self, schema: str) -> ReaderSnapshot:
        """The same snapshot for the same reader, by the tables of another plan or settlement."""
        return for_reader(self._whole.in_schema(schema), self.permissions)

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of queries/<query>.sql."""
        self.guard.admit(query, params)
        answer = self.guard.cut(query, self._whole.frame(query, **params))
        if not self.permissions.suppressed:
            return answer
        return texts.for_shared_screen(self._whole, self.queries, query, answer)

    def personal(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of a query that reads personal columns, not masked and not cached."""
        self.guard.admit(query, params)
        return self.guard.cut(query, self._whole.personal(query, **params))

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
        """Sums over all rows of an answer; they can't be limited to places like rows."""
        self.guard.admit(query, params)
        if self.permissions.suppressed:
            texts.admit_grouping(self.queries, query, by)
        return self._whole.summed(query, by, of, spread, median, only, **params)

    def contains(self, scope: Scope) -> bool:
        """Whether the reader may choose a place."""
        return self.guard.contains(scope)

    def sees_small(self, scope: Scope) -> bool:
        """Whether the reader may see counts below the threshold in a place."""
        return self.guard.sees_small(scope)


def for_reader(snapshot: Snapshot, permissions: Permissions) -> ReaderSnapshot:
    """The snapshot limited by these permissions; the same object for equal permissions."""
    return derived(
        snapshot, ("for reader", permissions), lambda: ReaderSnapshot(snapshot, permissions)
    )


def whole_of(snapshot: ReaderSnapshot) -> Snapshot:
    """The whole snapshot behind a reader's; only for this folder, which suppresses its answers."""
    return snapshot._whole
